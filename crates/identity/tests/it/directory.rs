//! Offices that agencies declare, people who agree to be found, letters that the site passes on.

use madang_base::{Locale, Result};
use madang_identity::directory::{
    self, Contact, ContactDraft, ContactRole, Expert, ExpertDraft, ExpertKind, Letter, LetterText, LetterTexts,
};
use madang_identity::{MailText, account, audit};
use madang_kernel::ledger::{Audit, Audited};
use madang_kernel::organisation::OrganisationKind;
use madang_kernel::{Ctx, OrganisationId, Role, history};

use crate::house::{House, code};

pub fn lamp() -> ContactDraft {
    ContactDraft {
        role: ContactRole::Office,
        office: "도로과".to_owned(),
        name: "한지원".to_owned(),
        title: "주무관".to_owned(),
        phone: "02-3153-1234".to_owned(),
        mail: "road@mapo.example.go.kr".to_owned(),
        topics: "가로등\n보도블록".to_owned(),
        areas: "서울특별시 마포구".to_owned(),
    }
}

pub fn group() -> ExpertDraft {
    ExpertDraft {
        kind: ExpertKind::Group,
        name: "밤길 모임".to_owned(),
        introduction: "동네 밤길을 걸으며 어두운 곳을 적습니다.".to_owned(),
        topics: "가로등, 밤길".to_owned(),
        areas: "서울특별시 마포구".to_owned(),
        web: "https://night.example.org".to_owned(),
        consent: true,
    }
}

pub struct Words;

impl LetterTexts for Words {
    fn letter(&self, locale: Locale, letter: &LetterText<'_>) -> MailText {
        MailText {
            subject: letter.subject.to_owned(),
            text: format!("{locale} {} {} {}", letter.office.office, letter.text, letter.withdraw),
            html: String::new(),
        }
    }
}

pub async fn put(house: &House, ctx: &Ctx, at: OrganisationId, draft: ContactDraft) -> Result<Contact> {
    house.write(ctx, move |tx, ctx| directory::contact_put(tx, ctx, at, None, &draft)).await
}

pub async fn agree(house: &House, ctx: &Ctx) -> Result<Expert> {
    house.write(ctx, |tx, ctx| directory::expert_put(tx, ctx, &group())).await
}

/// The rows of organisations and offices are as the log says.
async fn audited(house: &House) -> Audited {
    let (mut cursor, mut all) = (Some(String::new()), Audited::default());
    while let Some(from) = cursor {
        let before = all.clone();
        (cursor, all) = house
            .db
            .read(move |tx| {
                let mut audited = before.clone();
                Ok((audit::Organisations.check(tx, &from, &mut audited)?, audited))
            })
            .await
            .unwrap();
    }
    all
}

crate::in_each_house!(an_agency_declares_changes_confirms_and_retires, house, {
    let mapo = house.organisation("mapo", OrganisationKind::Agency).await;
    let jongno = house.organisation("jongno", OrganisationKind::Agency).await;
    let society = house.organisation("night", OrganisationKind::CivilSociety).await;
    let (officer, _) = house.staff("han@mapo.example.go.kr", Role::Officer, Some(mapo)).await;
    let (admin, _) = house.administrator().await;
    let (citizen, ..) = house.citizen("kim@example.org").await;

    let made = put(&house, &officer, mapo, lamp()).await.unwrap();
    let chief = ContactDraft { role: ContactRole::Officer, office: "기획예산과".to_owned(), ..lamp() };
    put(&house, &admin, mapo, chief).await.unwrap();
    assert_eq!(code(put(&house, &officer, jongno, lamp()).await), "permission.denied");
    assert_eq!(code(put(&house, &citizen, mapo, lamp()).await), "permission.denied");
    assert_eq!(code(put(&house, &house.nobody(), mapo, lamp()).await), "permission.sign-in");
    assert_eq!(code(put(&house, &admin, society, lamp()).await), "directory.agency");
    let bad = ContactDraft { office: String::new(), phone: "없음".to_owned(), ..lamp() };
    let error = put(&house, &officer, mapo, bad).await.unwrap_err();
    assert_eq!((error.code(), error.fields().len()), ("directory.office", 2));

    let offices: Vec<String> = house
        .db
        .read(move |tx| directory::contacts(tx, Some(mapo)))
        .await
        .unwrap()
        .into_iter()
        .map(|contact| contact.office)
        .collect();
    assert_eq!(offices, ["기획예산과", "도로과"], "the officer for open government stands first");
    assert_eq!(house.db.read(|tx| directory::contacts(tx, None)).await.unwrap().len(), 2);
    assert_eq!(house.db.read(|tx| directory::contacts_page(tx, None, 1)).await.unwrap().len(), 1);

    let id = made.id;
    let changed = ContactDraft { name: "이서준".to_owned(), phone: "02-3153-9999".to_owned(), ..lamp() };
    let other = changed.clone();
    let elsewhere = house.write(&admin, move |tx, ctx| directory::contact_put(tx, ctx, jongno, Some(id), &other)).await;
    assert_eq!(code(elsewhere), "directory.contact-unknown");
    house.clock.advance_seconds(60);
    house
        .write(&house_ctx(&house, &officer), move |tx, ctx| directory::contact_put(tx, ctx, mapo, Some(id), &changed))
        .await
        .unwrap();
    assert_eq!(audited(&house).await.differences, []);
    let entries = house.db.read(move |tx| history::history_of(tx, &made.reference(), None, 50)).await.unwrap().entries;
    assert!(entries.iter().any(|entry| entry.field == "phone" && entry.before.as_deref() == Some("02-3153-1234")));
    let told = format!("{entries:?}");
    assert!(!told.contains("한지원") && !told.contains("이서준"), "who the officer was is not told afterwards");

    house.clock.advance_seconds(366 * 86_400);
    let later = house_ctx(&house, &officer);
    let old = house.read(&later, move |tx, ctx| directory::contacts_count(tx, ctx, mapo)).await.unwrap();
    assert_eq!(old, (2, 2));
    let contact = house.write(&later, move |tx, ctx| directory::contact_confirm(tx, ctx, id)).await.unwrap();
    assert!(!contact.stale(later.now) && contact.stale(later.now.plus_days(366)));
    let old = house.read(&later, move |tx, ctx| directory::contacts_count(tx, ctx, mapo)).await.unwrap();
    assert_eq!(old, (2, 1));
    let retired = house.write(&later, move |tx, ctx| directory::contact_retire(tx, ctx, id)).await.unwrap();
    assert_eq!(retired.name, "");
    assert_eq!(code(house.db.read(move |tx| directory::contact(tx, id)).await), "directory.contact-retired");
    assert!(house.db.read(move |tx| directory::contacts_by(tx, &[id])).await.unwrap().is_empty());
    let again = house.write(&later, move |tx, ctx| directory::contact_confirm(tx, ctx, id)).await;
    assert_eq!(code(again), "directory.contact-retired");
    assert_eq!(audited(&house).await.differences, []);
    let events = "SELECT COUNT(*) FROM inbox WHERE kind LIKE 'contact.%' AND public = 1";
    assert_eq!(house.number(events), 5);
    house.db.raw("UPDATE contact SET phone = '02-0000-0000' WHERE office = '기획예산과'").unwrap();
    assert_eq!(audited(&house).await.differences.len(), 1);
});

/// The same actor, now.
fn house_ctx(house: &House, ctx: &Ctx) -> Ctx {
    house.ctx(ctx.actor.clone())
}

crate::in_each_house!(an_expert_agrees_is_written_to_and_leaves, house, {
    let mapo = house.organisation("mapo", OrganisationKind::Agency).await;
    let (officer, _) = house.staff("han@mapo.example.go.kr", Role::Officer, Some(mapo)).await;
    let (kim, ..) = house.citizen("kim@example.org").await;
    assert_eq!(code(agree(&house, &house.nobody()).await), "permission.sign-in");
    let no = ExpertDraft { consent: false, ..group() };
    let refused = house.write(&kim, move |tx, ctx| directory::expert_put(tx, ctx, &no)).await;
    assert_eq!(code(refused), "directory.consent");
    let expert = agree(&house, &kim).await.unwrap();
    let again = ExpertDraft { topics: "가로등\n골목".to_owned(), ..group() };
    let changed = house.write(&kim, move |tx, ctx| directory::expert_put(tx, ctx, &again)).await.unwrap();
    assert_eq!((changed.id, changed.topics.len()), (expert.id, 2), "one entry for one account");
    assert_eq!(house.db.read(directory::experts_count).await.unwrap(), 1);
    let export = house.read(&kim, |tx, ctx| account::export(tx, ctx, &[])).await.unwrap();
    assert_eq!(export["expert"]["name"], "밤길 모임");

    let id = expert.id;
    let office = put(&house, &officer, mapo, lamp()).await.unwrap();
    let silent = ContactDraft { mail: String::new(), ..lamp() };
    let silent = put(&house, &officer, mapo, silent).await.unwrap();
    let letter =
        Letter {
            office: office.id, subject: "의견을 듣고 싶습니다".to_owned(), text: "마포구입니다.".to_owned()
        };
    let write = |ctx: &Ctx, letter: Letter| {
        let ctx = ctx.clone();
        house.db.write(move |tx| directory::write_to_expert(tx, &ctx, &Words, id, &letter))
    };
    assert_eq!(code(write(&kim, letter.clone()).await), "permission.denied");
    let unanswerable = Letter { office: silent.id, ..letter.clone() };
    assert_eq!(code(write(&officer, unanswerable).await), "directory.letter-office");
    let empty = Letter { subject: " ".to_owned(), text: String::new(), ..letter.clone() };
    assert_eq!(write(&officer, empty).await.unwrap_err().fields().len(), 2);
    for _ in 0..5 {
        write(&officer, letter.clone()).await.unwrap();
    }
    assert_eq!(code(write(&officer, letter.clone()).await), "directory.reader-busy");
    let text = house.text("SELECT text FROM mail WHERE subject = '의견을 듣고 싶습니다'").unwrap();
    assert!(text.contains("도로과 마포구입니다."), "{text}");
    let headers = house.text("SELECT headers FROM mail WHERE subject = '의견을 듣고 싶습니다'").unwrap();
    assert!(headers.contains("Reply-To") && headers.contains("road@mapo.example.go.kr"), "{headers}");
    assert!(!headers.contains("kim@example.org"));
    let offices = house.read(&officer, directory::letter_offices).await.unwrap();
    assert_eq!(offices.iter().map(|office| office.id).collect::<Vec<_>>(), [office.id]);

    // The link under the letter: looking changes nothing, the button takes the entry out, with the salts of its events.
    let token = text.rsplit(' ').next().unwrap().to_owned();
    let (nobody, own) = (house.nobody(), token.clone());
    let seen = house.read(&nobody, move |tx, ctx| directory::withdraw_token_of(tx, ctx, &own)).await.unwrap();
    assert_eq!(seen.id, id);
    let forged = format!("{id}.{}", "0".repeat(64));
    let refused = house.write(&nobody, move |tx, ctx| directory::expert_withdraw_by(tx, ctx, &forged)).await;
    assert_eq!(code(refused), "directory.withdraw-token");
    let own = token.clone();
    house.write(&nobody, move |tx, ctx| directory::expert_withdraw_by(tx, ctx, &own)).await.unwrap();
    assert_eq!(code(house.db.read(move |tx| directory::expert(tx, id)).await), "directory.expert-unknown");
    assert_eq!(house.number("SELECT COUNT(*) FROM expert"), 0);
    let refused = house.write(&nobody, move |tx, ctx| directory::expert_withdraw_by(tx, ctx, &token)).await;
    assert_eq!(code(refused), "directory.withdraw-token");
    let salts = format!("SELECT COUNT(*) FROM salt WHERE object = 'expert:{id}'");
    assert_eq!(house.number(&salts), 1, "only of the event that says it is gone");
    assert_eq!(house.number("SELECT COUNT(*) FROM inbox WHERE kind LIKE 'expert.%' AND public = 1"), 0);
    assert!(!house.write(&kim, directory::expert_withdraw).await.unwrap());
});

crate::in_each_house!(an_entry_goes_with_its_account_and_hides_while_it_is_shut, house, {
    let (admin, _) = house.administrator().await;
    let (kim, session, _) = house.citizen("kim@example.org").await;
    let expert = agree(&house, &kim).await.unwrap();
    let (id, account_id) = (expert.id, session.account);
    house.write(&admin, move |tx, ctx| account::suspend(tx, ctx, account_id, "확인")).await.unwrap();
    assert!(house.db.read(move |tx| directory::experts_by(tx, &[id])).await.unwrap().is_empty());
    assert!(house.db.read(|tx| directory::experts_page(tx, None, 9)).await.unwrap().is_empty());
    house.write(&admin, move |tx, ctx| account::restore(tx, ctx, account_id, "확인")).await.unwrap();
    assert_eq!(house.db.read(|tx| directory::experts_page(tx, None, 9)).await.unwrap().len(), 1);
    assert_eq!(house.read(&kim, directory::expert_of).await.unwrap().unwrap().id, id);
    house.write(&kim, |tx, ctx| account::delete(tx, ctx, &[])).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM expert"), 0);

    let (lee, ..) = house.citizen("lee@example.org").await;
    let other = agree(&house, &lee).await.unwrap().id;
    let refused = house.write(&lee, move |tx, ctx| directory::expert_remove(tx, ctx, other)).await;
    assert!(refused.is_ok(), "one's own");
    let again = agree(&house, &lee).await.unwrap().id;
    let (han, ..) = house.citizen("han@example.org").await;
    let refused = house.write(&han, move |tx, ctx| directory::expert_remove(tx, ctx, again)).await;
    assert_eq!(code(refused), "permission.denied");
    house.write(&admin, move |tx, ctx| directory::expert_remove(tx, ctx, again)).await.unwrap();
    let gone = house.write(&lee, directory::expert_withdraw).await.unwrap();
    assert!(!gone, "an administrator took it out");
});

/// Everything that the statements of the directory need.
pub async fn story(house: &House) {
    let mapo = house.organisation("mapo", OrganisationKind::Agency).await;
    let (admin, _) = house.staff("office@example.org", Role::Administrator, None).await;
    let made = put(house, &admin, mapo, lamp()).await.unwrap().id;
    house.write(&admin, move |tx, ctx| directory::contact_confirm(tx, ctx, made)).await.unwrap();
    house.read(&admin, move |tx, ctx| directory::contacts_count(tx, ctx, mapo)).await.unwrap();
    house.db.read(|tx| directory::contacts_page(tx, None, 9)).await.unwrap();
    house.db.read(|tx| directory::contacts(tx, None)).await.unwrap();
    let (kim, ..) = house.citizen("expert@example.org").await;
    agree(house, &kim).await.unwrap();
    let id = agree(house, &kim).await.unwrap().id;
    house.db.read(move |tx| directory::expert(tx, id)).await.unwrap();
    house.db.read(|tx| directory::experts_page(tx, None, 9)).await.unwrap();
    house.db.read(directory::experts_count).await.unwrap();
    house.write(&kim, directory::expert_withdraw).await.unwrap();
}

//! Who sees what: every standing × every publication.

use madang_db::testing::TestDb;
use madang_kernel::{Actor, Ctx, Role};

use super::people::{account, anybody, organisation, person};
use super::{TODAY, act, filed, input, look, system, villages};
use crate::model::{CaseEvent, EventBody, EventKind, Publication};
use crate::service::lookup;
use crate::store;
use crate::store::agency::AgencyRole;
use crate::views::CaseView;
use crate::{Cases, Delivery, service};

/// What somebody is expected to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sees {
    Nothing,
    /// What the public sees when the case is public.
    Public,
    /// All but what is about persons.
    Party,
    Author,
    Officer,
}

fn told(view: &Result<CaseView, madang_base::Error>) -> Sees {
    let view = match view {
        Ok(view) => view,
        Err(error) => {
            assert_eq!(error.code(), "case.unknown");
            return Sees::Nothing;
        }
    };
    let case = &view.case;
    assert_eq!(case.secret_hash, None);
    assert_eq!(case.title, "무슨 일");
    let kinds: Vec<EventKind> = view.timeline.iter().map(|item| item.kind).collect();
    let reason = view.timeline.iter().find(|item| item.kind == EventKind::Extended).unwrap().body.is_some();
    let answers = ["body", "reach"].map(|field| case.answers.get(field).is_some());
    let name = case.author_name.as_str();
    let internal = kinds.contains(&EventKind::Assigned);
    match (answers, internal) {
        ([false, false], false) => {
            assert_eq!((name, &case.mail, case.author, reason), ("강○○", &None, None, false));
            assert!(case.assignee.is_none() && view.notes.is_empty() && view.questions.is_empty());
            Sees::Public
        }
        ([true, false], false) => {
            assert_eq!((name, &case.mail, reason), ("강○○", &None, true));
            Sees::Party
        }
        ([true, true], false) => {
            assert_eq!((name, case.mail.is_some(), reason), ("강과 그 이웃", true, true));
            assert!(case.assignee.is_none() && view.notes.is_empty());
            Sees::Author
        }
        ([true, true], true) => {
            assert!(case.assignee.is_some() && !view.notes.is_empty());
            Sees::Officer
        }
        other => panic!("{other:?}"),
    }
}

async fn visitors(db: &TestDb) -> Vec<(&'static str, Ctx, bool, Sees, bool)> {
    let roads = organisation(db, "roads").await;
    let parks = organisation(db, "parks").await;
    let officer = |name, role, organisation| person(name, &[(role, Some(organisation))], TODAY);
    let mut tired = officer("tired", Role::Officer, roads);
    if let Actor::Person(person) = &mut tired.actor {
        person.second_factor = false;
    }
    let mut narrow = person("author", &[], TODAY);
    if let Actor::Person(person) = &mut narrow.actor {
        person.scopes = Some(vec!["plan:read".parse().unwrap()]);
    }
    // Name, context, with the code, sees of what is not public, staff's look is logged.
    vec![
        ("nobody known", anybody(TODAY), false, Sees::Nothing, false),
        ("with the code", anybody(TODAY), true, Sees::Author, false),
        ("a stranger", person("stranger", &[], TODAY), false, Sees::Nothing, false),
        ("a stranger with the code", person("stranger", &[], TODAY), true, Sees::Author, false),
        ("the author", person("author", &[], TODAY), false, Sees::Author, false),
        ("the author's key without the scope", narrow, false, Sees::Nothing, false),
        ("an elder", person("elder", &[], TODAY), false, Sees::Party, false),
        ("an officer of the agency", officer("officer", Role::Officer, roads), false, Sees::Officer, true),
        ("the lead of the agency", officer("lead", Role::Lead, roads), false, Sees::Officer, true),
        ("an officer of the joint agency", officer("joint", Role::Officer, parks), false, Sees::Officer, true),
        ("an officer before the second factor", tired, false, Sees::Nothing, false),
        ("a clerk", officer("clerk", Role::Clerk, roads), false, Sees::Nothing, false),
        ("a clerk with the code", officer("clerk", Role::Clerk, roads), true, Sees::Author, true),
        ("civil society", officer("civil", Role::CivilSociety, roads), false, Sees::Nothing, false),
        ("an administrator", person("admin", &[(Role::Administrator, None)], TODAY), false, Sees::Nothing, false),
        ("the machine", system(TODAY), false, Sees::Officer, false),
    ]
}

/// A case with a secret code and an author with an account, with traces of everything in it.
async fn case(db: &TestDb, cases: &Cases) -> (String, String) {
    let parks = organisation(db, "parks").await;
    let mut form = input("무슨 일", "road", true, "sight");
    form.name = "강과 그 이웃".into();
    form.mail = Some("neighbour@example.kr".into());
    let receipt = filed(db, &anybody(TODAY), cases, form).await;
    let id = receipt.id;
    act(db, &system(TODAY), cases, move |tx, ctx, cases| {
        let (mut case, _) = service::case_by_id(tx, cases, id)?;
        case.author = Some(account("author"));
        case.assignee = Some(account("officer"));
        store::case::save(tx, &mut case)?;
        store::agency::begin(tx, id, parks, AgencyRole::Joint, ctx.now)?;
        store::party::insert(tx, ctx, "village", "elders", account("elder"))?;
        let note = service::note::Note {
            id: madang_base::Id::new(ctx.now, ctx.rng()),
            at: ctx.now,
            account: None,
            text: "우리끼리".into(),
        };
        store::note::insert(tx, id, &note)?;
        for (kind, public) in [(EventKind::Assigned, true), (EventKind::Extended, false)] {
            let event = CaseEvent {
                case: id,
                no: 0,
                at: ctx.now,
                kind,
                step: None,
                from_state: None,
                to_state: None,
                party: "agency".into(),
                account: None,
                organisation: case.agency,
                public,
                body: EventBody { text: "까닭".into(), ..EventBody::default() },
            };
            store::event::append(tx, &event)?;
        }
        Ok(())
    })
    .await
    .unwrap();
    (receipt.number, receipt.secret.unwrap())
}

#[tokio::test]
pub(super) async fn everybody_sees_what_is_theirs_to_see() {
    for (db, cases) in villages().await {
        let (number, code) = case(&db, &cases).await;
        for publication in [Publication::Published, Publication::Unpublished, Publication::Hidden] {
            let there = number.clone();
            act(&db, &system(TODAY), &cases, move |tx, _, cases| {
                let (mut case, _) = service::case_of(tx, cases, &there)?;
                case.publication = publication;
                store::case::save(tx, &mut case)
            })
            .await
            .unwrap();
            for (name, ctx, shows, sees, logged) in visitors(&db).await {
                let (number, code) = (number.to_lowercase(), shows.then(|| code.clone()));
                let view = look(&db, &ctx, &cases, move |tx, ctx, cases| {
                    lookup::open(tx, ctx, cases, &number, code.as_deref())
                });
                let view = view.await;
                let public = publication == Publication::Published && sees == Sees::Nothing;
                let expected = if public { Sees::Public } else { sees };
                assert_eq!(told(&view), expected, "{name}, {publication}");
                if let Ok(view) = view {
                    assert_eq!(view.standing.staff_reads, logged, "{name}, {publication}");
                    let buttons = view.may.ask || view.may.transfer || view.may.note;
                    assert_eq!(buttons, sees == Sees::Officer, "{name}");
                    assert_eq!(view.may.withdraw, expected == Sees::Author, "{name}");
                    assert_eq!(
                        view.open_steps.iter().any(|open| open.step.id == "answer"),
                        buttons && name != "the machine"
                    );
                    assert_eq!(view.open_steps.iter().any(|open| open.step.id == "advise"), name == "an elder");
                }
            }
        }
    }
}

#[tokio::test]
pub(super) async fn the_first_look_of_an_officer_is_noted() {
    for (db, cases) in villages().await {
        let (number, _) = case(&db, &cases).await;
        let roads = organisation(&db, "roads").await;
        let officer = person("officer", &[(Role::Officer, Some(roads))], TODAY);
        for first in [true, false] {
            let there = number.clone();
            let noted = act(&db, &officer, &cases, move |tx, ctx, cases| lookup::seen(tx, ctx, cases, &there)).await;
            assert_eq!(noted.unwrap(), first);
        }
        let there = number.clone();
        let refused =
            act(&db, &anybody(TODAY), &cases, move |tx, ctx, cases| lookup::seen(tx, ctx, cases, &there)).await;
        assert_eq!(refused.unwrap_err().code(), "case.unknown");
        let view = look(&db, &officer, &cases, move |tx, ctx, cases| lookup::open(tx, ctx, cases, &number, None)).await;
        assert_eq!(view.unwrap().case.delivery, Delivery::Seen);
    }
}

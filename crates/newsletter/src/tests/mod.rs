//! Stories through the verbs, on both engines.

mod editing;
mod periods;
mod readers;
mod sending;
mod statements;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use madang_base::{FixedClock, Id, Locale, LocalizedText, Result, SeededRng, SharedRng, Time};
use madang_db::Tx;
use madang_db::testing::TestDb;
use madang_kernel::job::{Handler as _, Job, JobState};
use madang_kernel::mail::Mail;
use madang_kernel::organisation::{self, OrganisationKind};
use madang_kernel::{
    AccountId, Actor, Assurance, Ctx, Grant, Keys, ObjectKind, OrganisationId, Person, PersonKeys, Ref, Role,
};

use crate::compose;
use crate::mailing::Post;
use crate::model::{Issue, Item, Newsletter, Place, Rhythm, SectionKind, Settings, Subscription};
use crate::period::Period;
use crate::service::settings;
use crate::views::IssueView;
use crate::{Contributor, Gathered, IssueTexts, Recipients, Wanted, Words};

/// A Sunday; the month and the week before are over.
pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) fn text(words: &str) -> LocalizedText {
    LocalizedText::new(words, words)
}

pub(crate) fn rng() -> SharedRng {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Arc::new(SeededRng::new(format!("newsletter {}", COUNT.fetch_add(1, Ordering::SeqCst)).as_bytes()))
}

pub(crate) fn keys() -> Arc<Keys> {
    Arc::new(Keys::generate(&SeededRng::new(b"keys")))
}

pub(crate) fn now() -> Time {
    Time::at_kst_midnight(TODAY).plus_seconds(10 * 3600)
}

pub(crate) fn system() -> Ctx {
    Ctx::system(now(), rng(), keys())
}

pub(crate) fn account(name: &str) -> AccountId {
    Id::new(Time::from_micros(0), &SeededRng::new(name.as_bytes()))
}

pub(crate) fn person(name: &str, office: Option<OrganisationId>) -> Ctx {
    let grants = office.map(|office| Grant { role: Role::Officer, organisation: Some(office) });
    system().with_actor(Actor::Person(Person {
        account: account(name),
        assurance: Assurance::Verified,
        grants: grants.into_iter().collect(),
        second_factor: true,
        scopes: None,
        keys: PersonKeys::default(),
    }))
}

pub(crate) fn case(name: &str) -> Ref {
    Ref::new(ObjectKind::Case, name)
}

/// What the site knows, as a test says it.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Words by reference; what is not in it is not public.
    pub public: Mutex<BTreeMap<Ref, Words>>,
    pub asked: Mutex<Vec<Wanted>>,
}

impl Told {
    pub fn with(names: &[&str]) -> Arc<Self> {
        let told = Self::default();
        for name in names {
            told.say(name, &format!("{name} <제목>"), "");
        }
        Arc::new(told)
    }

    pub fn say(&self, name: &str, title: &str, answer: &str) {
        let words = Words { title: LocalizedText::default().with("ko", title), text: answer.to_owned() };
        self.public.lock().unwrap().insert(case(name), words);
    }

    pub fn hide(&self, name: &str) {
        self.public.lock().unwrap().remove(&case(name));
    }
}

impl Contributor for Told {
    fn gather(&self, _: &mut Tx, _: &Ctx, section: SectionKind, wanted: &Wanted) -> Result<Gathered> {
        self.asked.lock().unwrap().push(wanted.clone());
        if section != SectionKind::Asked {
            return Ok(Gathered::default());
        }
        let public = self.public.lock().unwrap();
        let items: Vec<Item> = public.iter().map(|(object, words)| item(object, words)).collect();
        Ok(Gathered { count: i64::try_from(items.len()).unwrap(), items })
    }

    fn shown(&self, _: &mut Tx, items: &[&Item]) -> Result<Vec<Option<Words>>> {
        let public = self.public.lock().unwrap();
        Ok(items.iter().map(|item| public.get(&item.object).cloned()).collect())
    }
}

fn item(object: &Ref, words: &Words) -> Item {
    Item {
        object: object.clone(),
        place: Place::Case { number: object.id.clone() },
        title: words.title.clone(),
        text: words.text.clone(),
        of: text("청원"),
        by: LocalizedText::default(),
        state: LocalizedText::default(),
        what: String::new(),
        detail: String::new(),
        at: now(),
        supports: Some(3),
        note: LocalizedText::default(),
        dropped: false,
    }
}

/// Plain texts in place of templates.
pub(crate) struct Texts;

impl IssueTexts for Texts {
    fn confirm(&self, newsletter: &Newsletter, _: &Subscription, token: &str, locale: Locale) -> Mail {
        Mail { subject: format!("confirm {}", newsletter.name.get(locale)), text: token.to_owned(), ..Mail::default() }
    }

    fn issue(&self, view: &IssueView, leave: &str, locale: Locale) -> Mail {
        let titles: Vec<&str> = view.issue.content.kept().map(|item| item.title.get(locale)).collect();
        Mail {
            subject: format!("{locale} {}", view.issue.period),
            text: format!("{}\n{leave}", titles.join("\n")),
            html: Some(format!("<a href=\"{leave}\">")),
            headers: vec![("List-Unsubscribe".to_owned(), format!("<https://example.kr/{leave}>"))],
            ..Mail::default()
        }
    }
}

/// Every account has an address, but one.
pub(crate) struct Addresses;

impl Recipients for Addresses {
    fn address(&self, _: &mut Tx, id: AccountId) -> Result<Option<(String, Locale)>> {
        Ok((id != account("nowhere")).then(|| (format!("{id}@example.kr"), Locale::En)))
    }
}

/// A database with an agency and what stands around it.
pub(crate) struct House {
    pub db: TestDb,
    pub office: OrganisationId,
    pub told: Arc<Told>,
    pub clock: Arc<FixedClock>,
}

impl House {
    pub async fn all(names: &[&str]) -> Vec<Self> {
        let mut houses = Vec::new();
        for db in TestDb::both() {
            let ctx = system();
            let office = db
                .write(move |tx| {
                    let draft = organisation::Draft {
                        slug: "mois".to_owned(),
                        kind: OrganisationKind::Agency,
                        name: text("행정안전부"),
                        short: LocalizedText::default(),
                        parent: None,
                    };
                    Ok(organisation::upsert(tx, &ctx, &draft)?.id)
                })
                .await
                .unwrap();
            let clock = Arc::new(FixedClock::at(now()));
            houses.push(Self { db, office, told: Told::with(names), clock });
        }
        houses
    }

    pub fn officer(&self) -> Ctx {
        person("officer", Some(self.office))
    }

    pub fn post(&self) -> Post {
        Post {
            db: (*self.db).clone(),
            clock: self.clock.clone(),
            rng: rng(),
            keys: keys(),
            there: self.told.clone(),
            texts: Arc::new(Texts),
            recipients: Arc::new(Addresses),
        }
    }

    pub fn write<T, F>(&self, ctx: &Ctx, f: F) -> impl Future<Output = Result<T>> + use<T, F>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx) -> Result<T> + Send + 'static,
    {
        let (db, ctx) = ((*self.db).clone(), ctx.clone());
        async move { db.write(move |tx| f(tx, &ctx)).await }
    }

    pub async fn newsletter(&self, slug: &str) -> Newsletter {
        let (office, slug) = (self.office, slug.to_owned());
        let made = self.write(&self.officer(), move |tx, ctx| settings::create(tx, ctx, office, &slug, &monthly()));
        made.await.unwrap()
    }

    /// A draft of the month before.
    pub async fn draft(&self, of: &Newsletter) -> Issue {
        let (told, of) = (self.told.clone(), of.clone());
        let made = self.write(&self.officer(), move |tx, ctx| {
            let period = Period::last_over(of.rhythm, ctx.now);
            let content = compose::gather(tx, ctx, &*told, &of, period)?;
            compose::begin(tx, ctx, &of, period, &content)
        });
        made.await.unwrap()
    }

    /// Runs the jobs of newsletters that wait and whose time has come; gives how many ran.
    pub async fn jobs(&self) -> usize {
        let rows = self.db.query("SELECT kind, payload, id, run_at FROM job WHERE state = 'queued' ORDER BY id", &[]);
        let mut ran = 0;
        for row in rows.unwrap() {
            let (kind, run_at): (String, Time) = (row.get("kind").unwrap(), row.get("run_at").unwrap());
            if !crate::mailing::KINDS.contains(&kind.as_str()) || run_at > madang_base::Clock::now(&*self.clock) {
                continue;
            }
            let id: String = row.get("id").unwrap();
            self.post().run(&job(&kind, &row.get::<String>("payload").unwrap())).await.unwrap();
            self.db.batch(&format!("UPDATE job SET state = 'done' WHERE id = '{id}';"));
            ran += 1;
        }
        ran
    }

    pub fn mails(&self) -> Vec<(String, String, String)> {
        let rows = self.db.query("SELECT recipient, subject, text FROM mail ORDER BY recipient, id", &[]).unwrap();
        rows.iter().map(|r| (r.at(0).unwrap(), r.at(1).unwrap(), r.at(2).unwrap())).collect()
    }
}

pub(crate) fn job(kind: &str, payload: &str) -> Job {
    Job {
        id: Id::new(now(), &SeededRng::new(b"job")),
        kind: kind.to_owned(),
        payload: serde_json::from_str(payload).unwrap(),
        state: JobState::Running,
        attempts: 1,
        run_at: now(),
        locked_until: None,
        last_error: None,
        created_at: now(),
        updated_at: now(),
    }
}

pub(crate) fn monthly() -> Settings {
    Settings {
        name: LocalizedText::new("마당 소식", "Madang news"),
        about: text("다달이 보냅니다."),
        rhythm: Some(Rhythm::Monthly),
        ..Settings::default()
    }
}

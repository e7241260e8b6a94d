//! A whole site in this process: migrated database, demonstration accounts, clock that stands still, every route.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::Extensions;
use madang_adapters::KeepMailer;
use madang_base::calendar::Calendar;
use madang_base::{FixedClock, LocalizedText, SeededRng, SharedRng, Time};
use madang_cases::Cases;
use madang_cases::figures::Follower as Figures;
use madang_cases::registry::Services;
use madang_db::testing::TestDb;
use madang_flows::search::{Search, sources};
use madang_http::{App, AppParts, Site};
use madang_identity::{Options, demo};
use madang_kernel::blob::Blobs;
use madang_kernel::job::Worker;
use madang_kernel::log::Log;
use madang_kernel::mail::{self, Outgoing, SendMail};
use madang_kernel::organisation::{self, Draft, OrganisationKind};
use madang_kernel::sequencer::{drain_once, no_folds};
use madang_kernel::{Ctx, Keys, Role};
use madang_search::{Follower, Index, Options as IndexOptions};
use madang_web::view::{Folders, Templates};
use madang_web::{CatalogueWords, Wiring};
use tempfile::TempDir;

use super::browser::Browser;
use super::provider::Provider;

/// 10 March 2026, 09:00 in Korea.
pub const NOW: Time = Time::from_micros(1_773_100_800_000_000);
pub const BASE: &str = "http://madang.test";

/// Who visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anonymous,
    Member,
    /// An officer who has signed in and not yet presented the second factor.
    OfficerBeforeFactor,
    Officer,
    Lead,
    CivilSociety,
    Clerk,
    Administrator,
}

impl Who {
    pub const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::Member,
        Self::OfficerBeforeFactor,
        Self::Officer,
        Self::Lead,
        Self::CivilSociety,
        Self::Clerk,
        Self::Administrator,
    ];

    /// The key of the demonstration account.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Anonymous => None,
            Self::Member => Some("citizen"),
            Self::OfficerBeforeFactor | Self::Officer => Some("officer-mois"),
            Self::Lead => Some("lead"),
            Self::CivilSociety => Some("civil-society"),
            Self::Clerk => Some("clerk-mois"),
            Self::Administrator => Some("administrator"),
        }
    }

    /// The roles that the permission table is asked for.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Anonymous => &[Role::Anyone],
            Self::Member => &[Role::Anyone, Role::Member],
            Self::OfficerBeforeFactor | Self::Officer => &[Role::Anyone, Role::Member, Role::Officer],
            Self::Lead => &[Role::Anyone, Role::Member, Role::Lead],
            Self::CivilSociety => &[Role::Anyone, Role::Member, Role::CivilSociety],
            Self::Clerk => &[Role::Anyone, Role::Member, Role::Clerk],
            Self::Administrator => &[Role::Anyone, Role::Member, Role::Administrator],
        }
    }
}

pub struct TestSite {
    pub router: Router,
    pub app: App,
    pub clock: Arc<FixedClock>,
    /// Of the search index.
    #[expect(dead_code, reason = "it goes when the site goes")]
    folder: TempDir,
    // Last, so that nobody has it open when it goes.
    pub db: TestDb,
}

fn templates() -> Arc<Templates> {
    static TEMPLATES: OnceLock<Arc<Templates>> = OnceLock::new();
    Arc::clone(TEMPLATES.get_or_init(|| Arc::new(Templates::new(&Folders::default()).unwrap())))
}

impl TestSite {
    /// A demonstration on each engine.
    pub async fn all() -> Vec<Self> {
        let mut sites = Vec::new();
        for db in TestDb::both() {
            sites.push(Self::on(db, true).await);
        }
        sites
    }

    /// A site for real people on SQLite: the accounts are there, the doors of the demonstration are not.
    pub async fn for_real() -> Self {
        Self::on(TestDb::sqlite(), false).await
    }

    async fn on(db: TestDb, demo: bool) -> Self {
        let clock = Arc::new(FixedClock::at(NOW));
        let rng: SharedRng = Arc::new(SeededRng::new(b"test site"));
        let keys = Arc::new(Keys::generate(&*rng));
        let site = Self::wired(db, clock, rng, keys, Blobs::memory(), Calendar::korea(), demo);
        site.people().await;
        let (ctx, cases) = (site.system(), site.cases());
        site.db.write(move |tx| madang_cases::service::apply::install(tx, &ctx, &cases)).await.unwrap();
        site
    }

    fn wired(
        db: TestDb,
        clock: Arc<FixedClock>,
        rng: SharedRng,
        keys: Arc<Keys>,
        blobs: Blobs,
        calendar: Calendar,
        demo: bool,
    ) -> Self {
        let mut own = Extensions::new();
        own.insert(Wiring::new(templates()));
        let cases = Cases::new(Services::new(), calendar)
            .with_officers(Arc::new(madang_flows::Colleagues))
            .with_targets(Arc::new(madang_flows::Things));
        own.insert(cases.clone());
        own.insert(Log::following((*db).clone(), blobs.tiles()));
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open(folder.path(), IndexOptions { threads: 1, ..IndexOptions::default() }).unwrap();
        own.insert(Search { index, cases });
        let app = App::new(AppParts {
            db: (*db).clone(),
            clock: clock.clone(),
            rng,
            keys,
            blobs,
            site: Site {
                name: LocalizedText::new("마당", "Madang"),
                government: LocalizedText::new("대한민국 정부", "Government of the Republic of Korea"),
                official: true,
                base_url: BASE.to_owned(),
                demo,
                secure_cookies: false,
            },
            words: Arc::new(CatalogueWords(templates())),
            oidc: vec![Arc::new(Provider::default())],
            own,
        });
        let routes = madang_web::routes().into_iter().chain(madang_api::routes()).collect();
        Self { router: madang_http::router(app.clone(), routes), app, clock, folder, db }
    }

    /// The same site after a restart with other days off.
    pub fn restarted_with(self, calendar: Calendar) -> Self {
        let Self { app, clock, db, .. } = self;
        let (rng, keys, blobs) = (Arc::clone(&app.rng), Arc::clone(&app.keys), app.blobs.clone());
        Self::wired(db, clock, rng, keys, blobs, calendar, app.site.demo)
    }

    /// Gives everything that waits its position, and brings the search index and the figures up to it.
    pub async fn settled(&self) {
        while drain_once(&self.db, &no_folds()).await.unwrap() > 0 {}
        let (_, position) = tokio::sync::watch::channel(0);
        let index = self.app.own::<Search>().unwrap().index.clone();
        let (db, sources) = ((*self.db).clone(), sources(&self.cases()));
        Follower { db: db.clone(), index, sources, position: position.clone() }.catch_up().await.unwrap();
        Figures { db, cases: self.cases(), position }.catch_up().await.unwrap();
    }

    /// What verbs on cases are given.
    pub fn cases(&self) -> Cases {
        self.app.own::<Cases>().unwrap().clone()
    }

    /// The context of the machine itself.
    pub fn system(&self) -> Ctx {
        Ctx::system(self.app.clock.now(), Arc::clone(&self.app.rng), Arc::clone(&self.app.keys))
    }

    async fn people(&self) {
        let ctx = self.system();
        self.db
            .write(move |tx| {
                for (slug, kind, ko, en) in [
                    ("mois", OrganisationKind::Agency, "행정안전부", "Ministry of the Interior and Safety"),
                    ("opm", OrganisationKind::Agency, "국무조정실", "Office for Government Policy Coordination"),
                    ("forum", OrganisationKind::CivilSociety, "열린정부포럼", "Open Government Forum"),
                ] {
                    let draft = Draft {
                        slug: slug.to_owned(),
                        kind,
                        name: LocalizedText::new(ko, en),
                        short: LocalizedText::default(),
                        parent: None,
                    };
                    organisation::upsert(tx, &ctx, &draft)?;
                }
                let setup = demo::Setup {
                    agencies: vec!["mois".to_owned()],
                    lead: "opm".to_owned(),
                    civil_society: "forum".to_owned(),
                };
                demo::create(tx, &ctx, &Options { site: "Madang".to_owned(), demo: true }, &setup)
            })
            .await
            .unwrap();
    }

    /// A visitor without a cookie.
    pub fn visitor(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// A visitor who is signed in as one of the demonstration's accounts, second factor included where there is one.
    pub async fn sign_in_as(&self, who: Who) -> Browser<'_> {
        let Some(key) = who.key() else { return self.visitor() };
        self.sign_in(key, who != Who::OfficerBeforeFactor).await
    }

    /// The same by the account's key; the second factor where one is asked for and wanted.
    pub async fn sign_in(&self, key: &str, factor: bool) -> Browser<'_> {
        let mut browser = self.visitor();
        let answer = browser.post("/ko/sign-in/demo", &[("key", key)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        if answer.location().contains("/sign-in/second-factor") && factor {
            let page = browser.get(&answer.location()).await;
            let answer = browser.post("/ko/sign-in/second-factor", &[("code", &page.demo_code())]).await;
            assert_eq!(answer.status, 303, "{}", answer.text());
        }
        browser
    }

    /// Lets the jobs run and gives the mails that are kept, newest first.
    pub async fn mails(&self) -> Vec<Outgoing> {
        let send = SendMail::new(self.app.db.clone(), self.app.clock.clone(), Arc::new(KeepMailer));
        let worker = Worker::new(self.app.db.clone(), self.app.clock.clone(), Arc::clone(&self.app.rng));
        worker.on(mail::SEND, send).run_due().await.unwrap();
        self.db.read(|tx| mail::outbox(tx, None, 100)).await.unwrap().mails
    }

    /// The path of the one-time link in the newest mail.
    pub async fn newest_link(&self) -> String {
        let mails = self.mails().await;
        let text = &mails[0].text;
        let link = text.split_whitespace().find(|word| word.starts_with(BASE)).expect("a mail with a link");
        link[BASE.len()..].to_owned()
    }
}

//! What every test needs: databases of both engines, a clock that stands still, words for mails, people with roles.

use std::sync::{Arc, Mutex};

use madang_base::{Clock, FixedClock, Locale, LocalizedText, Result, SeededRng, SharedRng, Time};
use madang_db::testing::TestDb;
use madang_db::{Engine, Tx};
use madang_identity::{
    Email, Factor, MailText, MailTexts, Options, SignedIn, demo, link, membership, second_factor, session,
};
use madang_kernel::organisation::{self, Draft, OrganisationKind};
use madang_kernel::{AccountId, Actor, Ctx, Keys, OrganisationId, Role};

pub const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Remembers the links it was asked for, like a mailbox.
#[derive(Default)]
pub struct Letters(Mutex<Vec<String>>);

impl Letters {
    pub fn last(&self) -> String {
        self.0.lock().unwrap().last().cloned().unwrap()
    }
}

impl MailTexts for Letters {
    fn link_url(&self, locale: Locale, token: &str) -> String {
        self.0.lock().unwrap().push(token.to_owned());
        format!("https://madang.example/{locale}/sign-in/link/{token}")
    }

    fn sign_in(&self, locale: Locale, link_url: &str, minutes: i64) -> MailText {
        let subject = if locale == Locale::Ko { "로그인" } else { "Sign in" };
        MailText {
            subject: subject.to_owned(),
            text: format!("{link_url} {minutes}"),
            html: format!("<p>{link_url}</p>"),
        }
    }

    fn add_address(&self, _: Locale, link_url: &str, minutes: i64) -> MailText {
        MailText { subject: "Address".to_owned(), text: format!("{link_url} {minutes}"), html: String::new() }
    }
}

pub struct House {
    pub db: TestDb,
    pub clock: FixedClock,
    pub letters: Arc<Letters>,
    pub options: Options,
    keys: Arc<Keys>,
    rng: SharedRng,
}

/// A house on each engine.
pub fn houses() -> Vec<House> {
    TestDb::both().into_iter().map(House::of).collect()
}

/// Runs a test in a house of each engine.
#[macro_export]
macro_rules! in_each_house {
    ($name:ident, $house:ident, $body:block) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            for $house in $crate::house::houses() {
                $body
            }
        }
    };
}

impl House {
    fn of(db: TestDb) -> Self {
        let rng: SharedRng = Arc::new(SeededRng::new(b"identity tests"));
        Self {
            db,
            clock: FixedClock::at(Time::parse("2026-03-02T00:00:10Z").unwrap()),
            letters: Arc::new(Letters::default()),
            options: Options { site: "마당".to_owned(), demo: true },
            keys: Arc::new(Keys::generate(&*rng)),
            rng,
        }
    }

    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx {
            actor,
            now: self.clock.now(),
            rng: Arc::clone(&self.rng),
            locale: Locale::Ko,
            keys: Arc::clone(&self.keys),
        }
    }

    pub fn nobody(&self) -> Ctx {
        self.ctx(Actor::Anonymous)
    }

    pub fn system(&self) -> Ctx {
        self.ctx(Actor::System)
    }

    /// Writes as `ctx`'s actor.
    pub async fn write<T, F>(&self, ctx: &Ctx, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx) -> Result<T> + Send + 'static,
    {
        let ctx = ctx.clone();
        self.db.write(move |tx| work(tx, &ctx)).await
    }

    pub async fn read<T, F>(&self, ctx: &Ctx, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx, &Ctx) -> Result<T> + Send + 'static,
    {
        let ctx = ctx.clone();
        self.db.read(move |tx| work(tx, &ctx)).await
    }

    /// Asks for a link and returns its token.
    pub async fn ask(&self, address: &str) -> Result<String> {
        let request = link::Request { address: address.to_owned(), network: "n".to_owned(), return_to: None };
        let letters = Arc::clone(&self.letters);
        self.write(&self.nobody(), move |tx, ctx| link::request(tx, ctx, &*letters, &request)).await?;
        Ok(self.letters.last())
    }

    pub async fn redeem(&self, ctx: &Ctx, token: &str) -> Result<link::Redeemed> {
        let token = token.to_owned();
        self.write(ctx, move |tx, ctx| link::redeem(tx, ctx, &token, AGENT)).await
    }

    /// Signs in by mail.
    pub async fn enter(&self, address: &str) -> SignedIn {
        let token = self.ask(address).await.unwrap();
        match self.redeem(&self.nobody(), &token).await.unwrap() {
            link::Redeemed::SignedIn(signed_in) => signed_in,
            link::Redeemed::AddressAdded => panic!("an address was added"),
        }
    }

    /// The session behind a token.
    pub async fn session(&self, token: &str) -> Option<(session::Session, madang_kernel::Person)> {
        let (token, now) = (token.to_owned(), self.clock.now());
        self.db.read(move |tx| session::find(tx, &token, now)).await.unwrap()
    }

    /// The context of whoever has this token.
    pub async fn as_token(&self, token: &str) -> (Ctx, session::Session) {
        let (session, person) = self.session(token).await.unwrap();
        (self.ctx(Actor::Person(person)), session)
    }

    /// Somebody signed in by mail.
    pub async fn citizen(&self, address: &str) -> (Ctx, session::Session, String) {
        let signed_in = self.enter(address).await;
        let (ctx, session) = self.as_token(&signed_in.token).await;
        (ctx, session, signed_in.token)
    }

    pub async fn organisation(&self, slug: &str, kind: OrganisationKind) -> OrganisationId {
        let draft = Draft {
            slug: slug.to_owned(),
            kind,
            name: LocalizedText::new(format!("{slug} 기관"), format!("Agency {slug}")),
            short: LocalizedText::default(),
            parent: None,
        };
        self.write(&self.system(), move |tx, ctx| organisation::upsert(tx, ctx, &draft)).await.unwrap().id
    }

    pub async fn grant(&self, ctx: &Ctx, address: &str, role: Role, at: Option<OrganisationId>) -> Result<AccountId> {
        let whom = membership::Whom::Address { address: address.to_owned(), name: LocalizedText::default() };
        self.write(ctx, move |tx, ctx| membership::grant(tx, ctx, &whom, role, at)).await
    }

    /// The current code of an enrolment.
    pub fn code(&self, base32: &str) -> String {
        let secret = totp_rs::Secret::try_from_base32(base32).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(self.clock.now().micros() / 1_000_000).unwrap()).to_string()
    }

    /// Enrols and confirms a second factor: the new token, the app's secret, the recovery codes.
    pub async fn enrol(&self, token: &str) -> (String, String, Vec<String>) {
        let (ctx, session) = self.as_token(token).await;
        let (options, own) = (self.options.clone(), session.clone());
        let enrolment = self.write(&ctx, move |tx, ctx| second_factor::enrol(tx, ctx, &own, &options)).await.unwrap();
        let code = self.code(&enrolment.secret);
        let passed =
            self.write(&ctx, move |tx, ctx| second_factor::confirm(tx, ctx, &session, &code)).await.unwrap().unwrap();
        (passed.token, enrolment.secret, passed.recovery_codes)
    }

    /// Somebody with a role and the second factor presented.
    pub async fn staff(&self, address: &str, role: Role, at: Option<OrganisationId>) -> (Ctx, session::Session) {
        self.grant(&self.system(), address, role, at).await.unwrap();
        let signed_in = self.enter(address).await;
        assert_eq!(signed_in.factor, Factor::ToEnrol);
        let (token, ..) = self.enrol(&signed_in.token).await;
        self.as_token(&token).await
    }

    pub async fn administrator(&self) -> (Ctx, session::Session) {
        self.staff("admin@example.org", Role::Administrator, None).await
    }

    /// Makes the demonstration accounts.
    pub async fn demo(&self) -> Vec<demo::DemoAccount> {
        self.organisation("mois", OrganisationKind::Agency).await;
        self.organisation("mogef", OrganisationKind::Agency).await;
        self.organisation("opennet", OrganisationKind::CivilSociety).await;
        let setup = demo::Setup {
            agencies: vec!["mois".to_owned(), "mogef".to_owned()],
            lead: "mois".to_owned(),
            civil_society: "opennet".to_owned(),
        };
        let options = self.options.clone();
        self.write(&self.system(), move |tx, ctx| demo::create(tx, ctx, &options, &setup)).await.unwrap()
    }

    /// One number of a statement.
    pub fn number(&self, sql: &str) -> i64 {
        self.db.query(sql, &[]).unwrap()[0].at(0).unwrap()
    }

    pub fn text(&self, sql: &str) -> Option<String> {
        self.db.query(sql, &[]).unwrap().first().and_then(|row| row.at::<Option<String>>(0).unwrap())
    }
}

/// The code of the error.
pub fn code<T: std::fmt::Debug>(outcome: Result<T>) -> &'static str {
    outcome.unwrap_err().code()
}

pub fn email(address: &str) -> Email {
    Email::parse(address).unwrap()
}

impl House {
    pub fn clock_now(&self) -> Time {
        self.clock.now()
    }
}

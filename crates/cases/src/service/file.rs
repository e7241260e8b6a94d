//! Filing: a case comes to be.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madang_base::{Error, Id, Result, SeededRng};
use madang_db::Tx;
use madang_form::{Answers, CasePublicity, ClockRun, Definition, Filer, Party, number, values};
use madang_kernel::blob::{self, Upload};
use madang_kernel::ledger::{self, Event, Field, ReceiptCode};
use madang_kernel::{Actor, Assurance, Ctx, ObjectKind, OrganisationId, Owner, Ref, Role, Verb, digest};
use madang_text::clean;

use super::follow::{Reason, Rhythm, Subscriber};
use super::{clocks, draft, follow, route, written};
use crate::Cases;
use crate::kinds;
use crate::model::{CaseEvent, CaseFile, CaseId, Channel, Consent, Delivery, EventBody, EventKind, Publication};
use crate::notify;
use crate::registry::ServiceVersion;
use crate::store::agency::AgencyRole;
use crate::{record, store};

/// What a clerk puts on record when filing for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyInput {
    /// How the person agreed: `spoken` or `signed`.
    pub how: String,
    pub note: String,
}

/// What is filed.
#[derive(Clone, Debug)]
pub struct FilingInput {
    pub service: String,
    pub answers: Answers,
    /// Files that `answers` name and that no draft holds.
    pub uploads: Vec<Upload>,
    pub channel: Channel,
    /// How the author is called; of an account its name, for a clerk the person's.
    pub name: String,
    /// Where somebody without account is written to.
    pub mail: Option<String>,
    /// Where the definition leaves it to the author.
    pub wants_public: bool,
    /// Sending twice with the same key is one case. 16 to 100 characters, made at random by whoever sends: who knows it
    /// and is the same account (or none) is given the receipt again.
    pub request_key: String,
    pub proxy: Option<ProxyInput>,
    /// Whether the author is written to.
    pub follow: bool,
}

/// What the author is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    pub id: CaseId,
    pub number: String,
    /// Only here, for those who have no account, and in the hand of the person for whom a clerk files.
    pub secret: Option<String>,
    pub clocks: Vec<ClockRun>,
    /// The same request key came before: nothing was filed now.
    pub again: bool,
    /// Of the filing in the ledger; none when it is older than that.
    pub receipt: Option<ReceiptCode>,
}

/// How many numbers are tried before something must be wrong: seven random characters hardly ever meet.
const TRIES: usize = 20;
const MAX_NAME: usize = 100;
const MAX_MAIL: usize = 254;

/// Who files, as the definition and the case see it.
struct Filing {
    assurance: Assurance,
    /// For whom a clerk acts, the clerk's organisation.
    through: Option<OrganisationId>,
    consent: Option<Consent>,
}

/// Files a case.
///
/// # Errors
/// `service.unknown`; `case.filing-shut`, `case.filing-not-open`, `case.filing-over` (before and after the days of a call);
/// `case.filing-who`; `case.filing-invalid` with the fields; `case.request-key`; `case.proxy-consent`, `case.proxy-channel`;
/// `case.name`, `case.mail`; those of [`Ctx::require`].
pub fn file(tx: &mut Tx, ctx: &Ctx, cases: &Cases, input: &FilingInput) -> Result<Receipt> {
    ctx.require(Verb::Create, ObjectKind::Case, None)?;
    let keys = RequestKey::of(ctx, input)?;
    if let Some(id) = store::case::by_request_key(tx, &keys.stored)? {
        return again(tx, ctx, cases, id, &keys);
    }
    let version = cases.services.current(tx, &input.service)?;
    let def = &version.definition;
    open(&version, ctx.now.kst_date())?;
    let filing = who(ctx, def, input)?;
    let answers = written::tidy(def, &input.answers)?;
    let errors = values::complete(def, &Party::Author, &answers, ctx.now.kst_date());
    if !errors.is_empty() {
        let invalid = Error::invalid("case.filing-invalid");
        return Err(errors.into_iter().fold(invalid, Error::field_error));
    }
    route::check_agencies(tx, def, &answers)?;
    let agency = route::agency(tx, cases, def, &answers)?.map(|found| found.id);
    let secret = (ctx.account().is_none() || filing.consent.is_some()).then(|| keys.secret());
    let mut case = new(ctx, &version, input, &filing, answers, agency)?;
    let mut written = false;
    for _ in 0..TRIES {
        case.number = number::number(&def.number, ctx.now.kst_date().year(), ctx.rng());
        case.secret_hash = secret.as_deref().and_then(|secret| secret_hash(ctx, &case.number, secret));
        if store::case::insert(tx, &case, &keys.stored)? {
            written = true;
            break;
        }
        // Either the number is taken, or the same thing was sent at the same moment.
        if let Some(id) = store::case::by_request_key(tx, &keys.stored)? {
            return again(tx, ctx, cases, id, &keys);
        }
    }
    if !written {
        return Err(Error::internal("no free number was found"));
    }
    let files = claim(tx, &case, input)?;
    for upload in &files {
        blob::attach(tx, ctx, upload, &case.reference())?;
    }
    draft::filed(tx, &input.request_key)?;
    written::index(tx, def, &case)?;
    if let Some(agency) = case.agency {
        store::agency::begin(tx, case.id, agency, AgencyRole::Handling, ctx.now)?;
    }
    if let Some(account) = case.author.filter(|_| input.follow) {
        follow::put(tx, ctx, case.id, Subscriber::Account(account), Rhythm::AtOnce, Reason::Asked)?;
    }
    let event = CaseEvent {
        case: case.id,
        no: 0,
        at: ctx.now,
        kind: EventKind::Filed,
        step: None,
        from_state: None,
        to_state: Some(case.state.clone()),
        party: Party::Author.code().to_owned(),
        account: ctx.account(),
        organisation: filing.through,
        public: true,
        body: EventBody::default(),
    };
    let no = store::event::append(tx, &event)?;
    let clocks = clocks::refold(tx, ctx, cases, &mut case)?;
    let receipt = ledger::append(tx, ctx, leaf(&case, &event, &files)?)?;
    notify::announce(tx, ctx, cases, &case, no)?;
    Ok(Receipt { id: case.id, number: case.number, secret, clocks, again: false, receipt: Some(receipt) })
}

/// What the ledger keeps: codes in plain, everything that was written only salted.
fn leaf(case: &CaseFile, filed: &CaseEvent, files: &[Upload]) -> Result<Event> {
    let object = case.reference();
    let event = match case.publication {
        Publication::Published => Event::public(&kinds::CASE_FILED, object),
        Publication::Unpublished | Publication::Hidden => Event::private(&kinds::CASE_FILED, object),
    };
    let mut event = event
        .with("no", 1)
        .with("service", Ref::new(ObjectKind::Service, &case.service))
        .with("version", Field::digest(&case.version)?)
        .with("state", Ref::new(ObjectKind::Service, format!("{}/{}", case.service, case.state)))
        .with("channel", case.channel.code())
        .with("assurance", case.assurance.code())
        .with("number", Field::salted(&case.number))
        .with("title", Field::salted(&case.title))
        .with("answers", Field::salted(case.answers.to_json()))
        .with("record", Field::salted(record::case(case)?))
        .with("body", Field::salted(record::event(filed)?))
        .with_some("files", Field::files(files.iter().map(|file| file.blob.sha256.as_str()))?);
    if let Some(agency) = case.agency {
        event = event.with("organisation", Ref::new(ObjectKind::Organisation, agency));
    }
    if let Some(account) = case.author {
        event = event.with("by", Field::Nullifier(account));
    }
    Ok(event)
}

fn new(
    ctx: &Ctx,
    version: &ServiceVersion,
    input: &FilingInput,
    filing: &Filing,
    answers: Answers,
    agency: Option<OrganisationId>,
) -> Result<CaseFile> {
    let def = &version.definition;
    let state = def.first_state();
    let wants_public = def.public.case == CasePublicity::AuthorChooses && input.wants_public;
    let public = wants_public || def.public.case == CasePublicity::WhenFiled;
    let (name, mail) = author(input, filing.consent.is_some())?;
    Ok(CaseFile {
        id: Id::new(ctx.now, ctx.rng()),
        number: String::new(),
        service: def.id.clone(),
        version: version.digest.clone(),
        state: state.id.clone(),
        phase: state.phase,
        outcome: None,
        title: values::title(def, &answers),
        agency,
        assignee: None,
        author: ctx.account().filter(|_| filing.consent.is_none()),
        author_name: name,
        mail,
        locale: ctx.locale,
        assurance: filing.assurance,
        channel: input.channel,
        secret_hash: None,
        consent: filing.consent.clone(),
        publication: if public { Publication::Published } else { Publication::Unpublished },
        published_at: public.then_some(ctx.now),
        wants_public,
        delivery: Delivery::Delivered,
        delivered_at: Some(ctx.now),
        citizen_says: None,
        satisfaction: None,
        satisfaction_text: None,
        area: written::area(def, &answers),
        answers,
        reviewed: std::collections::BTreeSet::new(),
        filed_at: ctx.now,
        updated_at: ctx.now,
        answered_at: None,
        closed_at: None,
        erased_at: None,
        due_at: None,
        merged_into: None,
        revision: 1,
    })
}

/// Name and address of the author, cleaned.
fn author(input: &FilingInput, proxy: bool) -> Result<(String, Option<String>)> {
    let name = clean::line(&input.name);
    if name.chars().count() > MAX_NAME || (proxy && name.is_empty()) {
        return Err(Error::invalid("case.name").arg("limit", MAX_NAME).field("name", "case.name"));
    }
    let mail = input.mail.as_deref().map(str::trim).filter(|mail| !mail.is_empty()).map(str::to_owned);
    let bad = |mail: &String| {
        let (local, host) = mail.split_once('@').unwrap_or_default();
        let blank = mail.chars().any(|c| c.is_whitespace() || c.is_control());
        local.is_empty() || !host.contains('.') || host.contains('@') || blank || mail.len() > MAX_MAIL
    };
    if mail.as_ref().is_some_and(bad) {
        return Err(Error::invalid("case.mail").field("mail", "case.mail"));
    }
    Ok((name, mail))
}

fn open(version: &ServiceVersion, today: Date) -> Result<()> {
    let filing = &version.definition.filing;
    if !version.open {
        return Err(Error::conflict("case.filing-shut").arg("service", &version.definition.id));
    }
    if let Some(opens) = filing.opens.filter(|opens| today < *opens) {
        return Err(Error::conflict("case.filing-not-open").arg("day", opens));
    }
    if let Some(closes) = filing.closes.filter(|closes| today > *closes) {
        return Err(Error::conflict("case.filing-over").arg("day", closes));
    }
    Ok(())
}

/// Whether the actor may file, and as whom.
fn who(ctx: &Ctx, def: &Definition, input: &FilingInput) -> Result<Filing> {
    let among = |filer: Filer| def.filing.who.contains(&filer);
    let by_clerk = matches!(input.channel, Channel::Counter | Channel::Phone | Channel::Paper | Channel::Visit);
    let Some(proxy) = &input.proxy else {
        if by_clerk {
            return Err(Error::invalid("case.proxy-consent").field("consent", "case.proxy-consent"));
        }
        let assurance = match &ctx.actor {
            Actor::Person(person) if person.assurance == Assurance::Verified => Assurance::Verified,
            Actor::Person(_) => Assurance::Pseudonymous,
            Actor::Anonymous | Actor::System => Assurance::Anonymous,
        };
        let enough = match assurance {
            Assurance::Verified => among(Filer::Verified) || among(Filer::Pseudonymous) || among(Filer::Anonymous),
            Assurance::Pseudonymous => among(Filer::Pseudonymous) || among(Filer::Anonymous),
            Assurance::Anonymous | Assurance::Proxy => among(Filer::Anonymous) || ctx.actor == Actor::System,
        };
        if !enough {
            let code = if among(Filer::Pseudonymous) { "case.filing-sign-in" } else { "case.filing-who" };
            return Err(match ctx.actor {
                Actor::Anonymous => Error::unauthenticated(code),
                Actor::System | Actor::Person(_) => Error::forbidden(code),
            });
        }
        return Ok(Filing { assurance, through: None, consent: None });
    };
    let organisations: Vec<_> = ctx.actor.person().map_or_else(Vec::new, |person| {
        [Role::Clerk, Role::Officer, Role::Lead].into_iter().flat_map(|role| person.organisations(role)).collect()
    });
    ctx.require(Verb::Represent, ObjectKind::Case, Some(Owner::Organisations(&organisations)))?;
    if !among(Filer::Proxy) {
        return Err(Error::forbidden("case.filing-proxy"));
    }
    if !by_clerk {
        return Err(Error::invalid("case.proxy-channel").field("channel", "case.proxy-channel"));
    }
    if !matches!(proxy.how.as_str(), "spoken" | "signed") {
        return Err(Error::invalid("case.proxy-consent").field("consent", "case.proxy-consent"));
    }
    let clerk = ctx.account().ok_or_else(|| Error::unauthenticated("permission.sign-in"))?;
    let through = organisations.first().copied();
    let note = clean::block(&proxy.note).chars().take(1_000).collect();
    let consent = Consent { clerk, organisation: through, how: proxy.how.clone(), note, at: ctx.now };
    Ok(Filing { assurance: Assurance::Proxy, through, consent: Some(consent) })
}

/// The files of the answers: from what was sent along, or from the draft that is filed.
///
/// # Errors
/// `case.filing-invalid` with `case.file-unknown` for a file that is neither: knowing a digest gives nobody a file.
fn claim(tx: &mut Tx, case: &CaseFile, input: &FilingInput) -> Result<Vec<Upload>> {
    let sent: BTreeMap<&str, &Upload> = input.uploads.iter().map(|up| (up.blob.sha256.as_str(), up)).collect();
    let kept = blob::attachments(tx, &draft::reference(&input.request_key))?;
    let mut out = Vec::new();
    for (field, file) in written::files(&case.answers) {
        let kept = || kept.iter().find(|kept| kept.blob.sha256 == file.sha256);
        let upload = match sent.get(file.sha256.as_str()) {
            Some(upload) => Some((*upload).clone()),
            None => kept().map(|kept| Upload { blob: kept.blob.clone(), name: kept.name.clone() }),
        };
        let unknown = || Error::invalid("case.filing-invalid").field(field, "case.file-unknown");
        out.push(upload.ok_or_else(unknown)?);
    }
    Ok(out)
}

/// The receipt of what came before.
fn again(tx: &mut Tx, ctx: &Ctx, cases: &Cases, id: CaseId, keys: &RequestKey) -> Result<Receipt> {
    let (case, _) = super::case_by_id(tx, cases, id)?;
    let clocks = clocks::runs(tx, ctx, cases, &case)?;
    let secret = case.secret_hash.is_some().then(|| keys.secret());
    let filed = |event: &serde_json::Value| event["fields"]["no"] == 1;
    let receipt = madang_kernel::receipt::of_act(tx, &case.reference(), case.filed_at, filed)?;
    Ok(Receipt { id, number: case.number, secret, clocks, again: true, receipt })
}

/// What a request key becomes. It is kept as a digest together with the account, so that nobody is given another's
/// receipt; the secret code comes from it, so that the same sending gives the same code though nobody keeps it.
struct RequestKey {
    stored: String,
    seed: [u8; 32],
}

impl RequestKey {
    fn of(ctx: &Ctx, input: &FilingInput) -> Result<Self> {
        let key = input.request_key.as_str();
        if !(16..=100).contains(&key.len()) || !key.chars().all(|c| c.is_ascii_graphic()) {
            return Err(Error::invalid("case.request-key"));
        }
        let account = ctx.account().map(|account| account.to_string()).unwrap_or_default();
        let part = |what: &str| {
            digest::hmac(
                &ctx.keys.session,
                &[what.as_bytes(), input.service.as_bytes(), account.as_bytes(), key.as_bytes()],
            )
        };
        Ok(Self { stored: digest::hex(&part("cases.request")), seed: part("cases.secret") })
    }

    /// The secret code, the same whenever it is asked for: pseudo-random characters seeded by an HMAC under a key that is
    /// outside the database.
    fn secret(&self) -> String {
        number::secret(&SeededRng::new(&self.seed))
    }
}

/// How a secret code is kept; none when the text is no code.
pub(crate) fn secret_hash(ctx: &Ctx, number: &str, secret: &str) -> Option<String> {
    let secret = number::normalise_secret(secret)?;
    Some(digest::hmac_hex(&ctx.keys.session, &[b"cases.code", number.as_bytes(), secret.as_bytes()]))
}

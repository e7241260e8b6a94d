//! The accounts of a demonstration: one for each role, listed on the sign-in page and entered without mail.
//!
//! They are named after roles; nobody is invented. Staff among them have a second factor like everybody, but its secret
//! is no secret: the page shows the current code ([`code`]), so that visitors see the step they would have to take. For
//! the same reason a code of theirs may be used twice. All of it exists only where [`Options::demo`] is set; without it
//! these accounts cannot be entered (their addresses end in `.example`, which no mail reaches).

use madang_base::{Error, LocalizedText, Result};
use madang_db::Tx;
use madang_kernel::organisation::{self, Organisation};
use madang_kernel::{AccountId, Assurance, Ctx, ObjectKind, Person, PersonKeys, Role, Verb};

use super::{account, membership, person, second_factor, session};
use crate::model::{Membership, Method, SignedIn};
use crate::options::Options;
use crate::rules::{secret, totp};
use crate::store;

/// Which organisations the demonstration has people for; slugs of organisations that exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Agencies with an officer each; the first also has a second officer and a clerk at its counter.
    pub agencies: Vec<String>,
    /// The ministry that leads the plan.
    pub lead: String,
    pub civil_society: String,
}

/// An account on the sign-in page.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoAccount {
    /// `citizen`, `citizen-2`, `committee`, `officer-mois`, `officer-mois-2`, `clerk-mois`, `lead`, `civil-society`,
    /// `administrator`.
    pub key: String,
    pub account: AccountId,
    pub name: LocalizedText,
    pub memberships: Vec<Membership>,
    /// Whether a code is asked for after signing in.
    pub second_factor: bool,
}

/// Those who work for nobody: key and name.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("citizen", "시민", "Citizen"),
    ("citizen-2", "둘째 시민", "Second citizen"),
    ("citizen-3", "셋째 시민", "Third citizen"),
    // Is in no group by itself: the demonstration's services say in which.
    ("committee", "위원", "Committee member"),
];

fn on(options: &Options) -> Result<()> {
    if options.demo { Ok(()) } else { Err(Error::not_found("identity.demo-off")) }
}

/// Makes the accounts that are not there yet, and returns all.
///
/// # Errors
/// `Kind::NotFound` `identity.demo-off` or `identity.demo-organisation`; those of [`Ctx::require`] and of
/// [`membership::grant`].
pub fn create(tx: &mut Tx, ctx: &Ctx, options: &Options, setup: &Setup) -> Result<Vec<DemoAccount>> {
    on(options)?;
    ctx.require(Verb::Manage, ObjectKind::Account, None)?;
    for (key, ko, en) in PEOPLE {
        ensure(tx, ctx, key, &LocalizedText::new(*ko, *en), None)?;
    }
    if let Some(slug) = setup.agencies.first() {
        let agency = named(tx, slug)?;
        let (second, clerk) = (format!("officer-{slug}-2"), format!("clerk-{slug}"));
        ensure(tx, ctx, &second, &titled(&agency, "둘째 담당자", "second officer"), Some((Role::Officer, &agency)))?;
        ensure(tx, ctx, &clerk, &titled(&agency, "창구 직원", "counter clerk"), Some((Role::Clerk, &agency)))?;
    }
    for slug in &setup.agencies {
        let agency = named(tx, slug)?;
        ensure(
            tx,
            ctx,
            &format!("officer-{slug}"),
            &titled(&agency, "담당자", "officer"),
            Some((Role::Officer, &agency)),
        )?;
    }
    let ministry = named(tx, &setup.lead)?;
    ensure(tx, ctx, "lead", &titled(&ministry, "총괄 담당자", "lead officer"), Some((Role::Lead, &ministry)))?;
    let society = named(tx, &setup.civil_society)?;
    ensure(tx, ctx, "civil-society", &titled(&society, "활동가", "member"), Some((Role::CivilSociety, &society)))?;
    let administrator =
        ensure(tx, ctx, "administrator", &LocalizedText::new("누리집 관리자", "Site administrator"), None)?;
    grant(tx, ctx, administrator, Role::Administrator, None)?;
    list(tx, options)
}

fn named(tx: &mut Tx, slug: &str) -> Result<Organisation> {
    organisation::by_slug(tx, slug)?.ok_or_else(|| Error::not_found("identity.demo-organisation").arg("value", slug))
}

fn titled(organisation: &Organisation, ko: &str, en: &str) -> LocalizedText {
    let name = |tag: &str| organisation.name.exact(tag).unwrap_or(&organisation.slug).to_owned();
    LocalizedText::new(format!("{} {ko}", name("ko")), format!("{} {en}", name("en")))
}

fn ensure(
    tx: &mut Tx,
    ctx: &Ctx,
    key: &str,
    name: &LocalizedText,
    role: Option<(Role, &Organisation)>,
) -> Result<AccountId> {
    let id = match store::account::by_credential(tx, Method::Demo, "", key)? {
        Some(known) => known.id,
        None => {
            let address = format!("{key}@demo.example");
            let id = account::make(tx, ctx, name, Some(&address), (Method::Demo, "", key))?;
            store::account::add_credential(tx, id, Method::Mail, "", &address, ctx.now)?;
            let proof = secret::mac(&ctx.keys.person, "person-demo", &[key]);
            person::claim(tx, ctx, id, &proof, Assurance::Verified)?;
            id
        }
    };
    if let Some((role, organisation)) = role {
        grant(tx, ctx, id, role, Some(organisation))?;
    }
    Ok(id)
}

fn grant(tx: &mut Tx, ctx: &Ctx, id: AccountId, role: Role, organisation: Option<&Organisation>) -> Result<()> {
    let organisation = organisation.map(|organisation| organisation.id);
    let held = store::membership::of_account(tx, id)?;
    if !held.iter().any(|held| held.role == role && held.organisation == organisation) {
        membership::grant(tx, ctx, &membership::Whom::Account(id), role, organisation)?;
    }
    if role.needs_second_factor() && store::factor::get(tx, id)?.is_none() {
        let plain = ctx.rng().bytes::<{ totp::SECRET }>();
        let sealed = secret::seal(&ctx.keys.master, second_factor::SECRET, &id.to_string(), &plain, ctx.rng())?;
        store::factor::begin(tx, id, &sealed, true, ctx.now)?;
        store::factor::confirm(tx, id, ctx.now)?;
    }
    Ok(())
}

/// The accounts for the sign-in page, sorted by key; none when this is no demonstration.
///
/// # Errors
/// Those of the database.
pub fn list(tx: &mut Tx, options: &Options) -> Result<Vec<DemoAccount>> {
    if !options.demo {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for (key, found) in store::account::demo(tx)? {
        let memberships = store::membership::of_account(tx, found.id)?;
        let second_factor = memberships.iter().any(|held| held.role.needs_second_factor());
        out.push(DemoAccount { key, account: found.id, name: found.name, memberships, second_factor });
    }
    Ok(out)
}

/// The account of this key as an actor, second factor presented: for what the demonstration did before anybody came.
///
/// # Errors
/// `Kind::NotFound` `identity.demo-off` or `identity.account-unknown`; those of [`Ctx::require`].
pub fn person(tx: &mut Tx, ctx: &Ctx, options: &Options, key: &str) -> Result<Person> {
    on(options)?;
    ctx.require(Verb::Manage, ObjectKind::Account, None)?;
    let found = store::account::by_credential(tx, Method::Demo, "", key)?;
    let account = found.ok_or_else(|| Error::not_found("identity.account-unknown"))?.id;
    let keys = store::person::of_account(tx, account)?;
    let verified = keys.iter().find(|key| key.assurance == Assurance::Verified).map(|key| key.person.clone());
    Ok(Person {
        account,
        assurance: Assurance::Verified,
        grants: session::grants(tx, account)?,
        second_factor: true,
        scopes: None,
        keys: PersonKeys { first: keys.first().map(|key| key.person.clone()), verified },
    })
}

/// Signs in as a demonstration account. The second factor follows like for everybody.
///
/// # Errors
/// `Kind::NotFound` `identity.demo-off` or `identity.account-unknown`.
pub fn sign_in(
    tx: &mut Tx,
    ctx: &Ctx,
    options: &Options,
    key: &str,
    return_to: Option<&str>,
    user_agent: &str,
) -> Result<SignedIn> {
    on(options)?;
    let found = store::account::by_credential(tx, Method::Demo, "", key)?;
    let account = found.ok_or_else(|| Error::not_found("identity.account-unknown"))?.id;
    let (token, device, factor) = session::start(tx, ctx, account, Method::Demo, Assurance::Verified, user_agent)?;
    let return_to = crate::rules::text::return_to(return_to);
    Ok(SignedIn { token, device, factor, created: false, return_to })
}

/// The current code of a demonstration account, for the page that asks for it; none for all other accounts.
///
/// # Errors
/// Those of the database.
pub fn code(tx: &mut Tx, ctx: &Ctx, options: &Options, account: AccountId) -> Result<Option<String>> {
    if !options.demo {
        return Ok(None);
    }
    let Some(found) = store::factor::get(tx, account)?.filter(|totp| totp.public) else { return Ok(None) };
    let Some(sealed) = found.secret else { return Ok(None) };
    let plain = secret::unseal(&ctx.keys.master, second_factor::SECRET, &account.to_string(), &sealed)?;
    totp::code(&plain, ctx.now).map(Some)
}

//! What the table and its reading promise.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use madang_base::Kind;
use madang_db::testing::sources;

use super::*;
use crate::actor::{Grant, Scope};
use crate::tests::{account, organisation, person};

const ROLES: [Role; 5] = [Role::Officer, Role::Lead, Role::CivilSociety, Role::Clerk, Role::Administrator];

fn code(actor: &Actor, verb: Verb, object: ObjectKind, owner: Option<Owner<'_>>) -> &'static str {
    decide(actor, verb, object, owner).map_or_else(|error| error.code(), |()| "yes")
}

#[test]
fn no_rule_twice_and_none_without_effect() {
    let mut seen = HashSet::new();
    for rule in table() {
        assert!(seen.insert((rule.role, rule.verb, rule.object)), "{rule:?} is there twice");
        let weaker = [Role::Anyone, Role::Member].into_iter().filter(|role| *role != rule.role);
        for role in weaker {
            let covered = rules(role, rule.verb, rule.object).any(|other| other.within == Within::Anywhere);
            assert!(!covered || rule.role == Role::Anyone, "{rule:?} adds nothing to what {role} may do");
        }
    }
}

#[test]
fn only_a_secret_gives_anyone_what_is_theirs() {
    for rule in table() {
        match rule.role {
            Role::Anyone => assert!(rule.within == Within::Anywhere || rule.object == ObjectKind::Case, "{rule:?}"),
            Role::Member | Role::Administrator => assert_ne!(rule.within, Within::OwnOrganisation, "{rule:?}"),
            Role::Officer | Role::Lead | Role::CivilSociety | Role::Clerk => {
                assert_ne!(rule.within, Within::Own, "{rule:?}");
            }
        }
    }
}

#[test]
fn every_kind_is_in_the_table() {
    let there: HashSet<_> = table().iter().map(|rule| rule.object).collect();
    for kind in ObjectKind::ALL {
        assert!(there.contains(kind), "nobody may do anything with {kind}");
    }
}

/// All `Verb::X, ObjectKind::Y` of the workspace's sources.
fn asked() -> BTreeMap<(String, String), BTreeSet<String>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut out = BTreeMap::<_, BTreeSet<_>>::new();
    for file in sources(crates).unwrap() {
        if file.components().any(|part| part.as_os_str() == "tests") || file.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for (at, _) in words.match_indices("Verb::") {
            let rest = &words[at + 6..];
            let word = |text: &str| text.chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
            let verb = word(rest);
            if let Some(object) = rest[verb.len()..].strip_prefix(",ObjectKind::") {
                out.entry((verb, word(object))).or_default().insert(file.display().to_string());
            }
        }
    }
    out
}

#[test]
fn every_pair_that_is_asked_for_has_a_rule() {
    let there: HashSet<_> =
        table().iter().map(|rule| (format!("{:?}", rule.verb), format!("{:?}", rule.object))).collect();
    let asked = asked();
    assert!(asked.keys().any(|pair| *pair == ("Retry".into(), "Job".into())), "the search finds nothing");
    for (pair, files) in asked {
        assert!(there.contains(&pair), "no rule for {} × {}, asked in {files:?}", pair.0, pair.1);
    }
}

/// Whether the role may do to anything what the rule speaks of.
fn anywhere(role: Role, rule: &Rule) -> bool {
    rules(role, rule.verb, rule.object).any(|other| other.within == Within::Anywhere)
}

#[test]
fn the_anonymous_read_and_sign_in_and_file() {
    for rule in table() {
        let anonymous = code(&Actor::Anonymous, rule.verb, rule.object, None);
        let open = anywhere(Role::Anyone, rule);
        assert_eq!(anonymous, if open { "yes" } else { "permission.sign-in" }, "{rule:?}");
        let bearer = code(&Actor::Anonymous, rule.verb, rule.object, Some(Owner::Bearer));
        let shown = allowed(Role::Anyone, rule.verb, rule.object);
        assert_eq!(bearer, if shown { "yes" } else { "permission.sign-in" }, "{rule:?}");
        if rule.role == Role::Anyone {
            let harmless = matches!(rule.verb, Verb::Read | Verb::Export);
            let filed = rule.object == ObjectKind::Case && (rule.verb == Verb::Create || rule.within == Within::Own);
            let signing_in = matches!(rule.object, ObjectKind::Session | ObjectKind::Account);
            assert!(harmless || signing_in || filed, "{rule:?}");
        }
    }
    let refused = decide(&Actor::Anonymous, Verb::Edit, ObjectKind::Plan, None).unwrap_err();
    assert_eq!(refused.kind(), Kind::Unauthenticated);
    assert_eq!(refused.args().get("verb").map(String::as_str), Some("edit"));
}

/// Whether the rule speaks of the bearer of a secret.
fn secret(rule: &Rule) -> bool {
    rule.role == Role::Anyone && rule.within == Within::Own
}

#[test]
fn roles_reach_as_far_as_the_table_says() {
    let (own, other) = (organisation(1), organisation(2));
    let both = [other, own];
    for role in ROLES {
        let actor = Actor::Person(person(role, role.of_organisation().then_some(own)));
        for &verb in Verb::ALL {
            for &object in ObjectKind::ALL {
                let roles = [Role::Anyone, Role::Member, role];
                let mine = |role: &Role| rules(*role, verb, object).filter(|r| !secret(r)).map(|r| r.within);
                let reach: Vec<_> = roles.iter().flat_map(mine).collect();
                let case = |owner| code(&actor, verb, object, owner) == "yes";
                let anywhere = reach.contains(&Within::Anywhere);
                let theirs = anywhere || reach.contains(&Within::OwnOrganisation);
                assert_eq!(case(None), anywhere, "{role} {verb} {object}");
                assert_eq!(case(Some(Owner::Organisation(own))), theirs, "{role} {verb} {object}");
                assert_eq!(case(Some(Owner::Organisations(&both))), theirs, "{role} {verb} {object}");
                assert_eq!(case(Some(Owner::Organisation(other))), anywhere, "{role} {verb} {object}");
                assert_eq!(case(Some(Owner::Organisations(&[]))), anywhere, "{role} {verb} {object}");
                let self_owned = anywhere || reach.contains(&Within::Own);
                assert_eq!(case(Some(Owner::Account(account(7)))), self_owned, "{role} {verb} {object}");
                assert_eq!(case(Some(Owner::Account(account(8)))), anywhere, "{role} {verb} {object}");
            }
        }
    }
}

#[test]
fn a_grant_counts_for_its_own_organisation_only() {
    let mut who = person(Role::Officer, Some(organisation(1)));
    who.grants.push(Grant { role: Role::CivilSociety, organisation: Some(organisation(2)) });
    let actor = Actor::Person(who);
    let at = |n| Some(Owner::Organisation(organisation(n)));
    assert_eq!(code(&actor, Verb::Report, ObjectKind::Update, at(1)), "yes");
    assert_eq!(code(&actor, Verb::Report, ObjectKind::Update, at(2)), "permission.denied");
    assert_eq!(code(&actor, Verb::Assess, ObjectKind::Assessment, at(2)), "yes");
    assert_eq!(code(&actor, Verb::Answer, ObjectKind::Round, at(2)), "permission.denied");
}

#[test]
fn without_the_second_factor_staff_do_nothing_but_enrol() {
    for role in ROLES {
        let mut who = person(role, role.of_organisation().then_some(organisation(1)));
        who.second_factor = false;
        let actor = Actor::Person(who);
        for rule in table().iter().filter(|rule| rule.role == role || rule.role == Role::Member) {
            let owner = match rule.within {
                Within::Own => Owner::Account(account(7)),
                Within::Anywhere | Within::OwnOrganisation => Owner::Organisation(organisation(1)),
            };
            let own = rule.role == Role::Member;
            let before = own && BEFORE_SECOND_FACTOR.contains(&(rule.verb, rule.object));
            let open = !role.needs_second_factor() || before || anywhere(Role::Anyone, rule);
            let expected = if open { "yes" } else { "permission.second-factor" };
            assert_eq!(code(&actor, rule.verb, rule.object, Some(owner)), expected, "{role}: {rule:?}");
        }
    }
    let staff: Vec<_> = ROLES.into_iter().filter(|role| role.needs_second_factor()).collect();
    assert_eq!(staff, [Role::Officer, Role::Lead, Role::Clerk, Role::Administrator]);
    // An administrator without it resets nobody else's: enrolling is only the own.
    let mut who = person(Role::Administrator, None);
    who.second_factor = false;
    let other = Some(Owner::Account(account(8)));
    assert_eq!(code(&Actor::Person(who), Verb::Manage, ObjectKind::SecondFactor, other), "permission.second-factor");
}

#[test]
fn a_key_narrows_and_never_widens() {
    let own = Some(Owner::Organisation(organisation(1)));
    let with = |scopes: &[&str]| {
        let mut who = person(Role::Officer, Some(organisation(1)));
        who.scopes = Some(scopes.iter().map(|scope| scope.parse().unwrap()).collect());
        Actor::Person(who)
    };
    let report = |scopes: &[&str]| code(&with(scopes), Verb::Report, ObjectKind::Update, own);
    assert_eq!(report(&["update:report"]), "yes");
    assert_eq!(report(&["update:*"]), "yes");
    assert_eq!(report(&["*:report"]), "yes");
    assert_eq!(report(&["*:read", "milestone:report"]), "permission.scope");
    assert_eq!(report(&[]), "permission.scope");
    assert_eq!(code(&with(&["*:*"]), Verb::Import, ObjectKind::Plan, own), "permission.denied");
    assert_eq!(code(&with(&[]), Verb::Read, ObjectKind::Plan, None), "yes");
    for (verb, object) in [
        (Verb::Create, ObjectKind::ApiKey),
        (Verb::Manage, ObjectKind::SecondFactor),
        (Verb::Delete, ObjectKind::Session),
        (Verb::Delete, ObjectKind::Membership),
    ] {
        let mine = Some(Owner::Account(account(7)));
        assert_eq!(code(&with(&["*:*"]), verb, object, mine), "permission.not-by-key", "{verb} {object}");
    }
}

#[test]
fn scopes_are_read_as_they_are_written() {
    for text in ["plan:read", "*:read", "update:*", "*:*", "api-key:create"] {
        assert_eq!(text.parse::<Scope>().unwrap().to_string(), text);
    }
    for text in ["", "plan", "plan:", "plan:fly", "nothing:read", "plan:read:x"] {
        assert_eq!(text.parse::<Scope>().unwrap_err().code(), "scope.unknown", "{text:?}");
    }
}

#[test]
fn the_system_may_do_everything() {
    for &verb in Verb::ALL {
        for &object in ObjectKind::ALL {
            assert_eq!(code(&Actor::System, verb, object, None), "yes");
        }
    }
}

//! Organisations and roles.

use madang_base::LocalizedText;
use madang_identity::membership::{self, Whom};
use madang_identity::{admin, organisation as organisations};
use madang_kernel::organisation::{Draft, OrganisationKind};
use madang_kernel::{Ctx, ObjectKind, Ref, Role, history};

use crate::house::{House, code};
use crate::in_each_house;

fn draft(slug: &str, kind: OrganisationKind, name: &str) -> Draft {
    Draft {
        slug: slug.to_owned(),
        kind,
        name: LocalizedText::new(name, name),
        short: LocalizedText::default(),
        parent: None,
    }
}

in_each_house!(an_administrator_makes_and_changes_organisations_in_public, house, {
    let (admin, _) = house.administrator().await;
    let first = draft("mois", OrganisationKind::Agency, "행정안전부");
    let again = first.clone();
    let made = house.write(&admin, move |tx, ctx| organisations::create(tx, ctx, &first)).await.unwrap();
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| organisations::create(tx, ctx, &again)).await),
        "identity.organisation-exists"
    );
    let renamed = draft("mois", OrganisationKind::Agency, "행정부");
    let same = renamed.clone();
    let new = house.write(&admin, move |tx, ctx| organisations::edit(tx, ctx, &renamed)).await.unwrap();
    house.write(&admin, move |tx, ctx| organisations::edit(tx, ctx, &same)).await.unwrap();
    assert_eq!(new.id, made.id);
    let kinds: Vec<String> = house
        .db
        .query("SELECT kind FROM inbox ORDER BY id", &[])
        .unwrap()
        .iter()
        .map(|row| row.at(0).unwrap())
        .collect();
    assert_eq!(kinds, ["organisation.created", "organisation.changed"], "an edit without a change is no act");
    let unknown = draft("nobody", OrganisationKind::Agency, "없음");
    assert_eq!(
        code(house.write(&admin, move |tx, ctx| organisations::edit(tx, ctx, &unknown)).await),
        "organisation.unknown"
    );
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let other = draft("other", OrganisationKind::Agency, "다른 곳");
    assert_eq!(
        code(house.write(&kim, move |tx, ctx| organisations::create(tx, ctx, &other)).await),
        "permission.denied"
    );
    let mine = draft("mois", OrganisationKind::Agency, "내 것");
    assert_eq!(code(house.write(&kim, move |tx, ctx| organisations::edit(tx, ctx, &mine)).await), "permission.denied");
});

in_each_house!(roles_fit_organisations, house, {
    let (admin, _) = house.administrator().await;
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let society = house.organisation("opennet", OrganisationKind::CivilSociety).await;
    let forum = house.organisation("forum", OrganisationKind::Body).await;
    let to = "kim@example.org";
    for (role, at, expected) in [
        (Role::Officer, None, "identity.role-scope"),
        (Role::Administrator, Some(agency), "identity.role-scope"),
        (Role::Member, None, "identity.role-scope"),
        (Role::Officer, Some(society), "identity.role-organisation"),
        (Role::Lead, Some(forum), "identity.role-organisation"),
        (Role::CivilSociety, Some(agency), "identity.role-organisation"),
        (Role::Officer, Some(madang_base::Id::from_uuid(agency_unknown())), "organisation.unknown"),
    ] {
        assert_eq!(code(house.grant(&admin, to, role, at).await), expected, "{role}");
    }
    for (role, at) in [
        (Role::Officer, Some(agency)),
        (Role::Lead, Some(agency)),
        (Role::CivilSociety, Some(society)),
        (Role::CivilSociety, Some(forum)),
        (Role::Administrator, None),
    ] {
        house.grant(&admin, to, role, at).await.unwrap();
        assert_eq!(code(house.grant(&admin, to, role, at).await), "identity.role-held");
    }
    assert_eq!(code(house.grant(&admin, "no address", Role::Officer, Some(agency)).await), "identity.email");
});

fn agency_unknown() -> uuid::Uuid {
    uuid::Uuid::nil()
}

async fn remove(
    house: &House,
    by: &Ctx,
    of: madang_kernel::AccountId,
    role: Role,
    at: Option<madang_kernel::OrganisationId>,
) -> madang_base::Result<()> {
    house.write(by, move |tx, ctx| membership::remove(tx, ctx, of, role, at)).await
}

in_each_house!(a_change_of_role_is_kept_and_signs_out, house, {
    let (admin, own) = house.administrator().await;
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (kim, _, token) = house.citizen("kim@example.org").await;
    let id = kim.account().unwrap();
    assert_eq!(code(house.grant(&kim, "kim@example.org", Role::Officer, Some(agency)).await), "permission.denied");
    assert_eq!(house.grant(&admin, "KIM@example.org", Role::Officer, Some(agency)).await.unwrap(), id);
    assert!(house.session(&token).await.is_none(), "roles begin with a new session");

    assert_eq!(code(remove(&house, &admin, id, Role::Lead, Some(agency)).await), "identity.role-unknown");
    let later = Ctx { now: admin.now.plus_seconds(1), ..admin };
    remove(&house, &later, id, Role::Officer, Some(agency)).await.unwrap();
    let object = Ref::new(ObjectKind::Account, id);
    let page = house.db.read(move |tx| history::history_of(tx, &object, None, 10)).await.unwrap();
    let word = format!("officer organisation:{agency}");
    assert_eq!(page.entries.len(), 2);
    assert_eq!(page.entries[0].before.as_deref(), Some(word.as_str()));
    assert_eq!(page.entries[1].after.as_deref(), Some(word.as_str()));
    assert_eq!(page.entries[1].account, Some(own.account));
    assert_eq!(
        house.number("SELECT COUNT(*) FROM inbox WHERE kind NOT LIKE 'organisation.%'"),
        0,
        "who holds a role is nobody else's business"
    );
});

in_each_house!(people_lay_their_own_roles_down_but_nobody_elses, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let (officer, _) = house.staff("officer@example.org", Role::Officer, Some(agency)).await;
    let (other, _) = house.staff("other@example.org", Role::Officer, Some(agency)).await;
    let (id, other) = (officer.account().unwrap(), other.account().unwrap());
    assert_eq!(code(remove(&house, &officer, other, Role::Officer, Some(agency)).await), "permission.denied");
    remove(&house, &officer, id, Role::Officer, Some(agency)).await.unwrap();
});

in_each_house!(the_last_administrator_stays, house, {
    let (admin, _) = house.administrator().await;
    let id = admin.account().unwrap();
    assert_eq!(code(remove(&house, &admin, id, Role::Administrator, None).await), "identity.last-administrator");
    house.grant(&admin, "second@example.org", Role::Administrator, None).await.unwrap();
    remove(&house, &admin, id, Role::Administrator, None).await.unwrap();
});

in_each_house!(unknown_accounts_get_no_role, house, {
    let unknown = Whom::Account(madang_base::Id::from_uuid(agency_unknown()));
    let granted = house
        .write(&house.system(), move |tx, ctx| membership::grant(tx, ctx, &unknown, Role::Administrator, None))
        .await;
    assert_eq!(code(granted), "identity.account-unknown");
});

in_each_house!(members_are_listed_to_their_own_and_the_look_is_written_down, house, {
    let agency = house.organisation("mois", OrganisationKind::Agency).await;
    let other = house.organisation("mogef", OrganisationKind::Agency).await;
    let (officer, _) = house.staff("officer@example.org", Role::Officer, Some(agency)).await;
    house.grant(&house.system(), "lead@example.org", Role::Lead, Some(agency)).await.unwrap();
    let members = house.write(&officer, move |tx, ctx| membership::list(tx, ctx, agency, "담당자 확인")).await.unwrap();
    assert_eq!(members.iter().map(|(held, _)| held.role).collect::<Vec<_>>(), [Role::Lead, Role::Officer]);
    assert_eq!(members[0].1.email.as_deref(), Some("lead@example.org"));
    assert_eq!(house.number("SELECT COUNT(*) FROM access_log WHERE what = 'membership.list'"), 1);
    assert_eq!(
        code(house.write(&officer, move |tx, ctx| membership::list(tx, ctx, other, "x")).await),
        "permission.denied"
    );
    assert_eq!(
        code(house.write(&officer, move |tx, ctx| membership::list(tx, ctx, agency, "")).await),
        "identity.reason"
    );
});

in_each_house!(the_command_line_makes_the_first_administrator, house, {
    let letters = std::sync::Arc::clone(&house.letters);
    let name = LocalizedText::new("관리자", "Administrator");
    let create = move |tx: &mut madang_db::Tx, ctx: &Ctx| admin::create(tx, ctx, &*letters, "Root@example.org", &name);
    let made = house.write(&house.system(), create.clone()).await.unwrap();
    assert_eq!(made.minutes, 60);
    assert_eq!(house.number("SELECT COUNT(*) FROM mail"), 0, "printed, not mailed");
    let token = house.letters.last();
    assert!(made.url.ends_with(&token));
    house.clock.advance_seconds(45 * 60);
    assert!(house.redeem(&house.nobody(), &token).await.is_ok());
    let again = house.write(&house.system(), create.clone()).await.unwrap();
    assert_eq!(again.account, made.account);
    assert_ne!(again.url, made.url);
    assert_eq!(house.number("SELECT COUNT(*) FROM membership"), 1);

    let (kim, _, token) = house.citizen("kim@example.org").await;
    assert_eq!(house.write(&kim, create).await.err().unwrap().code(), "permission.denied");
    house.enrol(&token).await;
    let reset = |address: &'static str| {
        let (house, system) = (&house, house.system());
        async move { house.write(&system, move |tx, ctx| admin::reset_second_factor(tx, ctx, address)).await }
    };
    assert_eq!(reset("kim@example.org").await.unwrap(), kim.account().unwrap());
    assert_eq!(code(reset("kim@example.org").await), "identity.not-enrolled");
    assert_eq!(code(reset("nobody@example.org").await), "identity.account-unknown");
    assert_eq!(code(reset("nobody").await), "identity.email");

    let page = house.write(&house.system(), |tx, ctx| admin::list(tx, ctx, None, None, 10)).await.unwrap();
    assert_eq!((page.accounts.len(), page.next), (2, None));
    let administrators = house
        .write(&house.system(), |tx, ctx| admin::list(tx, ctx, Some(Role::Administrator), None, 10))
        .await
        .unwrap()
        .accounts;
    assert_eq!(administrators.len(), 1);
    assert_eq!(administrators[0].1[0].role, Role::Administrator);
});

//! The access log.

use madang_identity::access::{self, Filter};
use madang_identity::{AccessId, account};
use madang_kernel::{ObjectKind, Ref};

use crate::house::code;
use crate::in_each_house;

in_each_house!(every_look_is_written_down_and_reviewed, house, {
    let (admin, _) = house.administrator().await;
    let (kim, _, _) = house.citizen("kim@example.org").await;
    let (me, whose) = (admin.account().unwrap(), kim.account().unwrap());
    for n in 0..5 {
        house.clock.advance_seconds(60);
        let admin = madang_kernel::Ctx { now: house.clock_now(), ..admin.clone() };
        house.write(&admin, move |tx, ctx| account::view(tx, ctx, whose, &format!("민원 {n}"))).await.unwrap();
    }
    house.clock.advance_seconds(1);
    let admin = madang_kernel::Ctx { now: house.clock_now(), ..admin };
    let object = Ref::new(ObjectKind::Milestone, "kr-2021/2.1/3");
    house
        .write(&admin, move |tx, ctx| access::record(tx, ctx, Some(whose), "update.author", Some(&object), "확인"))
        .await
        .unwrap();

    let filter = Filter { actor: Some(me), subject: Some(whose), ..Filter::default() };
    let mut seen = Vec::new();
    let mut before: Option<AccessId> = None;
    loop {
        let filter = filter.clone();
        let page = house.read(&admin, move |tx, ctx| access::list(tx, ctx, &filter, before, 4)).await.unwrap();
        seen.extend(page.entries);
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 6);
    assert_eq!(seen[0].object.as_deref(), Some("milestone:kr-2021/2.1/3"));
    assert_eq!(
        seen.iter().skip(1).map(|entry| entry.why.as_str()).collect::<Vec<_>>(),
        ["민원 4", "민원 3", "민원 2", "민원 1", "민원 0"]
    );
    assert!(seen.iter().all(|entry| entry.actor == Some(me)));

    let filters = [
        (Filter { what: Some("update.author".to_owned()), ..Filter::default() }, 1),
        (Filter { from: Some(seen[1].at), ..Filter::default() }, 2),
        (Filter { until: Some(seen[1].at), ..Filter::default() }, 4),
        (Filter { subject: Some(me), ..Filter::default() }, 0),
    ];
    for (filter, expected) in filters {
        let page = house.read(&admin, move |tx, ctx| access::list(tx, ctx, &filter, None, 50)).await.unwrap();
        assert_eq!((page.entries.len(), page.next), (expected, None));
    }

    let mine = house.read(&kim, |tx, ctx| access::of_me(tx, ctx, None, 50)).await.unwrap();
    assert_eq!(mine.entries.len(), 6, "the person sees who looked");
    let all = Filter::default();
    assert_eq!(code(house.read(&kim, move |tx, ctx| access::list(tx, ctx, &all, None, 9)).await), "permission.denied");
    assert_eq!(
        code(house.read(&house.nobody(), |tx, ctx| access::of_me(tx, ctx, None, 9)).await),
        "permission.sign-in"
    );
});

in_each_house!(a_look_needs_a_reason_and_ones_own_needs_none_written, house, {
    let (admin, _) = house.administrator().await;
    let (me, before) = (admin.account().unwrap(), house.number("SELECT COUNT(*) FROM access_log"));
    assert_eq!(code(house.write(&admin, move |tx, ctx| account::view(tx, ctx, me, "")).await), "identity.reason");
    house.write(&admin, move |tx, ctx| account::view(tx, ctx, me, "내 것")).await.unwrap();
    assert_eq!(house.number("SELECT COUNT(*) FROM access_log"), before);
    let recorded = house.write(&admin, |tx, ctx| access::record(tx, ctx, None, "account.list", None, "\n")).await;
    assert_eq!(code(recorded), "identity.reason");
});

//! Subscribing, confirming and leaving.

use madang_base::{Kind, Locale};
use serde_json::json;

use super::{House, account, job, now, person, system};
use crate::mailing::CONFIRM;
use crate::service::subscribe::{self, Purpose};

#[tokio::test]
async fn an_address_is_confirmed_by_its_owner_and_leaves_at_one_click() {
    for house in House::all(&[]).await {
        let id = house.newsletter("news").await.id;
        let nobody = system().with_actor(madang_kernel::Actor::Anonymous);
        for wrong in ["", "a", "a@", "@b.kr", "a b@c.kr", "a@b", "a@b.kr\nBcc: c@d.kr", "<a@b.kr>", "a@b.kr,c@d.kr"] {
            let done =
                house.write(&nobody, move |tx, ctx| subscribe::subscribe_by_mail(tx, ctx, id, wrong, Locale::Ko));
            assert_eq!(done.await.unwrap_err().code(), "newsletter.mail-address", "{wrong:?}");
        }
        for address in ["Reader@Example.kr", " reader@example.kr "] {
            let done =
                house.write(&nobody, move |tx, ctx| subscribe::subscribe_by_mail(tx, ctx, id, address, Locale::En));
            done.await.unwrap();
        }
        assert_eq!(house.jobs().await, 2, "who lost the mail gets another");
        let mails = house.mails();
        assert_eq!(mails.len(), 2);
        assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), ("reader@example.kr", "confirm Madang news"));
        let token = mails[0].2.clone();
        assert_eq!(count(&house, id).await, 0, "not before it is confirmed");
        for wrong in ["", "confirm", "confirm.x.y", &token.replace("confirm", "leave"), &format!("{token}0")] {
            let wrong = wrong.to_owned();
            let done = house.write(&nobody, move |tx, ctx| subscribe::confirm(tx, ctx, &wrong)).await;
            assert_eq!(done.unwrap_err().code(), "newsletter.token");
        }
        let told = token.clone();
        let peeked = house.write(&nobody, move |tx, ctx| subscribe::peek(tx, ctx, &told, Purpose::Confirm)).await;
        let of = peeked.unwrap().unwrap().0;
        assert_eq!(of.confirmed_at, None, "looking changes nothing");
        for _ in 0..2 {
            let told = token.clone();
            house.write(&nobody, move |tx, ctx| subscribe::confirm(tx, ctx, &told)).await.unwrap();
        }
        assert_eq!(count(&house, id).await, 1);
        // Asking again says the same and writes nothing.
        house
            .write(&nobody, move |tx, ctx| subscribe::subscribe_by_mail(tx, ctx, id, "reader@example.kr", Locale::Ko))
            .await
            .unwrap();
        assert_eq!(house.jobs().await, 0);
        let leave = subscribe::token(&nobody, of.id, Purpose::Leave);
        for _ in 0..2 {
            let told = leave.clone();
            house.write(&nobody, move |tx, ctx| subscribe::leave(tx, ctx, &told)).await.unwrap();
        }
        assert_eq!(count(&house, id).await, 0);
        let told = leave.clone();
        let gone = house.write(&nobody, move |tx, ctx| subscribe::peek(tx, ctx, &told, Purpose::Leave)).await.unwrap();
        assert_eq!(gone, None);
        let told = token.clone();
        let late = house.write(&nobody, move |tx, ctx| subscribe::confirm(tx, ctx, &told)).await.unwrap_err();
        assert_eq!(late.kind(), Kind::NotFound, "who has left is not brought back by an old link");
        // A job that comes late finds nobody.
        house.post().confirm_again(&json!({ "subscription": of.id.to_string() })).await;
        assert_eq!(house.mails().len(), 2);
    }
}

#[tokio::test]
async fn a_confirmation_that_comes_too_late_is_none_and_is_swept() {
    for house in House::all(&[]).await {
        let id = house.newsletter("news").await.id;
        let ctx = system();
        house
            .write(&ctx, move |tx, ctx| subscribe::subscribe_by_mail(tx, ctx, id, "a@example.kr", Locale::Ko))
            .await
            .unwrap();
        house.jobs().await;
        let token = house.mails()[0].2.clone();
        let mut later = system();
        later.now = now().plus_days(8);
        let told = token.clone();
        let late = house.write(&later, move |tx, ctx| subscribe::confirm(tx, ctx, &told)).await.unwrap_err();
        assert_eq!((late.kind(), late.code()), (Kind::Gone, "newsletter.expired"));
        house.clock.advance_seconds(8 * 86_400);
        house.post().compose_again().await;
        let late = house.write(&later, move |tx, ctx| subscribe::confirm(tx, ctx, &token)).await.unwrap_err();
        assert_eq!(late.code(), "newsletter.token");
    }
}

#[tokio::test]
async fn an_account_subscribes_at_once_takes_its_data_along_and_is_forgotten() {
    for house in House::all(&[]).await {
        let news = house.newsletter("news").await;
        let id = news.id;
        let kim = person("kim", None);
        let nobody = system().with_actor(madang_kernel::Actor::Anonymous);
        let refused = house.write(&nobody, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::Unauthenticated);
        for _ in 0..2 {
            house.write(&kim, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap();
        }
        assert_eq!(count(&house, id).await, 1);
        assert!(house.write(&kim, move |tx, ctx| subscribe::find(tx, ctx, id)).await.unwrap().is_some());
        let own = house.db.read(|tx| subscribe::export_own(tx, account("kim"))).await.unwrap();
        assert_eq!((own[0]["newsletter"].as_str(), own[0]["language"].as_str()), (Some("news"), Some("ko")));
        for _ in 0..2 {
            house.write(&kim, move |tx, ctx| subscribe::unsubscribe(tx, ctx, id)).await.unwrap();
        }
        assert_eq!(count(&house, id).await, 0);
        house.write(&kim, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap();
        assert_eq!(house.db.write(|tx| subscribe::forget(tx, account("kim"))).await.unwrap(), 1);
        let own = house.db.read(|tx| subscribe::export_own(tx, account("kim"))).await.unwrap();
        assert_eq!(own, json!([]));
        // Nobody subscribes what has ended.
        house.write(&house.officer(), move |tx, ctx| crate::service::settings::retire(tx, ctx, id)).await.unwrap();
        let ended = house.write(&kim, move |tx, ctx| subscribe::subscribe(tx, ctx, id)).await.unwrap_err();
        assert_eq!(ended.code(), "newsletter.retired");
    }
}

async fn count(house: &House, id: crate::model::NewsletterId) -> i64 {
    house.db.read(move |tx| crate::store::subscription::count(tx, id)).await.unwrap()
}

impl crate::mailing::Post {
    async fn confirm_again(&self, payload: &serde_json::Value) {
        madang_kernel::job::Handler::run(self, &job(CONFIRM, &payload.to_string())).await.unwrap();
    }

    async fn compose_again(&self) {
        madang_kernel::job::Handler::run(self, &job(crate::mailing::COMPOSE, "{}")).await.unwrap();
    }
}

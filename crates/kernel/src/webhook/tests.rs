//! Webhooks: who may make them, what is told, what is tried again. Part of the kernel's story.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use madang_base::{Clock as _, Error, FixedClock, Result};
use madang_db::Db;
use sha2::Sha256;

use super::{Call, Caller, DELIVER, Deliver, DeliveryState, WebhookState, any_behind, fan_out};
use crate::actor::{Actor, Role};
use crate::job::Worker;
use crate::ledger::Event;
use crate::object::{ObjectKind, Ref};
use crate::tests::{NOW, act, ctx, kind, person, rng};
use crate::{BoxFuture, ledger, sequencer, webhook};

/// Answers with the statuses it is given, one after another, then 200.
#[derive(Default)]
struct Receiver {
    statuses: Mutex<Vec<u16>>,
    calls: Mutex<Vec<Call>>,
}

impl Caller for Receiver {
    fn check(&self, url: &str) -> Result<()> {
        if url.starts_with("https://") { Ok(()) } else { Err(Error::invalid("webhook.url")) }
    }

    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<u16>> {
        self.calls.lock().unwrap().push(call.clone());
        let status = self.statuses.lock().unwrap().pop().unwrap_or(200);
        Box::pin(async move { if status == 0 { Err(Error::unavailable("webhook.unreachable")) } else { Ok(status) } })
    }
}

fn header<'a>(call: &'a Call, name: &str) -> &'a str {
    &call.headers.iter().find(|(n, _)| *n == name).unwrap().1
}

/// The receiver's side of Standard Webhooks: the secret as its owner has it, without our code.
fn signed(secret: &str, call: &Call) -> bool {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let text = format!("{}.{}.{}", header(call, "webhook-id"), header(call, "webhook-timestamp"), call.body);
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(text.as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())) == header(call, "webhook-signature")
}

async fn happen(db: &Db, name: &'static str, id: &'static str) {
    let event = Event::public(kind(name, &[]), Ref::new(ObjectKind::Case, id));
    act(db, &ctx(), move |tx, ctx| ledger::append(tx, ctx, event.clone())).await.unwrap();
    let none: Arc<[Arc<dyn sequencer::Fold>]> = Arc::new([]);
    while sequencer::drain_once(db, &none).await.unwrap() > 0 {}
}

async fn fan(db: &Db) -> usize {
    let mut made = 0;
    while db.read(any_behind).await.unwrap() {
        made += act(db, &ctx(), fan_out).await.unwrap();
    }
    made
}

pub(crate) async fn story(db: &Db) {
    let receiver = Arc::new(Receiver::default());
    let clock = Arc::new(FixedClock::at(NOW));
    let member = ctx().with_actor(Actor::Person(person(Role::Member, None)));
    let stranger = ctx();

    let check = Arc::clone(&receiver);
    let refused = act(db, &member, move |tx, ctx| webhook::create(tx, ctx, "http://here", &[], &*check)).await;
    assert_eq!(refused.unwrap_err().code(), "webhook.url");
    let check = Arc::clone(&receiver);
    let refused =
        act(db, &member, move |tx, ctx| webhook::create(tx, ctx, "https://a.example", &["Ä".into()], &*check)).await;
    assert_eq!(refused.unwrap_err().code(), "webhook.kinds");

    happen(db, "case.before", "w-0").await;
    let check = Arc::clone(&receiver);
    let kinds = vec!["case.filed".to_owned(), "support".to_owned()];
    let hook = act(db, &member, move |tx, ctx| webhook::create(tx, ctx, " https://a.example/x ", &kinds, &*check))
        .await
        .unwrap();
    assert_eq!(
        (hook.url.as_str(), hook.wants("support.given"), hook.wants("supports")),
        ("https://a.example/x", true, false)
    );
    for (kind, id) in [("case.filed", "w-1"), ("case.moved", "w-1"), ("support.given", "w-1")] {
        happen(db, kind, id).await;
    }
    assert_eq!(fan(db).await, 2, "what it asked for, and nothing from before");
    assert_eq!(fan(db).await, 0);

    // The first call is refused once, then both are taken.
    receiver.statuses.lock().unwrap().extend([500]);
    let keys = Arc::clone(&member.keys);
    let caller: Arc<dyn Caller> = Arc::clone(&receiver) as _;
    let deliver = Deliver { db: db.clone(), clock: clock.clone(), keys: Arc::clone(&keys), caller };
    let worker = Worker::new(db.clone(), clock.clone(), rng("hooks")).on(DELIVER, deliver);
    worker.run_due().await.unwrap();
    let log = act(db, &member, move |tx, ctx| webhook::deliveries(tx, ctx, hook.id, None, 10)).await.unwrap();
    let states: Vec<_> = log.iter().map(|d| (d.state, d.status)).collect();
    assert!(states.contains(&(DeliveryState::Waiting, Some(500))), "{states:?}");
    assert!(states.contains(&(DeliveryState::Delivered, Some(200))), "{states:?}");
    clock.advance_seconds(3600);
    worker.run_due().await.unwrap();
    let log = act(db, &member, move |tx, ctx| webhook::deliveries(tx, ctx, hook.id, None, 10)).await.unwrap();
    assert!(log.iter().all(|d| d.state == DeliveryState::Delivered), "{log:?}");
    let calls = std::mem::take(&mut *receiver.calls.lock().unwrap());
    assert_eq!(calls.len(), 3);
    assert!(calls.iter().all(|call| signed(&webhook::secret(&keys, hook.id), call)));
    assert!(calls[0].body.contains(r#""object":"case:w-1""#), "{}", calls[0].body);

    // A receiver that is gone is not called again.
    receiver.statuses.lock().unwrap().extend([410]);
    happen(db, "case.filed", "w-2").await;
    assert_eq!(fan(db).await, 1);
    worker.run_due().await.unwrap();
    let found = act(db, &member, move |tx, ctx| webhook::get(tx, ctx, hook.id)).await.unwrap();
    assert_eq!(found.state, WebhookState::Paused);
    happen(db, "case.filed", "w-3").await;
    assert_eq!(fan(db).await, 0);

    // Its owner starts it again and has a call made once more; nobody else can.
    act(db, &member, move |tx, ctx| webhook::set_state(tx, ctx, hook.id, WebhookState::Active)).await.unwrap();
    let first = act(db, &member, move |tx, ctx| webhook::deliveries(tx, ctx, hook.id, None, 1)).await.unwrap()[0].id;
    act(db, &member, move |tx, ctx| webhook::again(tx, ctx, hook.id, first)).await.unwrap();
    worker.run_due().await.unwrap();
    let log = act(db, &member, move |tx, ctx| webhook::deliveries(tx, ctx, hook.id, None, 10)).await.unwrap();
    assert!(log.iter().all(|d| d.state == DeliveryState::Delivered), "{log:?}");
    let foreign = stranger.with_actor(Actor::Anonymous);
    let hidden = act(db, &foreign, move |tx, ctx| webhook::get(tx, ctx, hook.id)).await.unwrap_err();
    assert_eq!(hidden.code(), "webhook.unknown");

    assert_eq!(act(db, &member, webhook::list).await.unwrap().len(), 1);
    clock.advance_seconds(60 * 86_400);
    let later = clock.now();
    assert!(act(db, &member, move |tx, _| webhook::purge(tx, later)).await.unwrap() > 0);
    act(db, &member, move |tx, ctx| webhook::delete(tx, ctx, hook.id)).await.unwrap();
    assert!(act(db, &member, webhook::list).await.unwrap().is_empty());
}

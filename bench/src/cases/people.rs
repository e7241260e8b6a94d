//! A site's database before the load: persons with keys, and open petitions.

use std::path::Path;
use std::sync::Arc;

use madang_adapters::{OsRng, SystemClock, keys};
use madang_base::{Clock as _, Id, Rng, SharedRng, Time};
use madang_db::{Db, Options, Tx, params};
use madang_identity::api_key;
use madang_kernel::{AccountId, Actor, Assurance, Ctx, Keys, Person, PersonKeys, Scope, digest};

use crate::Failure;

/// The state of a petition in which it is signed.
const OPEN: &str = "opinions";

/// What the load is made with.
pub struct People {
    /// The secrets of the persons' keys.
    pub secrets: Vec<String>,
    /// Numbers of open petitions.
    pub petitions: Vec<String>,
}

/// Puts persons and petitions into the database of a site that has been started once.
pub async fn put(data: &Path, url: &str, persons: usize, petitions: usize) -> Result<People, Failure> {
    let keys = Arc::new(keys::load(&data.join(keys::FILE))?.ok_or("the site has no keys")?);
    let db = Db::open(url, Options { pool: 2, ..Options::default() }).await?;
    let now = SystemClock.now();
    let mut secrets = Vec::with_capacity(persons);
    let mut left = persons;
    while left > 0 {
        let many = left.min(1000);
        let keys = Arc::clone(&keys);
        let made = db.write(move |tx| {
            (0..many).map(|_| person(tx, &keys, now, "support:create")).collect::<madang_base::Result<Vec<_>>>()
        });
        secrets.extend(made.await?);
        left -= many;
    }
    let numbers = db.write(move |tx| (0..petitions).map(|_| petition(tx, now)).collect()).await?;
    db.close().await?;
    Ok(People { secrets, petitions: numbers })
}

/// Somebody who is proved, with a key of this scope; its secret.
pub(crate) fn person(tx: &mut Tx, keys: &Arc<Keys>, now: Time, scope: &str) -> madang_base::Result<String> {
    let rng: SharedRng = Arc::new(OsRng);
    let account: AccountId = Id::new(now, &*rng);
    let key = digest::hmac_hex(&keys.person, &[b"person", b"bench", account.to_string().as_bytes()]);
    tx.exec(
        "INSERT INTO account (id, status, name, email, locale, created_at) VALUES ($1, 'active', '{}', NULL, 'ko', $2)",
        params![account, now],
    )?;
    tx.exec(
        "INSERT INTO person_key (key, person, assurance, account, created_at) VALUES ($1, $1, 'verified', $2, $3)",
        params![&key, account, now],
    )?;
    let person = Person {
        account,
        assurance: Assurance::Verified,
        grants: Vec::new(),
        second_factor: false,
        scopes: None,
        keys: PersonKeys { first: Some(key.clone()), verified: Some(key) },
    };
    let ctx = Ctx::system(now, rng, Arc::clone(keys)).with_actor(Actor::Person(person));
    let scopes: Vec<Scope> = vec![scope.parse()?];
    let made = api_key::create(tx, &ctx, "bench", &scopes, now.plus_days(1))?;
    // Used today already: the first use of a day is one more small write.
    api_key::used(tx, &made.key, now)?;
    Ok(made.secret)
}

fn petition(tx: &mut Tx, now: Time) -> madang_base::Result<String> {
    let rng = OsRng;
    let id: Id<()> = Id::new(now, &rng);
    let number = madang_form::number::number("PT-{year}-{code}", now.kst_date().year(), &rng as &dyn Rng);
    tx.exec(
        "INSERT INTO case_file (id, number, service, version, state, phase, title, author_name, locale, assurance, channel,
           publication, published_at, wants_public, delivery, answers, reviewed, filed_at, updated_at, revision)
         SELECT $1, $2, id, digest, $3, 'open', '어린이 보호구역에 횡단보도 신호등을 달아 주세요', '', 'ko', 'verified', 'web',
           'published', $4, 1, 'delivered', '{}', '[]', $4, $4, 1
         FROM service WHERE id = 'petition'",
        params![id, &number, OPEN, now],
    )?;
    Ok(number)
}

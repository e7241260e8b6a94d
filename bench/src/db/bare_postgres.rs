//! The same statements with the `postgres` client alone: 16 threads, a connection each, the same isolation.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use postgres::error::SqlState;
use postgres::{Client, IsolationLevel, NoTls, Statement};

use super::acts::{Act, BODY, ENTRY, INBOX, NOW, SESSION, SIGNATURE, TIME, per_second};
use crate::Failure;

pub const CONNECTIONS: usize = 16;

struct Statements {
    session: Statement,
    signature: Statement,
    entry: Statement,
    inbox: Statement,
}

fn act(client: &mut Client, statements: &Statements, act: &Act) -> Result<(), postgres::Error> {
    loop {
        let mut work = || {
            let mut tx = client.build_transaction().isolation_level(IsolationLevel::Serializable).start()?;
            let row = tx.query_one(&statements.session, &[&act.token, &NOW])?;
            let account: String = row.get(0);
            let first = tx.execute(&statements.signature, &[&act.petition, &act.person, &NOW])?;
            debug_assert_eq!(first, 1);
            tx.execute(&statements.entry, &[&act.id, &act.petition, &account, &NOW])?;
            tx.execute(&statements.inbox, &[&NOW, &"petition.signed", &BODY])?;
            tx.commit()
        };
        match work() {
            Err(error) if error.code() == Some(&SqlState::T_R_SERIALIZATION_FAILURE) => {}
            outcome => return outcome,
        }
    }
}

pub fn writes(url: &str) -> Result<f64, Failure> {
    let next = AtomicU64::new(0);
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("SET enable_seqscan = off; SET jit = off")?;
        let statements = Statements {
            session: client.prepare(SESSION)?,
            signature: client.prepare(SIGNATURE)?,
            entry: client.prepare(ENTRY)?,
            inbox: client.prepare(INBOX)?,
        };
        clients.push((client, statements));
    }
    let begun = Instant::now();
    let count = std::thread::scope(|scope| {
        let threads: Vec<_> = clients
            .into_iter()
            .map(|(mut client, statements)| {
                let next = &next;
                scope.spawn(move || {
                    let mut count = 0;
                    while begun.elapsed() < TIME {
                        act(&mut client, &statements, &Act::new(next.fetch_add(1, Ordering::Relaxed)))
                            .map_err(|e| e.to_string())?;
                        count += 1;
                    }
                    Ok(count)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| "panicked".to_owned())?).sum::<Result<u64, String>>()
    })?;
    Ok(per_second(count, begun.elapsed()))
}

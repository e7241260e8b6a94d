//! A thread that reads from SQLite, on a connection that cannot write.
//!
//! Closures that wait together share one snapshot: it is taken after the last of them was asked for, so each sees
//! everything that was committed before its caller asked. Sharing saves the locks of a transaction each.

use std::collections::VecDeque;
use std::time::Instant;

use crate::Tx;
use crate::call::log_if_slow;
use crate::dialect::Mode;
use crate::queue::{Boxed, CloseOnDrop, Queue};
use crate::status::{Counters, add};

/// Small, so that a slow closure holds up few others while another thread is free.
const GROUP: usize = 16;

/// Serves `queue`, which `threads` threads share, until it is closed.
pub(crate) fn serve(mut tx: Tx, queue: &Queue, threads: usize, counters: &Counters) {
    let _guard = CloseOnDrop(queue);
    let mut group = VecDeque::with_capacity(GROUP);
    while queue.wait(&mut group, GROUP, threads) {
        add(&counters.reads, group.len());
        read_group(&mut tx, &mut group);
    }
}

fn read_group(tx: &mut Tx, group: &mut VecDeque<Boxed>) {
    let mut now = Instant::now();
    while let Some(mut job) = group.pop_front() {
        if job.abandoned() {
            continue;
        }
        if tx.sqlite().is_some_and(|s| !s.stands())
            && let Err(error) = tx.begin(Mode::Read)
        {
            job.answer(Some(error));
            continue;
        }
        job.run(tx);
        if tx.failed().is_some() {
            // The engine refused something: start from a clean transaction.
            tx.rollback();
        }
        let after = Instant::now();
        log_if_slow(&*job, after.duration_since(now));
        now = after;
        job.answer(None);
    }
    tx.rollback();
}

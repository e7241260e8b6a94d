//! A case became a commitment: both show it, and everybody who followed the case follows the commitment.
//!
//! Who follows is told of the link by the case's own notice, and from then on of what becomes of the commitment. Nobody's
//! follow of the commitment that was there before is changed.

use std::sync::Arc;

use madang_base::{Result, SharedClock, SharedRng};
use madang_cases::Cases;
use madang_cases::model::CaseId;
use madang_cases::service::follow::{self as case_follow, Follow, Subscriber};
use madang_cases::service::link;
use madang_db::{Db, Tx};
use madang_kernel::job::{Handler, Job};
use madang_kernel::links::LinkType;
use madang_kernel::{Actor, Assurance, BoxFuture, Ctx, Keys, ObjectKind, Person, PersonKeys, Ref};
use madang_plans::model::Rhythm;
use madang_plans::service::follow;

/// Followers of one transaction.
const CHUNK: u32 = 100;

/// An officer says that a public case became a commitment. False when that was known.
///
/// # Errors
/// Those of [`link::link`].
pub fn became(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, commitment: &str) -> Result<bool> {
    let target = Ref::new(ObjectKind::Commitment, commitment);
    link::link(tx, ctx, cases, number, LinkType::Became, &target)
}

/// The handler of [`link::BECAME`], which every such link enqueues, also that of a step. It may run twice: who follows the
/// commitment already is left alone.
#[derive(Clone)]
pub struct Became {
    pub db: Db,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub keys: Arc<Keys>,
}

impl std::fmt::Debug for Became {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Became").finish_non_exhaustive()
    }
}

impl Handler for Became {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let case: CaseId = job.text("case")?.parse()?;
            let commitment = Ref::new(ObjectKind::Commitment, job.text("commitment")?);
            let mut after = String::new();
            loop {
                let ctx = Ctx::system(self.clock.now(), self.rng.clone(), self.keys.clone());
                let (from, target) = (after.clone(), commitment.clone());
                match self.db.write(move |tx| carry(tx, &ctx, case, &target, &from)).await? {
                    Some(last) => after = last,
                    None => return Ok(()),
                }
            }
        })
    }
}

/// Lets the next followers follow the commitment; gives the last one, or none at the end.
fn carry(tx: &mut Tx, ctx: &Ctx, case: CaseId, commitment: &Ref, after: &str) -> Result<Option<String>> {
    let follows = case_follow::followers(tx, ctx, case, after, CHUNK)?;
    for one in &follows {
        follow_too(tx, ctx, one, commitment)?;
    }
    let more = follows.len() == CHUNK as usize;
    Ok(follows.last().filter(|_| more).map(|last| last.subscriber.to_string()))
}

fn follow_too(tx: &mut Tx, ctx: &Ctx, one: &Follow, commitment: &Ref) -> Result<()> {
    let rhythm = match one.rhythm {
        case_follow::Rhythm::AtOnce => Rhythm::AtOnce,
        case_follow::Rhythm::Weekly => Rhythm::Weekly,
    };
    match &one.subscriber {
        Subscriber::Account(account) => {
            // As the follower, with no more than every member may do.
            let own = Ctx { locale: one.locale, ..ctx.clone() }.with_actor(Actor::Person(Person {
                account: *account,
                assurance: Assurance::Pseudonymous,
                grants: Vec::new(),
                second_factor: false,
                scopes: None,
                keys: PersonKeys::default(),
            }));
            if follow::find(tx, &own, commitment)?.is_none() {
                follow::follow(tx, &own, commitment, rhythm)?;
            }
            Ok(())
        }
        // An address is asked whether it wants to hear of something new.
        Subscriber::Mail(address) => follow::follow_by_mail(tx, ctx, commitment, address, rhythm, one.locale),
    }
}

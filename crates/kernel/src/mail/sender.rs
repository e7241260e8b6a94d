//! The job that hands a message to the port.

use std::fmt;
use std::sync::Arc;

use madang_base::{Kind, Result, SharedClock};
use madang_db::Db;

use super::{Delivery, MailId, MailState, Mailer, store};
use crate::BoxFuture;
use crate::job::{Handler, Job};

/// Handler of [`SEND`](super::SEND). Running it twice sends once, unless the program died at the wrong moment.
#[derive(Clone)]
pub struct SendMail {
    db: Db,
    clock: SharedClock,
    mailer: Arc<dyn Mailer>,
}

impl SendMail {
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, mailer: Arc<dyn Mailer>) -> Self {
        Self { db, clock, mailer }
    }

    async fn send(&self, job: &Job) -> Result<()> {
        let id: MailId = job.text("mail")?.parse()?;
        // Sent or kept already, or deleted with its account: nothing to do.
        let Some(mail) = self.db.read(move |tx| store::to_send(tx, id)).await? else { return Ok(()) };
        let (state, error) = match self.mailer.send(&mail).await {
            Ok(Delivery::Sent) => (MailState::Sent, None),
            Ok(Delivery::Kept) => (MailState::Kept, None),
            Err(error) if job.last_attempt() || error.kind() == Kind::Invalid => (MailState::Failed, Some(error)),
            Err(error) => (MailState::Queued, Some(error)),
        };
        let (now, text) = (self.clock.now(), error.as_ref().map(ToString::to_string));
        self.db.write(move |tx| store::end(tx, id, state, text.as_deref(), now)).await?;
        error.map_or(Ok(()), Err)
    }
}

impl Handler for SendMail {
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.send(job))
    }
}

impl fmt::Debug for SendMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendMail").finish_non_exhaustive()
    }
}

//! Waiting: until something was committed, until some time has passed, until the program stops.

use std::time::Duration;

use tokio::sync::watch;

/// Told to every loop that runs in the background. Set once, never unset; a dropped [`Stopper`] counts as set.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// The other end of [`Stop`].
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// A switch and what listens to it.
#[must_use]
pub fn stop() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Another listener.
    #[must_use]
    pub fn listener(&self) -> Stop {
        Stop(self.0.subscribe())
    }
}

impl Stop {
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Returns when it is set.
    pub async fn set(&mut self) {
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

/// Returns after `time`, or at once when the program stops.
pub(crate) async fn pause(time: Duration, stop: &mut Stop) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = stop.set() => {}
    }
}

/// Returns when something was committed that has not been seen yet, at the latest after `longest`.
pub(crate) async fn wait(commits: &mut watch::Receiver<u64>, longest: Duration, stop: &mut Stop) {
    let changed = tokio::select! {
        changed = commits.changed() => changed.is_ok(),
        () = pause(longest, stop) => true,
    };
    // The database is closed: nothing will ever be committed again.
    if !changed {
        pause(longest, stop).await;
    }
}

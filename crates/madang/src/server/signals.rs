//! The word to stop: once on the first SIGTERM or SIGINT, at once on the second.

use madang_kernel::wake::Stopper;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exit::{Exit, Failure, Outcome};

/// Listens for signals from now on: the first sets `stop`, the second ends the process.
pub(crate) fn on_signals(stop: Stopper) -> Outcome {
    let listen =
        |kind| signal(kind).map_err(|error| Failure::new(Exit::Failed, "cannot listen for signals").why(error));
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    tokio::spawn(async move {
        let name = either(&mut terminate, &mut interrupt).await;
        tracing::info!(signal = name, "stopping: running requests may end; a second signal stops at once");
        stop.set();
        let name = either(&mut terminate, &mut interrupt).await;
        tracing::warn!(signal = name, "stopped at once");
        std::process::exit(if name == "SIGINT" { 130 } else { 143 });
    });
    Ok(())
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) -> &'static str {
    tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    }
}

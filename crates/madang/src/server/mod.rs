//! Taking requests: the listener, the layers around the router, the end of it all.

mod accept;
mod layers;
mod signals;

pub(crate) use accept::{Listener, bind};
pub(crate) use layers::{Outside, wrap};
pub(crate) use signals::on_signals;

//! What the parts of a definition say about each other.

use crate::model::Definition;
use crate::read::sink::Sink;

pub fn check(_definition: &Definition, _sink: &mut Sink<'_>) {}

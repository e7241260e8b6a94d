//! SQL of supports: who supports, counts and thresholds, batches, bursts.

mod batch;
mod burst;
mod count;
mod support;

pub(super) use batch::*;
pub(super) use burst::*;
pub(super) use count::*;
pub(super) use support::*;

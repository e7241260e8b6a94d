//! Exports of the public log in folders: written from this site or fetched from another, and read again to be verified.

pub(crate) mod disk;
mod lines;
mod mirror;
mod remote;
mod spill;

pub(crate) use disk::Disk;
pub(crate) use mirror::{Mirrored, mirror};
pub(crate) use remote::Remote;
pub(crate) use spill::spill;

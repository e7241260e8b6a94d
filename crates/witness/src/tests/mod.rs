//! A log that may lie, a network that may fail, a disk that may stop: what a witness makes of them.

mod audits;
mod disk;
mod following;
mod own_state;
mod protocol;
mod settings;
mod world;

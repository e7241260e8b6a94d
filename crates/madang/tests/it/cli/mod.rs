//! The command line: help, configuration, starting and stopping, faults, data in and out.

mod config;
mod data;
mod draw;
mod export;
mod faults;
mod help;
mod lifecycle;
mod opinion;
mod service;
mod storm;
mod tally;

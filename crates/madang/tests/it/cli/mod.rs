//! The command line: help, configuration, starting and stopping, faults, data in and out.

mod config;
mod data;
mod export;
mod faults;
mod help;
mod lifecycle;
mod service;
mod storm;

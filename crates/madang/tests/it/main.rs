//! Tests of the binary from outside: it is started as a child process and spoken to over its command line and HTTP;
//! and of the site without a socket ([`http`]).
#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod cli;
mod http;
mod peers;
mod support;

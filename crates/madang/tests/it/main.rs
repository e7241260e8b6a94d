//! Tests of the binary from outside: it is started as a child process and spoken to over its command line and HTTP.

mod cli;
mod http;
mod support;

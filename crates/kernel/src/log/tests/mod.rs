//! The log, built, killed, restored and read.

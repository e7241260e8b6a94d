//! Made-up conversations for tests and benchmarks, the same on every machine.

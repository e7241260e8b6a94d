//! Tests of the witness.

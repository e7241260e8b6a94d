//! Tests of the pages of a witness.

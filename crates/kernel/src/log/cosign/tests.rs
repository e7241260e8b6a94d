//! Tests of asking witnesses.

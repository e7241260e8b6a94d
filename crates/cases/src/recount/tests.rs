//! Tests of the recount of cases.

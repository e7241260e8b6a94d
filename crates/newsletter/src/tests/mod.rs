//! Stories through the verbs, on both engines.

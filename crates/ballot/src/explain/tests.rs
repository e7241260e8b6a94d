//! Explanations: every message is there, and what is said is true.

//! A witness of transparency logs: follows them, checks that they only grow, cosigns their checkpoints.

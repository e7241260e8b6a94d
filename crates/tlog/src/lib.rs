//! Transparency logs in the C2SP formats: Merkle trees, tiles, checkpoints, proofs, signed notes, witnesses.

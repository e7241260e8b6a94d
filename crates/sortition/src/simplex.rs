//! Solving linear programs with few rows.

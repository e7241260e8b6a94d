//! Drawing committees.

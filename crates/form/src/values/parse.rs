//! Numbers, dates and coordinates as people type them.

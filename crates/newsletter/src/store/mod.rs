//! SQL of the newsletters' tables, and nothing else.

pub(crate) mod issue;
pub(crate) mod newsletter;
pub(crate) mod subscription;

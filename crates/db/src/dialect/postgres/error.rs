//! What PostgreSQL's SQLSTATEs mean to a caller.

use std::error::Error as _;

use madang_base::{Error, Kind};
use tokio_postgres::error::{DbError, Severity, SqlState};

use crate::tx::{Cause, Failure};

pub(crate) fn failure(error: tokio_postgres::Error) -> Failure {
    let Some(db) = error.as_db_error() else {
        if is_lost(&error) {
            return Failure { error: Error::unavailable("db.unreachable").source(error), cause: Cause::Lost };
        }
        // The driver's own text hides its cause.
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        return Failure::statement(Error::internal(format!("{error}: {cause}")));
    };
    let (base, cause) = match db.code() {
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
            (Error::unavailable("db.contention"), Cause::Collision)
        }
        &SqlState::UNIQUE_VIOLATION => (Error::conflict("db.unique"), Cause::Statement),
        &SqlState::FOREIGN_KEY_VIOLATION => (Error::conflict("db.reference"), Cause::Statement),
        &SqlState::READ_ONLY_SQL_TRANSACTION => (Error::new(Kind::Internal, "db.read-only"), Cause::Statement),
        &SqlState::DISK_FULL => (Error::unavailable("db.full"), Cause::Statement),
        &SqlState::TOO_MANY_CONNECTIONS => (Error::unavailable("db.busy"), Cause::Lost),
        _ if ends_connection(db) => (Error::unavailable("db.unreachable"), Cause::Lost),
        _ => (Error::new(Kind::Internal, "internal"), Cause::Statement),
    };
    let text = format!("{} {}: {} {}", db.severity(), db.code().code(), db.message(), db.detail().unwrap_or_default());
    Failure { error: base.source(text), cause }
}

/// The connection broke, as opposed to a parameter that could not be turned into the server's type.
fn is_lost(error: &tokio_postgres::Error) -> bool {
    error.is_closed()
        || error.source().is_some_and(|s| s.is::<std::io::Error>() || s.to_string().contains("unexpected message"))
}

/// FATAL and PANIC: the server ends the connection after them.
pub(crate) fn ends_connection(db: &DbError) -> bool {
    match db.parsed_severity() {
        Some(severity) => matches!(severity, Severity::Fatal | Severity::Panic),
        None => db.code().code().starts_with("57P") || db.code().code().starts_with("08"),
    }
}

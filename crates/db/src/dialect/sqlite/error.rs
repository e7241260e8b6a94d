//! What SQLite's result codes mean to a caller.

use madang_base::{Error, Kind};
use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::tx::{Cause, Failure};

pub(crate) fn failure(error: rusqlite::Error) -> Failure {
    let rusqlite::Error::SqliteFailure(code, _) = &error else {
        return Failure::statement(Error::internal(error));
    };
    let base = match (code.code, code.extended_code) {
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Error::unavailable("db.busy"),
        (ErrorCode::DiskFull, _) => Error::unavailable("db.full"),
        (ErrorCode::ReadOnly, _) => Error::new(Kind::Internal, "db.read-only"),
        (ErrorCode::CannotOpen, _) => Error::unavailable("db.open"),
        (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Error::new(Kind::Internal, "db.damaged"),
        (ErrorCode::SystemIoFailure, _) => Error::unavailable("db.io"),
        (
            ErrorCode::ConstraintViolation,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => Error::conflict("db.unique"),
        (ErrorCode::ConstraintViolation, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Error::conflict("db.reference"),
        _ => Error::new(Kind::Internal, "internal"),
    };
    Failure { error: base.source(error), cause: Cause::Statement }
}

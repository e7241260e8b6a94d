//! How satisfied the author is with the answer.

use madang_base::{Error, Result};
use madang_db::Tx;
use madang_kernel::Ctx;

use crate::Cases;

pub fn rate(tx: &mut Tx, ctx: &Ctx, cases: &Cases, number: &str, stars: i64, text: &str, code: Option<&str>) -> Result<i64> {
    let _ = (tx, ctx, cases, number, stars, text, code);
    Err(Error::internal("not written yet"))
}

//! Following a plan, a commitment or an agency.

use madang_base::Result;
use madang_http::{Route, Visit};
use madang_kernel::Ref;
use madang_plans::service;
use serde_json::{Value, json};

pub fn routes() -> Vec<Route> {
    Vec::new()
}

/// `{frequency}` when the visitor follows the object, else null.
///
/// # Errors
/// Those of the database.
pub async fn following(visit: &Visit, object: &Ref) -> Result<Value> {
    if visit.person().is_none() {
        return Ok(Value::Null);
    }
    let (ctx, object) = (visit.ctx.clone(), object.clone());
    let found = visit.app.db.read(move |tx| service::follow::find(tx, &ctx, &object)).await?;
    Ok(found.map_or(Value::Null, |follow| json!({ "frequency": follow.rhythm.code() })))
}

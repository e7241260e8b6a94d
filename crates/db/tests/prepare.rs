//! Every SQL statement of the workspace is one that both engines take.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod statements;

use std::path::Path;

use madang_db::testing::TestDb;

#[test]
fn every_statement_prepares_on_both_engines() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let found = statements::find(&workspace);
    assert!(found.len() > 100, "only {} statements found: has the search gone blind?", found.len());
    let mut wrong: Vec<String> = found
        .iter()
        .filter(|statement| statement.sql.is_none())
        .map(|s| format!("{}:{}: the SQL is neither a literal nor a constant literal", s.file, s.line))
        .collect();
    for db in TestDb::both() {
        for statement in &found {
            if let Some(sql) = &statement.sql
                && let Err(error) = db.prepare_check(sql)
            {
                wrong.push(format!("{}:{} on {}: {error}\n    {sql}", statement.file, statement.line, db.engine()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

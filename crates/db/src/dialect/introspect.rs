//! Reads a schema back from the engine's catalogue.

use std::collections::BTreeMap;

use madang_base::Result;

use super::Engine;
use crate::schema::{Class, Column, Index, Reference, Schema, Table};
use crate::{Row, Tx, Value};

/// The names of all tables, sorted.
pub(crate) fn tables(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = CAST(current_schema() AS regnamespace) \
             AND c.relkind IN ('r', 'p') ORDER BY CAST(c.relname AS TEXT) COLLATE \"C\""
        }
    };
    tx.dynamic_rows(sql, &[])?.iter().map(|row| row.at(0)).collect()
}

/// Everything that both engines know about their tables.
pub(crate) fn schema(tx: &mut Tx) -> Result<Schema> {
    let mut schema = Schema::default();
    for name in tables(tx)? {
        let table = match tx.engine() {
            Engine::Sqlite => sqlite_table(tx, &name)?,
            Engine::Postgres => postgres_table(tx, &name)?,
        };
        schema.tables.insert(name, table);
    }
    Ok(schema)
}

fn class(name: &str) -> Class {
    match name.to_ascii_lowercase().as_str() {
        "integer" | "int" | "bigint" => Class::Int,
        "real" | "double precision" => Class::Real,
        "text" => Class::Text,
        "blob" | "bytea" => Class::Bytes,
        other => Class::Other(other.to_owned()),
    }
}

fn sqlite_table(tx: &mut Tx, name: &str) -> Result<Table> {
    let mut table = Table::default();
    let at = [Value::from(name)];
    let mut key = BTreeMap::new();
    for row in tx.dynamic_rows("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1) ORDER BY cid", &at)? {
        let column: String = row.at(0)?;
        let place: i64 = row.at(3)?;
        if place > 0 {
            key.insert(place, column.clone());
        }
        // STRICT tables refuse NULL in a primary key without saying so here.
        let not_null = row.at::<bool>(2)? || place > 0;
        table.columns.push(Column { name: column, class: class(&row.at::<String>(1)?), not_null });
    }
    table.primary_key = key.into_values().collect();
    let sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = $1";
    let text: String = tx.dynamic_rows(sql, &at)?.first().map_or_else(|| Ok(String::new()), |row| row.at(0))?;
    table.serial = text.to_ascii_uppercase().contains("AUTOINCREMENT");
    let indexes = "SELECT l.name, l.\"unique\", l.partial, i.name FROM pragma_index_list($1) l, pragma_index_info(l.name) i \
         WHERE l.origin <> 'pk' ORDER BY l.name, i.seqno";
    collect_indexes(&mut table, &tx.dynamic_rows(indexes, &at)?)?;
    let references =
        "SELECT CAST(id AS TEXT), \"table\", \"from\", \"to\" FROM pragma_foreign_key_list($1) ORDER BY id, seq";
    collect_references(&mut table, &tx.dynamic_rows(references, &at)?)?;
    Ok(table)
}

fn postgres_table(tx: &mut Tx, name: &str) -> Result<Table> {
    let mut table = Table::default();
    let at = [Value::from(name)];
    let columns = "SELECT a.attname, format_type(a.atttypid, -1), a.attnotnull, a.attidentity <> '' \
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
         WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname = CAST($1 AS TEXT) \
         AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
    for row in tx.dynamic_rows(columns, &at)? {
        table.serial |= row.at::<bool>(3)?;
        let class = class(&row.at::<String>(1)?);
        table.columns.push(Column { name: row.at(0)?, class, not_null: row.at(2)? });
    }
    let indexes = "SELECT i.relname, x.indisunique, x.indpred IS NOT NULL, a.attname, x.indisprimary \
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid \
         CROSS JOIN LATERAL unnest(CAST(x.indkey AS int2[])) WITH ORDINALITY AS k(number, place) \
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0 \
         WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname = CAST($1 AS TEXT) \
         ORDER BY i.relname, k.place";
    let (primary, other): (Vec<Row>, Vec<Row>) =
        tx.dynamic_rows(indexes, &at)?.into_iter().partition(|row| row.at::<bool>(4).unwrap_or(false));
    table.primary_key = primary.iter().map(|row| row.at(3)).collect::<Result<_>>()?;
    collect_indexes(&mut table, &other)?;
    let references = "SELECT o.conname, r.relname, a.attname, b.attname FROM pg_constraint o \
         JOIN pg_class c ON c.oid = o.conrelid JOIN pg_class r ON r.oid = o.confrelid \
         CROSS JOIN LATERAL unnest(o.conkey, o.confkey) WITH ORDINALITY AS k(here, there, place) \
         JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.here \
         JOIN pg_attribute b ON b.attrelid = o.confrelid AND b.attnum = k.there \
         WHERE o.contype = 'f' AND c.relnamespace = CAST(current_schema() AS regnamespace) \
         AND c.relname = CAST($1 AS TEXT) ORDER BY o.conname, k.place";
    collect_references(&mut table, &tx.dynamic_rows(references, &at)?)?;
    Ok(table)
}

/// Rows: index, unique, partial, column; in the order of the columns within an index.
fn collect_indexes(table: &mut Table, rows: &[Row]) -> Result<()> {
    let mut found: BTreeMap<String, Index> = BTreeMap::new();
    for row in rows {
        let (unique, partial) = (row.at(1)?, row.at(2)?);
        let index = found.entry(row.at(0)?).or_insert(Index { columns: Vec::new(), unique, partial });
        index.columns.push(row.at::<Option<String>>(3)?.unwrap_or_else(|| "()".to_owned()));
    }
    table.indexes.extend(found.into_values());
    Ok(())
}

/// Rows: constraint, table, column, target; in the order of the columns within a constraint.
fn collect_references(table: &mut Table, rows: &[Row]) -> Result<()> {
    let mut found: BTreeMap<String, Reference> = BTreeMap::new();
    for row in rows {
        let to: String = row.at(1)?;
        let entry = found.entry(row.at(0)?);
        let reference = entry.or_insert_with(|| Reference { columns: Vec::new(), table: to, targets: Vec::new() });
        reference.columns.push(row.at(2)?);
        // SQLite leaves the target out when it is the primary key of one column.
        reference.targets.push(row.at::<Option<String>>(3)?.unwrap_or_else(|| "id".to_owned()));
    }
    table.references.extend(found.into_values());
    Ok(())
}

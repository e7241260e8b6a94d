//! A schema as a database tells it, in words that both engines share.

use std::collections::{BTreeMap, BTreeSet};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Int,
    Real,
    Text,
    Bytes,
    /// A type that is in no token; such a column is a mistake.
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub class: Class,
    pub not_null: bool,
}

/// The columns of an index. Expressions are written as `()`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index {
    pub columns: Vec<String>,
    pub unique: bool,
    /// It has a WHERE.
    pub partial: bool,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    pub columns: Vec<String>,
    pub table: String,
    pub targets: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// In their order.
    pub columns: Vec<Column>,
    pub primary_key: Vec<String>,
    /// All but the primary key's.
    pub indexes: BTreeSet<Index>,
    pub references: BTreeSet<Reference>,
    /// The primary key is a number that the engine gives.
    pub serial: bool,
}

/// All tables by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    pub tables: BTreeMap<String, Table>,
}

impl Schema {
    /// The names of the tables such that each comes after those it refers to (itself excepted). Tables that refer to
    /// one another in a circle come last.
    #[must_use]
    pub fn in_order(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::with_capacity(self.tables.len());
        let mut left: BTreeMap<&str, &Table> = self.tables.iter().map(|(name, table)| (name.as_str(), table)).collect();
        while !left.is_empty() {
            let free: Vec<&str> = left
                .iter()
                .filter(|(name, table)| {
                    table.references.iter().all(|r| r.table == **name || !left.contains_key(r.table.as_str()))
                })
                .map(|(name, _)| *name)
                .collect();
            if free.is_empty() {
                out.extend(left.keys());
                break;
            }
            for name in free {
                left.remove(name);
                out.push(name);
            }
        }
        out
    }
}

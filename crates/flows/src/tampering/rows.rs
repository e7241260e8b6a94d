//! Rows: changed, dropped, swapped, repeated.

use super::tables::{Sort, TABLES, Table};
use super::{Alteration, Dice, Hand, Undo};

/// Where a table waits for being put back.
const KEPT: &str = "tampering_kept";

pub(super) fn alter(dice: &mut Dice, hand: &mut dyn Hand) -> Result<Option<Alteration>, String> {
    let all: usize = TABLES.iter().map(|table| table.weight).sum();
    let mut drawn = dice.below(all);
    let table = TABLES.iter().find(|table| {
        let here = drawn < table.weight;
        drawn = drawn.saturating_sub(table.weight);
        here
    });
    let Some(table) = table else { return Ok(None) };
    let Some(one) = row(dice, hand, table)? else { return Ok(None) };
    hand.run(&format!("CREATE TABLE {KEPT} AS SELECT * FROM {}", table.name))?;
    let way = match dice.below(10) {
        0 | 1 if table.name != "log_checkpoint" => drop_row(hand, table, &one)?,
        2 => swap(dice, hand, table, &one)?,
        3 => repeat(hand, table, &one)?,
        _ => change(dice, hand, table, &one)?,
    };
    let same = format!(
        "SELECT COUNT(*) FROM (SELECT * FROM {KEPT} EXCEPT SELECT * FROM {0}) a
         UNION ALL SELECT COUNT(*) FROM (SELECT * FROM {0} EXCEPT SELECT * FROM {KEPT}) b",
        table.name
    );
    let differs = hand.rows(&same)?.iter().any(|row| row.first().is_some_and(|n| n.as_deref() != Some("0")));
    match way.filter(|_| differs) {
        Some((way, more)) => {
            let mut names: Vec<String> = one.object.split('|').map(str::to_owned).collect();
            names.extend(more.iter().flat_map(|name| name.split('|')).map(str::to_owned));
            Ok(Some(Alteration { what: format!("{} {way}", table.name), names, undo: Undo::Rows(table.name) }))
        }
        None => {
            restore(hand, table.name)?;
            Ok(None)
        }
    }
}

pub(super) fn restore(hand: &mut dyn Hand, table: &str) -> Result<(), String> {
    hand.run(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM {KEPT}; DROP TABLE {KEPT};"))
}

/// One row: the condition that finds it, and what it is of.
#[derive(Clone, Debug)]
struct Drawn {
    found: String,
    object: String,
}

fn row(dice: &mut Dice, hand: &mut dyn Hand, table: &Table) -> Result<Option<Drawn>, String> {
    let keys = table.key.iter().map(|key| format!("CAST({key} AS TEXT)")).collect::<Vec<_>>().join(", ");
    let order = table.key.join(", ");
    let count = hand.rows(&format!("SELECT COUNT(*) FROM {} WHERE {}", table.name, table.only))?;
    let count: usize = count.first().and_then(|row| row.first()?.as_deref()?.parse().ok()).unwrap_or(0);
    if count == 0 {
        return Ok(None);
    }
    let at = dice.below(count);
    let sql = format!(
        "SELECT {}, {keys} FROM {} WHERE {} ORDER BY {order} LIMIT 1 OFFSET {at}",
        table.object, table.name, table.only
    );
    let rows = hand.rows(&sql)?;
    let Some([object, values @ ..]) = rows.first().map(Vec::as_slice) else { return Ok(None) };
    let found = table
        .key
        .iter()
        .zip(values)
        .map(|(key, value)| format!("CAST({key} AS TEXT) = {}", literal(value.as_deref().unwrap_or_default())));
    Ok(Some(Drawn { found: found.collect::<Vec<_>>().join(" AND "), object: object.clone().unwrap_or_default() }))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What was done in words, and further names that will do.
type Done = Option<(String, Vec<String>)>;

fn drop_row(hand: &mut dyn Hand, table: &Table, one: &Drawn) -> Result<Done, String> {
    hand.run(&format!("DELETE FROM {} WHERE {}", table.name, one.found))?;
    Ok(Some(("dropped".to_owned(), Vec::new())))
}

/// Two rows change places: each keeps its key and has everything else of the other.
fn swap(dice: &mut Dice, hand: &mut dyn Hand, table: &Table, one: &Drawn) -> Result<Done, String> {
    let Some(other) = row(dice, hand, table)? else { return Ok(None) };
    let columns: Vec<&str> =
        table.columns.iter().map(|(name, _)| *name).filter(|name| !table.key.contains(name)).collect();
    if columns.is_empty() || other.found == one.found || hand_unique(table) {
        return Ok(None);
    }
    let set = |from: &str| {
        let list = columns.iter().map(|c| format!("{c} = (SELECT k.{c} FROM {KEPT} k WHERE {from})"));
        list.collect::<Vec<_>>().join(", ")
    };
    hand.run(&format!("UPDATE {} SET {} WHERE {}", table.name, set(&other.found), one.found))?;
    hand.run(&format!("UPDATE {} SET {} WHERE {}", table.name, set(&one.found), other.found))?;
    Ok(Some(("swapped".to_owned(), vec![other.object])))
}

/// Tables whose unique columns stand in the way of swapping.
fn hand_unique(table: &Table) -> bool {
    matches!(table.name, "organisation" | "case_file" | "round")
}

/// The row once more, under another key.
fn repeat(hand: &mut dyn Hand, table: &Table, one: &Drawn) -> Result<Done, String> {
    let key = match table.name {
        "change" => "position = (SELECT MAX(position) + 1 FROM change)",
        "case_event" => "no = (SELECT MAX(e.no) + 1 FROM case_event e WHERE e.case_id = tampering_again.case_id)",
        "support" => "nullifier = REPLACE(nullifier, SUBSTR(nullifier, 1, 2), 'zz')",
        "evidence" => "position = position + 100",
        "progress" | "assessment" | "support_batch" | "news" | "indicator_value" => {
            "id = REPLACE(id, SUBSTR(id, 1, 2), 'ff')"
        }
        "milestone_period" | "case_question" => "no = no + 100",
        "commitment_agency" => "position = position + 100",
        _ => return Ok(None),
    };
    hand.run(&format!(
        "CREATE TABLE tampering_again AS SELECT * FROM {0} WHERE {1};
         UPDATE tampering_again SET {key};
         INSERT INTO {0} SELECT * FROM tampering_again;",
        table.name, one.found
    ))?;
    let names = hand.rows(&format!("SELECT {} FROM tampering_again {}", table.object, table.name))?;
    hand.run("DROP TABLE tampering_again")?;
    let names = names.into_iter().flatten().flatten().collect();
    Ok(Some(("repeated".to_owned(), names)))
}

fn change(dice: &mut Dice, hand: &mut dyn Hand, table: &Table, one: &Drawn) -> Result<Done, String> {
    let Some((column, sort)) = dice.pick(table.columns).copied() else { return Ok(None) };
    let sql = format!("SELECT CAST({column} AS TEXT) FROM {} WHERE {}", table.name, one.found);
    let value = hand.rows(&sql)?.into_iter().flatten().next().flatten();
    let set = match sort {
        Sort::Number => format!("COALESCE({column}, 1) + {}", 1 + dice.below(9)),
        Sort::Flag => format!("1 - {column}"),
        Sort::Word => {
            let others = format!("SELECT DISTINCT CAST({column} AS TEXT) FROM {} ORDER BY 1", table.name);
            let others: Vec<_> = hand.rows(&others)?.into_iter().flatten().filter(|other| *other != value).collect();
            match dice.pick(&others) {
                Some(Some(other)) => literal(other),
                // Nothing, where the column may be empty.
                Some(None) => "NULL".to_owned(),
                None => return Ok(None),
            }
        }
        Sort::Text => match value.as_deref().map(|text| altered(dice, text)) {
            Some(Some(text)) => literal(&text),
            Some(None) | None => literal("altered"),
        },
    };
    hand.run(&format!("UPDATE {} SET {column} = {set} WHERE {}", table.name, one.found))?;
    let mut names = vec![];
    if table.name == "change" && column == "object" {
        let now = hand.rows(&format!("SELECT {} FROM {} WHERE {}", table.object, table.name, one.found))?;
        names.extend(now.into_iter().flatten().flatten());
    }
    Ok(Some((format!("changed {column}"), names)))
}

/// One letter or digit is another.
fn altered(dice: &mut Dice, text: &str) -> Option<String> {
    let places: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    let (at, old) = *dice.pick(&places)?;
    let new = match old {
        '0'..='8' => char::from_u32(u32::from(old) + 1)?,
        '9' => '0',
        'a'..='y' | 'A'..='Y' => char::from_u32(u32::from(old) + 1)?,
        'z' => 'a',
        'Z' => 'A',
        '가' => '나',
        _ => '가',
    };
    Some(format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..]))
}

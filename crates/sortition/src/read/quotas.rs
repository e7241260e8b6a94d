//! `quotas.csv` (`--also`): quotas over several features at once, and quotas that have only a minimum.
//!
//! ```text
//! name,when,min,max
//! young women,gender=female & age=18-29|30-39,5,12
//! ,vulnerable=yes,100,
//! ```
//! `when` joins conditions by `&`; a condition names a feature, `=`, and one value or several with `|` between them. A name
//! that contains one of these signs stands in double quotes: `"R&D"="yes"`.

use std::collections::BTreeSet;

use madang_base::Error;

use super::table::Table;
use super::{Problem, folded, index};
use crate::ceremony::words;
use crate::{Condition, Feature, Quota, Range};

/// Reads further quotas: columns `when`, `min`, `max` and, if it is there, `name`. An empty `min` is 0, an empty `max` no
/// limit; a quota without a name is called by its `when`.
///
/// # Errors
/// All problems of the file.
pub fn quotas(bytes: &[u8], features: &[Feature]) -> Result<Vec<Quota>, Vec<Problem>> {
    let table = Table::read(bytes).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut need = |names: &[&str]| table.need(names).map_err(|problem| problems.push(problem)).ok();
    let (when, min, max) = (need(&["when"]), need(&["min"]), need(&["max"]));
    let name = table.column(&["name"]).map_err(|problem| problems.push(problem)).ok().flatten();
    let (Some(when), Some(min), Some(max)) = (when, min, max) else { return Err(problems) };
    let (mut list, mut names) = (Vec::new(), BTreeSet::new());
    for row in &table.rows {
        let text = row.cell(when);
        let conditions = match conditions(text, features) {
            Ok(conditions) => conditions,
            Err(error) => {
                problems.push(row.problem(when, error));
                continue;
            }
        };
        let mut number = |column: usize, word: &str| {
            if row.cell(column).is_empty() {
                return Some(None);
            }
            row.number(column, word).map(Some).map_err(|problem| problems.push(problem)).ok()
        };
        let (Some(low), Some(high)) = (number(min, "min"), number(max, "max")) else { continue };
        let low = low.unwrap_or(0);
        if let Some(high) = high.filter(|high| low > *high) {
            let error = Error::invalid("sortition.min-over-max").arg("min", low).arg("max", high);
            problems.push(row.problem(min, error));
            continue;
        }
        if low == 0 && high.is_none() {
            problems.push(row.problem(min, Error::invalid("sortition.quota-empty")));
            continue;
        }
        let title = name.map(|at| row.cell(at)).filter(|title| !title.is_empty()).unwrap_or(text);
        if !names.insert(folded(title)) {
            problems
                .push(row.problem(name.unwrap_or(when), Error::invalid("sortition.quota-twice").arg("quota", title)));
            continue;
        }
        list.push(Quota { name: title.to_owned(), conditions, range: Range { min: low, max: high } });
    }
    if problems.is_empty() { Ok(list) } else { Err(problems) }
}

/// What a `when` is made of.
#[derive(PartialEq, Eq)]
enum Token {
    Name(String),
    Sign(char),
}

fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let (mut list, mut word, mut chars) = (Vec::new(), String::new(), text.chars());
    let mut quoted = false;
    let end = |word: &mut String, quoted: &mut bool, list: &mut Vec<Token>| {
        let name = words::line(&std::mem::take(word));
        if *quoted || !name.is_empty() {
            list.push(Token::Name(name));
        }
        *quoted = false;
    };
    while let Some(c) = chars.next() {
        match c {
            '"' if words::line(&word).is_empty() && !quoted => {
                quoted = true;
                loop {
                    match chars.next() {
                        Some('"') => break,
                        Some(inner) => word.push(inner),
                        None => return Err(Error::invalid("sortition.when-quotes").arg("when", text)),
                    }
                }
            }
            '=' | '&' | '|' => {
                end(&mut word, &mut quoted, &mut list);
                list.push(Token::Sign(c));
            }
            c => word.push(c),
        }
    }
    end(&mut word, &mut quoted, &mut list);
    Ok(list)
}

fn conditions(text: &str, features: &[Feature]) -> Result<Vec<Condition>, Error> {
    let broken = || Error::invalid("sortition.when").arg("when", text);
    let places = index(features.iter().map(|feature| &feature.name));
    let (tokens, mut list) = (tokens(text)?, Vec::<Condition>::new());
    for part in tokens.split(|token| *token == Token::Sign('&')) {
        let [Token::Name(name), Token::Sign('='), values @ ..] = part else { return Err(broken()) };
        let unknown = || Error::invalid("sortition.when-feature").arg("feature", name);
        let feature = *places.get(&folded(name)).ok_or_else(unknown)?;
        if list.iter().any(|condition| condition.feature == feature) {
            return Err(Error::invalid("sortition.when-twice").arg("feature", name));
        }
        let known = index(features[feature].values.iter().map(|value| &value.name));
        let mut chosen = Vec::new();
        for value in values.split(|token| *token == Token::Sign('|')) {
            let [Token::Name(value)] = value else { return Err(broken()) };
            let unknown = || {
                let names: Vec<&str> = features[feature].values.iter().map(|value| value.name.as_str()).collect();
                Error::invalid("sortition.when-value")
                    .arg("feature", name)
                    .arg("value", value)
                    .arg("known", names.join(", "))
            };
            chosen.push(*known.get(&folded(value)).ok_or_else(unknown)?);
        }
        chosen.sort_unstable();
        chosen.dedup();
        list.push(Condition { feature, values: chosen });
    }
    Ok(list)
}

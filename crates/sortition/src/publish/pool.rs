//! `pool.json`: who could be drawn, by pseudonyms, with the quotas.

use std::collections::BTreeMap;

use madang_base::Error;
use serde::{Deserialize, Serialize};

use super::{POOL, json};
use crate::ceremony::{seed, words};
use crate::{Condition, Feature, Person, Pool, Quota, Range, Task, Types, Value};

/// The label of somebody in what is published: the first 16 digits of SHA-256 over three lines, each with a line feed:
/// `madang-draw/1 label`, the organiser's salt, the person's id. Without the salt nobody can guess ids and compare.
#[must_use]
pub fn label(salt: &str, id: &str) -> String {
    let digest = seed::digest(format!("madang-draw/1 label\n{}\n{}\n", words::line(salt), words::line(id)).as_bytes());
    digest[..16].to_owned()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    features: Vec<FeatureRow>,
    format: String,
    /// For each class of households its homes, each a list of labels. Empty where homes do not matter.
    classes: Vec<Vec<Vec<String>>>,
    one_per_home: bool,
    quotas: Vec<QuotaRow>,
    size: u32,
    types: Vec<TypeRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FeatureRow {
    name: String,
    values: Vec<ValueRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueRow {
    max: Option<u32>,
    min: u32,
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotaRow {
    max: Option<u32>,
    min: u32,
    name: String,
    /// Feature and values by name.
    when: Vec<(String, Vec<String>)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRow {
    /// Index into `classes`; only where homes matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<usize>,
    people: Vec<String>,
    values: Vec<String>,
}

/// The file for a canonical task.
#[must_use]
pub fn write(task: &Task, types: &Types) -> String {
    let feature = |feature: &Feature| FeatureRow {
        name: feature.name.clone(),
        values: feature
            .values
            .iter()
            .map(|value| ValueRow { max: value.range.max, min: value.range.min, name: value.name.clone() })
            .collect(),
    };
    let quota = |quota: &Quota| QuotaRow {
        max: quota.range.max,
        min: quota.range.min,
        name: quota.name.clone(),
        when: quota.conditions.iter().map(|it| named(task, it)).collect(),
    };
    let labels = |people: &[usize]| people.iter().map(|at| task.pool.people[*at].id.clone()).collect::<Vec<_>>();
    let homes = task.one_per_household;
    let document = Document {
        features: task.features.iter().map(feature).collect(),
        format: POOL.to_owned(),
        classes: if homes {
            types.classes.iter().map(|class| class.households.iter().map(|home| labels(home)).collect()).collect()
        } else {
            Vec::new()
        },
        one_per_home: homes,
        quotas: task.quotas.iter().map(quota).collect(),
        size: task.size,
        types: types
            .types
            .iter()
            .map(|it| TypeRow {
                class: homes.then_some(it.class),
                people: labels(&it.people),
                values: it.values.iter().zip(&task.features).map(|(v, f)| f.values[*v].name.clone()).collect(),
            })
            .collect(),
    };
    super::text_of(&document)
}

fn named(task: &Task, condition: &Condition) -> (String, Vec<String>) {
    let feature = &task.features[condition.feature];
    (feature.name.clone(), condition.values.iter().map(|value| feature.values[*value].name.clone()).collect())
}

/// Reads the file. What is read is written again and must give the same bytes, so nothing in it is without meaning.
///
/// # Errors
/// `sortition.published-json`, `sortition.published-format`, `sortition.published-form`, those of [`Task::check`].
pub fn read(text: &str) -> Result<(Task, Types), Error> {
    let document: Document = json::read(text, "pool.json", POOL)?;
    let form = || Error::invalid("sortition.published-form").arg("file", "pool.json");
    let features: Vec<Feature> = document
        .features
        .into_iter()
        .map(|row| {
            let value =
                |row: ValueRow| Value { name: row.name, range: Range { min: row.min, max: row.max }, flex: None };
            Feature { name: row.name, values: row.values.into_iter().map(value).collect() }
        })
        .collect();
    let feature_at = |name: &String| features.iter().position(|feature| feature.name == *name).ok_or_else(form);
    let value_at = |feature: usize, name: &String| {
        features[feature].values.iter().position(|value| value.name == *name).ok_or_else(form)
    };
    let mut quotas = Vec::with_capacity(document.quotas.len());
    for row in document.quotas {
        let mut conditions = Vec::with_capacity(row.when.len());
        for (name, values) in &row.when {
            let feature = feature_at(name)?;
            let values = values.iter().map(|name| value_at(feature, name)).collect::<Result<_, _>>()?;
            conditions.push(Condition { feature, values });
        }
        quotas.push(Quota { name: row.name, conditions, range: Range { min: row.min, max: row.max } });
    }
    let mut homes: BTreeMap<&String, String> = BTreeMap::new();
    for (class, list) in document.classes.iter().enumerate() {
        for (home, labels) in list.iter().enumerate().filter(|(_, labels)| labels.len() > 1) {
            homes.extend(labels.iter().map(|label| (label, format!("{class} {home}"))));
        }
    }
    let mut people = Vec::new();
    for row in document.types {
        if row.values.len() != features.len() {
            return Err(form());
        }
        let values =
            row.values.iter().enumerate().map(|(at, name)| value_at(at, name)).collect::<Result<Vec<_>, _>>()?;
        people.extend(row.people.into_iter().map(|id| {
            let household = homes.get(&id).cloned();
            Person { id, values: values.clone(), household }
        }));
    }
    let pool = Pool { people };
    let task = Task { features, quotas, pool, size: document.size, one_per_household: document.one_per_home };
    task.check()?;
    let task = task.canonical();
    let types = Types::of(&task);
    if write(&task, &types) == text { Ok((task, types)) } else { Err(form()) }
}

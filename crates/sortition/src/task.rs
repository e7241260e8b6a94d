//! What is asked of a draw: features, quotas, the pool, the size. No solving here.

use madang_base::{Error, Result};
use serde::{Deserialize, Serialize};

/// How many seats a group may have: at least `min`, at most `max` (no upper limit if absent).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub min: u32,
    pub max: Option<u32>,
}

impl Range {
    #[must_use]
    pub fn new(min: u32, max: u32) -> Self {
        Self { min, max: Some(max) }
    }

    #[must_use]
    pub fn at_least(min: u32) -> Self {
        Self { min, max: None }
    }

    #[must_use]
    pub fn contains(self, seats: u32) -> bool {
        seats >= self.min && self.max.is_none_or(|max| seats <= max)
    }
}

/// One value of a feature ("30s") and its seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    pub name: String,
    pub range: Range,
    /// How far the seats may be relaxed when no panel exists (`min_flex`, `max_flex` of the common file layout). A proposal
    /// of a relaxation stays inside if it can.
    pub flex: Option<Range>,
}

/// A feature ("age") with its values. Every person has exactly one value of each feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    pub name: String,
    pub values: Vec<Value>,
}

/// "The feature has one of these values": indices into [`Task::features`] and into [`Feature::values`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub feature: usize,
    pub values: Vec<usize>,
}

/// A quota over people who meet all conditions: "women under 30: 5 to 10", "at least 100 from vulnerable groups".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    pub name: String,
    pub conditions: Vec<Condition>,
    pub range: Range,
}

/// Somebody in the pool. `id` is a pseudonym; nothing else about the person is known here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    /// For each feature of the task, in its order, the index of the person's value.
    pub values: Vec<usize>,
    /// Equal for those who live together (a keyed digest of an address).
    pub household: Option<String>,
}

/// Everybody who may be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    pub people: Vec<Person>,
}

/// All that determines a draw before chance comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub features: Vec<Feature>,
    /// Quotas besides those of single values.
    pub quotas: Vec<Quota>,
    pub pool: Pool,
    /// Seats of the panel.
    pub size: u32,
    /// Nobody is drawn together with another of the same household.
    pub one_per_household: bool,
}

/// A limit on the seats of a group, whichever way it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Constraint {
    /// `features[feature].values[value]`.
    Value { feature: usize, value: usize },
    /// `quotas[quota]`.
    Quota { quota: usize },
}

impl Task {
    /// The same task in its one canonical order: features, values and quotas by name, people by id. Everything that is
    /// computed is computed on this, so that the order of lines in a file cannot matter.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let mut features: Vec<usize> = (0..self.features.len()).collect();
        features.sort_by(|a, b| self.features[*a].name.cmp(&self.features[*b].name));
        // For each old feature: its new place and the new place of each of its values.
        let mut place = vec![0; self.features.len()];
        let mut value_place = vec![Vec::new(); self.features.len()];
        let mut sorted = Vec::with_capacity(features.len());
        for (new, &old) in features.iter().enumerate() {
            let feature = &self.features[old];
            let mut order: Vec<usize> = (0..feature.values.len()).collect();
            order.sort_by(|a, b| feature.values[*a].name.cmp(&feature.values[*b].name));
            place[old] = new;
            value_place[old] = vec![0; order.len()];
            for (to, &from) in order.iter().enumerate() {
                value_place[old][from] = to;
            }
            let values = order.iter().map(|&from| feature.values[from].clone()).collect();
            sorted.push(Feature { name: feature.name.clone(), values });
        }
        let mut quotas: Vec<Quota> = self
            .quotas
            .iter()
            .map(|quota| {
                let mut conditions: Vec<Condition> = quota
                    .conditions
                    .iter()
                    .map(|condition| {
                        let mut values: Vec<usize> =
                            condition.values.iter().map(|&value| value_place[condition.feature][value]).collect();
                        values.sort_unstable();
                        values.dedup();
                        Condition { feature: place[condition.feature], values }
                    })
                    .collect();
                conditions.sort_by(|a, b| (a.feature, &a.values).cmp(&(b.feature, &b.values)));
                Quota { name: quota.name.clone(), conditions, range: quota.range }
            })
            .collect();
        quotas.sort_by(|a, b| a.name.cmp(&b.name));
        let mut people: Vec<Person> = self
            .pool
            .people
            .iter()
            .map(|person| Person {
                id: person.id.clone(),
                values: features.iter().map(|&old| value_place[old][person.values[old]]).collect(),
                household: person.household.clone(),
            })
            .collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        Self {
            features: sorted,
            quotas,
            pool: Pool { people },
            size: self.size,
            one_per_household: self.one_per_household,
        }
    }

    /// Whether the task can be read at all: indices inside, names and ids not twice. Whether a panel exists is the question of
    /// [`feasible`](crate::feasible).
    ///
    /// # Errors
    /// `sortition.feature-twice`, `sortition.value-twice`, `sortition.quota-twice`, `sortition.person-twice`,
    /// `sortition.person-values`, `sortition.quota-condition`.
    pub fn check(&self) -> Result<()> {
        let twice = |names: Vec<&String>| {
            let mut names = names;
            names.sort_unstable();
            names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone())
        };
        if let Some(name) = twice(self.features.iter().map(|feature| &feature.name).collect()) {
            return Err(Error::invalid("sortition.feature-twice").arg("feature", name));
        }
        for feature in &self.features {
            if let Some(name) = twice(feature.values.iter().map(|value| &value.name).collect()) {
                return Err(Error::invalid("sortition.value-twice").arg("feature", &feature.name).arg("value", name));
            }
        }
        if let Some(name) = twice(self.quotas.iter().map(|quota| &quota.name).collect()) {
            return Err(Error::invalid("sortition.quota-twice").arg("quota", name));
        }
        if let Some(id) = twice(self.pool.people.iter().map(|person| &person.id).collect()) {
            return Err(Error::invalid("sortition.person-twice").arg("person", id));
        }
        for person in &self.pool.people {
            let fits = person.values.len() == self.features.len()
                && person.values.iter().zip(&self.features).all(|(value, feature)| *value < feature.values.len());
            if !fits {
                return Err(Error::invalid("sortition.person-values").arg("person", &person.id));
            }
        }
        for quota in &self.quotas {
            let fits = quota.conditions.iter().all(|condition| {
                self.features
                    .get(condition.feature)
                    .is_some_and(|feature| condition.values.iter().all(|value| *value < feature.values.len()))
            });
            if !fits {
                return Err(Error::invalid("sortition.quota-condition").arg("quota", &quota.name));
            }
        }
        Ok(())
    }

    /// Every limit on the panel, single values first, each with its range.
    #[must_use]
    pub fn constraints(&self) -> Vec<(Constraint, Range)> {
        let mut list = Vec::new();
        for (feature, it) in self.features.iter().enumerate() {
            for (value, it) in it.values.iter().enumerate() {
                list.push((Constraint::Value { feature, value }, it.range));
            }
        }
        for (quota, it) in self.quotas.iter().enumerate() {
            list.push((Constraint::Quota { quota }, it.range));
        }
        list
    }

    /// Whether somebody with these values counts for the limit.
    #[must_use]
    pub fn meets(&self, constraint: &Constraint, values: &[usize]) -> bool {
        match constraint {
            Constraint::Value { feature, value } => values[*feature] == *value,
            Constraint::Quota { quota } => {
                self.quotas[*quota].conditions.iter().all(|it| it.values.contains(&values[it.feature]))
            }
        }
    }

    /// The limits that a panel (indices of people) breaks, with its seats; empty for a panel that may be drawn. The size and
    /// households are not among them.
    #[must_use]
    pub fn broken(&self, panel: &[usize]) -> Vec<(Constraint, Range, u32)> {
        let mut broken = Vec::new();
        for (constraint, range) in self.constraints() {
            let seats = panel.iter().filter(|p| self.meets(&constraint, &self.pool.people[**p].values)).count();
            let seats = u32::try_from(seats).unwrap_or(u32::MAX);
            if !range.contains(seats) {
                broken.push((constraint, range, seats));
            }
        }
        broken
    }
}

//! People who are interchangeable: same values and, where households matter, households of the same composition.
//!
//! Equal treatment of equals costs nothing (any lottery can be averaged over a permutation of equals), so chances are
//! computed for types. With at most one person a household, two people are equal if they have the same values and live with
//! people of the same values: a household *class* is the multiset of its members' values.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Task;

/// People who differ in nothing that the draw may look at. They all have the same chance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonType {
    /// The value of each feature of the (canonical) task.
    pub values: Vec<usize>,
    /// The class of their households: an index into [`Types::classes`].
    pub class: usize,
    /// Indices into the pool, ascending (that is, by id).
    pub people: Vec<usize>,
}

/// Households of the same composition. At most as many people as there are households may be drawn from a class.
/// Where households do not matter, everybody is a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// The types that live in such a household, ascending indices into [`Types::types`].
    pub types: Vec<usize>,
    /// How many people of each of those types live in one such household.
    pub members: Vec<u32>,
    /// The households: their people, indices into the pool, ascending; households by their first person.
    pub households: Vec<Vec<usize>>,
}

/// The pool by types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Types {
    pub types: Vec<PersonType>,
    pub classes: Vec<Class>,
    /// For each person of the pool the index of its type.
    pub of_person: Vec<usize>,
}

impl Types {
    /// Sorts the people of a canonical task ([`Task::canonical`]) into types. The order of the types follows from the task
    /// alone: by values, then by the composition of the household.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        let people = &task.pool.people;
        let mut households: Vec<Vec<usize>> = Vec::new();
        if task.one_per_household {
            let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
            for (index, person) in people.iter().enumerate() {
                match &person.household {
                    None => households.push(vec![index]),
                    Some(name) => {
                        let at = *by_name.entry(name).or_insert_with(|| {
                            households.push(Vec::new());
                            households.len() - 1
                        });
                        households[at].push(index);
                    }
                }
            }
        } else {
            households.extend((0..people.len()).map(|index| vec![index]));
        }
        let mut by_composition: BTreeMap<Vec<&[usize]>, Vec<Vec<usize>>> = BTreeMap::new();
        for household in households {
            let mut composition: Vec<&[usize]> =
                household.iter().map(|person| people[*person].values.as_slice()).collect();
            composition.sort_unstable();
            by_composition.entry(composition).or_default().push(household);
        }
        let mut keyed: BTreeMap<(&[usize], usize), Vec<usize>> = BTreeMap::new();
        let mut classes = Vec::with_capacity(by_composition.len());
        for (class, households) in by_composition.into_values().enumerate() {
            for household in &households {
                for &person in household {
                    keyed.entry((people[person].values.as_slice(), class)).or_default().push(person);
                }
            }
            classes.push(Class { types: Vec::new(), members: Vec::new(), households });
        }
        let mut of_person = vec![0; people.len()];
        let mut types = Vec::with_capacity(keyed.len());
        for ((values, class), mut members) in keyed {
            members.sort_unstable();
            for &person in &members {
                of_person[person] = types.len();
            }
            let per_household = members.len() / classes[class].households.len();
            classes[class].types.push(types.len());
            classes[class].members.push(u32::try_from(per_household).unwrap_or(u32::MAX));
            types.push(PersonType { values: values.to_vec(), class, people: members });
        }
        Self { types, classes, of_person }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.types.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// How many seats people of a type can have at most: its people, or the households of its class if fewer.
    #[must_use]
    pub fn room(&self, index: usize) -> u32 {
        let it = &self.types[index];
        u32::try_from(it.people.len().min(self.classes[it.class].households.len())).unwrap_or(u32::MAX)
    }
}

//! Results as JSON: projects and candidates by id, rounds counted from 1, exact numbers as texts.

use madang_ballot::budget::Outcome;
use madang_ballot::choice::Choice;
use madang_ballot::explain::Section;
use serde::Serialize;
use serde_json::{Value, json};

use super::Task;

pub(super) fn budget(task: &Task<'_>, outcome: &Outcome, whole: &Section, projects: &[Section]) -> Value {
    let ids: Vec<&str> = task.election.projects.iter().map(|project| project.id.as_str()).collect();
    let mut result = value(outcome);
    let keys = Keys { ids: &ids, single: &["project", "winner", "chosen"], lists: &["projects"], from_zero: true };
    keys.name(&mut result);
    if let Some(Value::Array(ties)) = result.get_mut("ties") {
        for tie in ties {
            let (round, parts) = (tie[0].as_u64().unwrap_or(0) + 1, tie[1].take());
            *tie = json!({ "round": round, "projects": parts["projects"], "step": parts["step"] });
        }
    }
    let list: Vec<Value> = task
        .election
        .projects
        .iter()
        .enumerate()
        .map(|(at, project)| json!({ "id": project.id, "name": task.election.name(at), "cost": project.cost.to_string() }))
        .collect();
    result["projects"] = json!(list);
    with_task(result, task, whole, projects)
}

pub(super) fn choice(task: &Task<'_>, choice: &Choice, whole: &Section) -> Value {
    let ids: Vec<&str> = choice.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    let mut result = value(choice);
    let keys = Keys {
        ids: &ids,
        single: &["candidate", "chosen", "condorcet"],
        lists: &["elected", "ranking", "settled", "among", "through"],
        from_zero: false,
    };
    keys.name(&mut result);
    with_task(result, task, whole, &[])
}

fn with_task(mut result: Value, task: &Task<'_>, whole: &Section, projects: &[Section]) -> Value {
    result["election"] = json!({
        "description": task.election.meta("description"),
        "vote_type": task.election.vote_type,
        "ballots": task.election.ballots.len(),
        "currency": task.election.meta("currency"),
    });
    result["problems"] = task.problems();
    result["version"] = json!(1);
    if !task.order.explain.is_empty() {
        result["explanation"] = json!({ "whole": whole, "projects": projects });
    }
    result
}

fn value(result: &impl Serialize) -> Value {
    serde_json::to_value(result).unwrap_or_default()
}

/// Which numbers are positions in the list of ids.
struct Keys<'a> {
    ids: &'a [&'a str],
    single: &'a [&'a str],
    lists: &'a [&'a str],
    /// Whether rounds are counted from 0 there.
    from_zero: bool,
}

impl Keys<'_> {
    fn id(&self, value: &mut Value) {
        let at = value.as_u64().and_then(|at| usize::try_from(at).ok());
        if let Some(id) = at.and_then(|at| self.ids.get(at)) {
            *value = json!(id);
        }
    }

    fn name(&self, value: &mut Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|value| self.name(value)),
            Value::Object(map) => {
                for (key, value) in map {
                    if self.single.contains(&key.as_str()) {
                        self.id(value);
                    } else if let Some(list) = value.as_array_mut().filter(|_| self.lists.contains(&key.as_str())) {
                        list.iter_mut().for_each(|value| self.id(value));
                    } else if let (true, "round", Some(round)) = (self.from_zero, key.as_str(), value.as_u64()) {
                        *value = json!(round + 1);
                    } else if let Some(list) = value.as_array_mut().filter(|_| key == "to") {
                        for pair in list {
                            let (mut candidate, votes) = (pair[0].take(), pair[1].take());
                            self.id(&mut candidate);
                            *pair = json!({ "candidate": candidate, "votes": votes });
                        }
                    }
                    self.name(value);
                }
            }
            _ => {}
        }
    }
}

//! The filters of lists of cases: from the address to what is asked, and back to chips.

use madang_cases::views::{CaseFilter, Order};
use madang_form::{Definition, Field, FieldKind, Phase};
use madang_http::Visit;
use madang_kernel::organisation::Organisation;
use serde_json::{Value, json};

use super::super::plans::shape;
use crate::i18n;
use crate::page::words;

/// What the address says.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub fn of(visit: &Visit) -> Self {
        let pairs = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
        Self { pairs }
    }

    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map_or("", |(_, value)| value)
    }

    fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// What is asked of the list; values of fields only where there is one service.
    pub fn filter(&self, def: Option<&Definition>) -> CaseFilter {
        let values = def.map_or_else(Vec::new, |def| {
            fields(def).filter_map(|field| Some((field.id.clone(), self.some(&field.id)?))).collect()
        });
        CaseFilter {
            service: def.map(|def| def.id.clone()).or_else(|| self.some("service")),
            agency: self.some("agency"),
            state: def.and_then(|def| self.some("state").filter(|id| def.state(id).is_some())),
            phase: Phase::ALL.into_iter().find(|phase| phase.code() == self.get("phase")),
            words: None,
            since: self.get("since").parse().ok(),
            until: self.get("until").parse().ok(),
            overdue: self.get("overdue") == "yes",
            values,
            order: self.get("order").parse().unwrap_or(Order::Newest),
            after: self.some("after"),
            jump: self.get("jump").parse().ok(),
            limit: 0,
        }
    }
}

/// Fields that a list of this service can be filtered by.
fn fields(def: &Definition) -> impl Iterator<Item = &Field> {
    def.fields.iter().filter(|field| field.list && matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Agency))
}

/// What can be chosen, as `filters` in `parts.html` reads it.
pub fn shown(
    visit: &Visit,
    query: &Query,
    def: Option<&Definition>,
    services: &[(String, String)],
    agencies: &[Organisation],
) -> Value {
    let any = |name: &str| shape::option("", words(visit, "filter-all", &[]), query.get(name).is_empty());
    let mut filters = Vec::new();
    let mut add = |name: &str, label: String, options: Vec<(String, String)>| {
        let mut all = vec![any(name)];
        all.extend(options.into_iter().map(|(value, label)| {
            let selected = query.get(name) == value;
            shape::option(&value, label, selected)
        }));
        filters.push(json!({ "name": name, "label": label, "options": all }));
    };
    match def {
        None => {
            add("service", words(visit, "cases-filter-service", &[]), services.to_vec());
            let phases =
                Phase::ALL.iter().map(|p| (p.code().to_owned(), words(visit, &format!("phase-{}", p.code()), &[])));
            add("phase", words(visit, "filter-state", &[]), phases.collect());
        }
        Some(def) => {
            let states = def.states.iter().map(|s| (s.id.clone(), s.name.get(visit.locale).to_owned()));
            add("state", words(visit, "filter-state", &[]), states.collect());
            for field in fields(def).filter(|field| matches!(field.kind, FieldKind::Choice { .. })) {
                if let FieldKind::Choice { options } = &field.kind {
                    let options = options.iter().map(|o| (o.id.clone(), o.name.get(visit.locale).to_owned())).collect();
                    add(&field.id, field.name.get(visit.locale).to_owned(), options);
                }
            }
        }
    }
    let agencies = agencies.iter().map(|a| (a.slug.clone(), a.name.get(visit.locale).to_owned())).collect();
    add("agency", words(visit, "filter-agency", &[]), agencies);
    add(
        "overdue",
        words(visit, "cases-filter-due", &[]),
        vec![("yes".to_owned(), words(visit, "cases-filter-overdue", &[]))],
    );
    let supported = def.is_none_or(|def| def.support.is_some());
    let orders = Order::ALL.iter().filter(|order| supported || **order != Order::Supported);
    let orders: Vec<Value> = orders
        .map(|order| {
            let chosen = query.get("order").parse().unwrap_or(Order::Newest) == *order;
            let value = if *order == Order::Newest { "" } else { order.code() };
            shape::option(value, words(visit, &format!("cases-order-{order}"), &[]), chosen)
        })
        .collect();
    filters.push(json!({ "name": "order", "label": words(visit, "cases-order", &[]), "options": orders }));
    Value::Array(filters)
}

/// What is chosen, each with a way to take it away.
pub fn chips(visit: &Visit, query: &Query, filters: &Value) -> Vec<Value> {
    let mut chips = Vec::new();
    let mut chip =
        |label: String, name: &str| chips.push(json!({ "label": label, "remove": shape::without(visit, name) }));
    for filter in filters.as_array().into_iter().flatten() {
        let name = filter["name"].as_str().unwrap_or("");
        if name == "order" {
            continue;
        }
        let options = filter["options"].as_array().into_iter().flatten();
        for option in options.filter(|o| o["selected"] == true && o["value"] != "") {
            chip(option["label"].as_str().unwrap_or("").to_owned(), name);
        }
    }
    for (name, key) in [("since", "cases-since"), ("until", "cases-until"), ("jump", "cases-jump-chip")] {
        if query.get(name).parse::<jiff::civil::Date>().is_ok() {
            let date = i18n::date(query.get(name), visit.locale);
            chip(words(visit, key, &[("date", date.into())]), name);
        }
    }
    chips
}

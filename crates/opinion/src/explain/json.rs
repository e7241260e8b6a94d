//! All figures of a map as one JSON value with sorted names.

use serde_json::{Value, json};

use super::report::{ABOUT_AS_CLEAR, Clarity, Report, letter, means_nothing};
use crate::{Choice, Representative, Shared, Standing, StatementId, Tally, Warning};

/// The shape of the value; it changes when a name goes or means something else, not when one comes.
const FORMAT: &str = "madang-opinion/1";

/// Decimals that are kept of positions, shares and figures.
const DECIMALS: u32 = 6;

/// Everything about a map: people and statements under their names in the files. Numbers with decimals are rounded to six
/// of them, halves away from zero; that is stated in the value itself.
#[must_use]
pub fn json(report: &Report<'_>) -> Value {
    let (export, map, assessment) = (report.export, report.map, report.assessment);
    let axes: Vec<Value> = map
        .axes
        .iter()
        .map(
            |axis| json!({ "settled": axis.settled, "share": rounded(axis.share), "variance": rounded(axis.variance) }),
        )
        .collect();
    let people: Vec<Value> = map
        .people
        .iter()
        .map(|place| {
            json!({
                "base_cluster": place.base_cluster, "group": place.group.map(letter), "voter": report.voter(place.id.0),
                "votes": place.votes, "x": rounded(place.x), "y": rounded(place.y),
            })
        })
        .collect();
    let base_clusters: Vec<Value> = map
        .base_clusters
        .iter()
        .map(|cluster| {
            json!({
                "group": cluster.group.map(letter), "people": cluster.members.len(), "x": rounded(cluster.x),
                "y": rounded(cluster.y),
            })
        })
        .collect();
    let close = report.about_as_well();
    let tried: Vec<Value> = map
        .tried
        .iter()
        .map(|tried| {
            json!({
                "about_as_well": close.contains(&tried), "groups": tried.groups, "inertia": rounded(tried.inertia), "silhouette": rounded(tried.silhouette),
                "used": tried.used,
            })
        })
        .collect();
    let divisive: Vec<Value> = report
        .divisive()
        .iter()
        .map(|one| {
            json!({
                "gap": rounded(one.gap), "least": letter(one.least), "most": letter(one.most),
                "statement": name(report, one.statement),
            })
        })
        .collect();
    let wanting: Vec<Value> = report.wanting().iter().map(|place| json!(name(report, place.id))).collect();
    json!({
        "axes": axes,
        "base_clusters": base_clusters,
        "comparison": report.comparison.as_ref().map(|comparison| json!({
            "adjusted_rand": rounded(comparison.adjusted_rand), "only_here": comparison.only_here,
            "only_there": comparison.only_there, "people": comparison.people, "published_groups": comparison.groups,
            "table": comparison.table,
        })),
        "counts": {
            "people": export.voters.len(), "replaced_votes": export.replaced, "rows": export.rows,
            "statements": export.statements.len(), "unclear_votes": export.unclear,
            "unknown_statements": export.unknown, "votes": export.votes.len(),
        },
        "divisive": divisive,
        "format": FORMAT,
        "groups": groups(report),
        "means_nothing": report.means_nothing(),
        "people": people,
        "quality": {
            "all_the_same": assessment.quality.all_the_same, "filled": rounded(assessment.quality.filled),
            "grouped": assessment.quality.grouped, "identical": assessment.quality.identical,
            "passes": rounded(assessment.quality.passes), "people": assessment.quality.people,
            "statements": assessment.quality.statements,
            "statements_hardly_seen": assessment.quality.statements_hardly_seen, "votes": assessment.quality.votes,
            "votes_per_person": assessment.quality.votes_per_person,
        },
        "rounding": format!("decimals: {DECIMALS}, halves away from zero"),
        "settings": {
            "about_as_well": ABOUT_AS_CLEAR, "base_clusters": report.settings.base_clusters, "groups_at_most": report.settings.groups_at_most,
            "groups_given": report.fixed, "people_at_least": report.settings.people_at_least,
            "statements_each": report.settings.statements_each, "trial_people_at_most": report.trials.people_at_most,
            "trial_rounds": report.trials.rounds, "trial_seed": report.trials.seed,
            "votes_to_be_grouped": report.settings.votes_to_be_grouped, "z": report.settings.z,
        },
        "shared": {
            "agree": shared(report, Choice::Agree, &map.shared.agree),
            "disagree": shared(report, Choice::Disagree, &map.shared.disagree),
        },
        "stability": assessment.stability.as_ref().map(|stability| json!({
            "agreement": rounded(stability.agreement), "rounds": stability.rounds, "same_number": stability.same_number,
        })),
        "statements": statements(report),
        "topic": export.topic,
        "tried": tried,
        "wanting": wanting,
        "warnings": assessment.warnings.iter().map(warning).collect::<Vec<Value>>(),
    })
}

/// Six decimals, and no negative zero. What is no number is none.
fn rounded(value: f64) -> Value {
    let scale = 1_000_000.0;
    let rounded = (value * scale).round() / scale;
    if !rounded.is_finite() {
        return Value::Null;
    }
    json!(if rounded == 0.0 { 0.0 } else { rounded })
}

fn name(report: &Report<'_>, id: StatementId) -> String {
    report.statement(id).name
}

fn tally(tally: Tally) -> Value {
    json!({ "agree": tally.agree, "disagree": tally.disagree, "pass": tally.pass(), "seen": tally.seen })
}

fn side(choice: Choice) -> &'static str {
    match choice {
        Choice::Agree => "agree",
        Choice::Pass => "pass",
        Choice::Disagree => "disagree",
    }
}

fn groups(report: &Report<'_>) -> Vec<Value> {
    let stability = |at: usize| report.assessment.stability.as_ref().and_then(|stability| stability.groups.get(at));
    let groups = report.map.groups.iter().enumerate();
    groups
        .map(|(at, group)| {
            let marks: Vec<Value> = group.representative.iter().map(|mark| representative(report, at, mark)).collect();
            json!({
                "base_clusters": group.base_clusters, "letter": letter(at), "people": group.people,
                "representative": marks,
                "stability": stability(at).map(|found| json!({
                    "firmness": found.firmness, "found_again": rounded(found.found_again), "lost": found.lost,
                })),
                "x": rounded(group.x), "y": rounded(group.y),
            })
        })
        .collect()
}

fn representative(report: &Report<'_>, group: usize, mark: &Representative) -> Value {
    json!({
        "best_agree": mark.best_agree, "by": side(mark.by), "clarity": Clarity::of(mark.ratio_z.min(mark.p_z)).code(),
        "outside": tally(report.outside(mark.statement, group)), "p": rounded(mark.p), "p_z": rounded(mark.p_z),
        "ratio": rounded(mark.ratio), "ratio_z": rounded(mark.ratio_z), "seen": mark.seen,
        "significant": mark.significant, "statement": name(report, mark.statement), "voted": mark.voted,
    })
}

fn shared(report: &Report<'_>, by: Choice, found: &[Shared]) -> Vec<Value> {
    let one = |shared: &Shared| {
        let every = report.least(shared.statement, by).map(|(_, voted, seen)| voted * 2 > seen);
        json!({
            "clarity": Clarity::of(shared.z).code(), "majority_in_every_group": every, "p": rounded(shared.p), "seen": shared.seen,
            "statement": name(report, shared.statement), "voted": shared.voted, "z": rounded(shared.z),
        })
    };
    found.iter().map(one).collect()
}

fn statements(report: &Report<'_>) -> Vec<Value> {
    let places = report.map.statements.iter();
    places
        .map(|place| {
            let statement = report.statement(place.id);
            json!({
                "all": tally(place.all), "all_groups_agree": rounded(place.all_groups_agree),
                "all_groups_disagree": rounded(place.all_groups_disagree), "extremity": rounded(place.extremity),
                "groups": place.groups.iter().map(|votes| tally(*votes)).collect::<Vec<Value>>(),
                "name": statement.name, "priority": rounded(place.priority),
                "standing": match place.standing {
                    Standing::Shown => "shown",
                    Standing::Meta => "meta",
                    Standing::Removed => "removed",
                },
                "text": statement.text, "x": rounded(place.x), "y": rounded(place.y),
            })
        })
        .collect()
}

/// The warning's own fields, and whether it takes the meaning from the map. Groups by letter, decimals rounded.
fn warning(warning: &Warning) -> Value {
    let mut value = json!(warning);
    if let Some(fields) = value.as_object_mut() {
        for field in fields.values_mut() {
            if let Some(number) = field.as_f64().filter(|_| field.is_f64()) {
                *field = rounded(number);
            }
        }
        if let Warning::UnstableGroup { group, .. } = warning {
            fields.insert("group".to_owned(), json!(letter(*group)));
        }
        fields.insert("means_nothing".to_owned(), json!(means_nothing(warning)));
    }
    value
}

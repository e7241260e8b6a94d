//! Reading.

use axum::extract::{Path, Query};
use http::HeaderMap;
use jiff::civil::Date;
use madang_base::{Error, Result};
use madang_db::Tx;
use madang_http::{Outcome, Visit};
use madang_kernel::change;
use madang_plans::model::AgencyRole;
use madang_plans::rules::State;
use madang_plans::views::{self, CommitmentView, Filter};
use serde::Deserialize;

use super::answer::{Paging, json};
use super::wire::{
    self, Agency, AgencyPoint, AssessmentOut, ChangeItem, Changes, Commitment, CommitmentSummary, Indicator, List,
    Milestone, Moved, Plan, PlanSummary, Round, UpdateOut,
};

fn today(visit: &Visit) -> Date {
    visit.ctx.now.kst_date()
}

/// Reads in one transaction and answers with what came of it.
async fn answer<T: serde::Serialize + Send + 'static>(
    visit: &Visit,
    headers: &HeaderMap,
    read: impl Fn(&mut Tx) -> Result<T> + Send + 'static,
) -> Outcome {
    let found = visit.app.db.read(read).await?;
    Ok(json(headers, &found)?)
}

pub async fn plans(visit: Visit, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        Ok(List::whole(views::plans(tx, today)?.iter().map(|card| PlanSummary::from(&card.plan)).collect()))
    })
    .await
}

pub async fn plan(visit: Visit, Path(plan): Path<String>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| Ok(Plan::from(&views::plan(tx, &plan, today, 0)?))).await
}

#[derive(Debug, Deserialize)]
pub struct MilestoneQuery {
    state: Option<String>,
    agency: Option<String>,
    year: Option<String>,
    theme: Option<String>,
    q: Option<String>,
    limit: Option<String>,
    after: Option<String>,
}

impl MilestoneQuery {
    fn filter(&self) -> Result<Filter> {
        let given = |text: &Option<String>| text.clone().filter(|t| !t.is_empty());
        let state = given(&self.state)
            .map(|s| s.parse::<State>().map_err(|e| e.field("state", "plan.state-unknown")))
            .transpose()?;
        let year = given(&self.year)
            .map(|y| {
                y.parse::<i16>().map_err(|_| Error::invalid("api.year").arg("value", &y).field("year", "api.year"))
            })
            .transpose()?;
        Ok(Filter {
            state,
            year,
            agency: given(&self.agency),
            theme: given(&self.theme),
            words: given(&self.q).unwrap_or_default(),
            ..Filter::default()
        })
    }
}

pub async fn milestones(
    visit: Visit,
    Path(plan): Path<String>,
    Query(query): Query<MilestoneQuery>,
    headers: HeaderMap,
) -> Outcome {
    let (filter, today) = (query.filter()?, today(&visit));
    let paging = Paging::of(query.limit, query.after);
    let (limit, after) = (paging.limit(500)? as usize, paging.after::<i64>()?);
    answer(&visit, &headers, move |tx| {
        let found = views::milestones(tx, &plan, &filter, after, limit, today)?;
        let items =
            found.items.iter().map(|l| Milestone::new(&l.milestone, &l.commitment.number, &l.agencies)).collect();
        Ok(List { items, next: found.next.map(|position| position.to_string()) })
    })
    .await
}

pub async fn late(visit: Visit, Path(plan): Path<String>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        let late = views::late(tx, &plan, today)?;
        let all = views::milestones(tx, &plan, &Filter::default(), None, usize::MAX, today)?;
        let held = all.items.iter().filter(|l| late.iter().any(|d| d.milestone == l.milestone.id));
        Ok(List::whole(held.map(|l| Milestone::new(&l.milestone, &l.commitment.number, &l.agencies)).collect()))
    })
    .await
}

fn find(tx: &mut Tx, plan: &str, number: &str, today: Date) -> Result<CommitmentView> {
    let id = views::commitment_id(tx, plan, number)?;
    views::commitment(tx, &id, today)
}

fn whole(view: &CommitmentView) -> Commitment {
    let name = &view.name;
    Commitment {
        summary: CommitmentSummary {
            number: name.number.clone(),
            slug: name.slug.clone(),
            name: wire::text(&name.name),
            part_of: name.parent.as_deref().map(wire::last),
            has_parts: !view.parts.is_empty(),
            state: view.state.code(),
            progress: (&view.progress).into(),
            lead: wire::agencies(&view.agencies, AgencyRole::Lead),
        },
        plan: name.plan.clone(),
        theme: name.theme.clone(),
        others: wire::agencies(&view.agencies, AgencyRole::Other),
        problem: wire::text(&view.content.problem),
        solution: wire::text(&view.content.solution),
        contribution: wire::text(&view.content.contribution),
        values: view.content.values.clone(),
        milestones: view.milestones.iter().map(|m| Milestone::new(m, &name.number, &view.agencies)).collect(),
    }
}

pub async fn commitments(visit: Visit, Path(plan): Path<String>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        let view = views::plan(tx, &plan, today, 0)?;
        let mut items = Vec::new();
        for line in view.themes.iter().flat_map(|t| &t.commitments) {
            items.push(whole(&views::commitment(tx, &line.commitment.id, today)?));
        }
        Ok(List::whole(items))
    })
    .await
}

pub async fn commitment(visit: Visit, Path((plan, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| Ok(whole(&find(tx, &plan, &number, today)?))).await
}

pub async fn milestone(
    visit: Visit,
    Path((plan, number, milestone)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        let view = find(tx, &plan, &number, today)?;
        let found = view.milestones.iter().find(|m| m.content.number == milestone);
        let unknown = || Error::not_found("plan.milestone-unknown").arg("value", &milestone);
        Ok(Milestone::new(found.ok_or_else(unknown)?, &view.name.number, &view.agencies))
    })
    .await
}

pub async fn updates(visit: Visit, Path((plan, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        Ok(List::whole(find(tx, &plan, &number, today)?.updates.iter().map(UpdateOut::from).collect()))
    })
    .await
}

pub async fn assessments(visit: Visit, Path((plan, number)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        Ok(List::whole(find(tx, &plan, &number, today)?.assessments.iter().map(AssessmentOut::from).collect()))
    })
    .await
}

pub async fn indicators(visit: Visit, Path(plan): Path<String>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        Ok(List::whole(views::indicators(tx, &plan, today)?.iter().map(Indicator::from).collect()))
    })
    .await
}

pub async fn indicator(visit: Visit, Path((plan, id)): Path<(String, String)>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        let view = views::indicator(tx, &madang_plans::id::indicator(&plan, &id), today)?;
        let mut out = Indicator::from(&view.line);
        out.values = view.values.iter().map(Into::into).collect();
        out.agencies = view
            .agencies
            .iter()
            .map(|a| AgencyPoint {
                agency: (&a.agency).into(),
                latest: (&a.latest).into(),
                standing: a.standing.code().to_owned(),
            })
            .collect();
        Ok(out)
    })
    .await
}

pub async fn rounds(visit: Visit, Path(plan): Path<String>, headers: HeaderMap) -> Outcome {
    answer(&visit, &headers, move |tx| {
        let rounds = views::rounds(tx, &plan)?;
        let out = |(r, asked, answered): &(madang_plans::model::Round, usize, usize)| Round {
            id: r.id.to_string(),
            label: r.label.clone(),
            title: wire::text(&r.title),
            due: r.due.to_string(),
            state: r.state.code().to_owned(),
            asked: *asked,
            answered: *answered,
        };
        Ok(List::whole(rounds.iter().map(out).collect()))
    })
    .await
}

pub async fn news(visit: Visit, Path(plan): Path<String>, Query(paging): Query<Paging>, headers: HeaderMap) -> Outcome {
    let (limit, after) = (paging.limit(500)?, paging.after()?);
    answer(&visit, &headers, move |tx| {
        views::plan_summary(tx, &plan)?;
        let page = views::news(tx, &madang_plans::id::plan_ref(&plan), after, limit)?;
        Ok(List { items: page.items.iter().map(Moved::from).collect(), next: page.next.map(|id| id.to_string()) })
    })
    .await
}

pub async fn agencies(visit: Visit, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| Ok(List::whole(views::agencies(tx, today)?.iter().map(Agency::from).collect())))
        .await
}

pub async fn agency(visit: Visit, Path(slug): Path<String>, headers: HeaderMap) -> Outcome {
    let today = today(&visit);
    answer(&visit, &headers, move |tx| {
        let view = views::agency(tx, &slug, today)?;
        let count = |role| u32::try_from(view.involved.iter().filter(|i| i.role == role).count()).unwrap_or(u32::MAX);
        Ok(Agency {
            id: view.agency.slug.clone(),
            name: wire::text(&view.agency.name),
            leads: count(AgencyRole::Lead),
            joins: count(AgencyRole::Other),
            progress: (&view.progress).into(),
            reporting: (&view.speed).into(),
        })
    })
    .await
}

pub async fn changes(visit: Visit, Query(paging): Query<Paging>, headers: HeaderMap) -> Outcome {
    let (limit, after) = (paging.limit(1000)?, paging.after::<i64>()?.unwrap_or(0));
    answer(&visit, &headers, move |tx| {
        let mut items = Vec::new();
        for c in change::since_public(tx, after, limit)? {
            let record = serde_json::from_str(&c.json).map_err(Error::internal)?;
            items.push(ChangeItem {
                position: c.position,
                at: c.at.rfc3339(),
                kind: c.kind,
                object: c.object.to_string(),
                record,
            });
        }
        Ok(Changes { items, head: change::head(tx)? })
    })
    .await
}

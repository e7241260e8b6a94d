//! Madang's own REST API under `/api/v1`: plans and what belongs to them.
//!
//! Lists are paged by cursor (`limit`, `after`, and `next` in the answer), every answer has an ETag, errors are problem
//! documents. Writing takes an API key with the scope of the act.

mod act;
pub(crate) mod answer;
mod read;
pub(crate) mod sent;
pub(crate) mod wire;

use axum::extract::State;
use axum::routing::{get, post};
use http::HeaderMap;
use madang_http::{Access, App, Outcome, Route};
use madang_kernel::{ObjectKind, Verb};

use crate::operation::Operation;
use wire::{
    Agency, AssessedOut, AssessmentBody, AssessmentOut, Changes, Commitment, Indicator, List, Milestone, Moved, Plan,
    PlanSummary, Round, UpdateBody, UpdateOut,
};

const DOCUMENT: &str = "/api/v1/openapi.json";

/// The operations, one row each.
pub fn operations() -> Vec<Operation> {
    let paged = |o: Operation| {
        o.query("limit", "how many items, 1 to 500; 100 when missing", "100").query(
            "after",
            "the `next` of the page before",
            "",
        )
    };
    let report = Access::May(Verb::Report, ObjectKind::Update);
    let assess = Access::May(Verb::Assess, ObjectKind::Assessment);
    vec![
        Operation::read::<List<PlanSummary>>(
            "/api/v1/plans",
            "listPlans",
            "All plans, the latest first",
            get(read::plans),
        ),
        Operation::read::<Plan>(
            "/api/v1/plans/{plan}",
            "getPlan",
            "A plan with its themes, commitments, counts and progress",
            get(read::plan),
        ),
        paged(
            Operation::read::<List<Milestone>>(
                "/api/v1/plans/{plan}/milestones",
                "listMilestones",
                "The milestones of a plan",
                get(read::milestones),
            )
            .query("state", "only in this state", "late")
            .query("agency", "only of commitments that this agency leads or joins", "mois")
            .query("year", "only what begins, runs or is due in this year", "2022")
            .query("theme", "only of this theme", "1")
            .query("q", "words that the title contains", "petition"),
        ),
        Operation::read::<Milestone>(
            "/api/v1/plans/{plan}/commitments/{number}/milestones/{milestone}",
            "getMilestone",
            "A milestone",
            get(read::milestone),
        ),
        Operation::read::<List<Commitment>>(
            "/api/v1/plans/{plan}/commitments",
            "listCommitments",
            "Commitments and their parts",
            get(read::commitments),
        ),
        Operation::read::<Commitment>(
            "/api/v1/plans/{plan}/commitments/{number}",
            "getCommitment",
            "A commitment",
            get(read::commitment),
        ),
        Operation::read::<List<UpdateOut>>(
            "/api/v1/plans/{plan}/commitments/{number}/updates",
            "listUpdates",
            "What agencies reported, newest first",
            get(read::updates),
        ),
        Operation::read::<List<AssessmentOut>>(
            "/api/v1/plans/{plan}/commitments/{number}/assessments",
            "listAssessments",
            "The agency's own assessment and civil society's",
            get(read::assessments),
        ),
        Operation::read::<List<Milestone>>(
            "/api/v1/plans/{plan}/late",
            "listLate",
            "Milestones that are late or were never reported",
            get(read::late),
        ),
        Operation::read::<List<Indicator>>(
            "/api/v1/plans/{plan}/indicators",
            "listIndicators",
            "Indicators with target and latest value",
            get(read::indicators),
        ),
        Operation::read::<Indicator>(
            "/api/v1/plans/{plan}/indicators/{indicator}",
            "getIndicator",
            "An indicator with its series",
            get(read::indicator),
        ),
        Operation::read::<List<Round>>(
            "/api/v1/plans/{plan}/rounds",
            "listRounds",
            "Inspection rounds, the latest first",
            get(read::rounds),
        ),
        paged(Operation::read::<List<Moved>>(
            "/api/v1/plans/{plan}/news",
            "listNews",
            "What moved, newest first",
            get(read::news),
        )),
        Operation::read::<List<Agency>>(
            "/api/v1/agencies",
            "listAgencies",
            "Agencies that lead or join a commitment",
            get(read::agencies),
        ),
        Operation::read::<Agency>(
            "/api/v1/agencies/{agency}",
            "getAgency",
            "An agency: progress and reporting speed",
            get(read::agency),
        ),
        Operation::read::<Changes>(
            "/api/v1/changes",
            "listChanges",
            "The change feed: every public act in its order",
            get(read::changes),
        )
        .query("after", "position after which to begin; 0 when missing", "0")
        .query("limit", "how many, 1 to 1000; 100 when missing", "100"),
        Operation::act::<UpdateBody, UpdateOut>(
            "/api/v1/plans/{plan}/commitments/{number}/milestones/{milestone}/updates",
            "reportMilestone",
            "An agency reports how far a milestone is",
            report,
            post(act::report),
        ),
        Operation::act::<AssessmentBody, AssessedOut>(
            "/api/v1/plans/{plan}/commitments/{number}/assessments",
            "assessCommitment",
            "Assess a commitment",
            assess,
            post(act::assess),
        ),
    ]
}

/// The route of the OpenAPI document itself.
pub fn document_route() -> Route {
    Route::api(http::Method::GET, DOCUMENT, Access::Public, get(document))
}

async fn document(State(app): State<App>, headers: HeaderMap) -> Outcome {
    Ok(answer::json(&headers, &crate::document(&crate::operations(), &app.site.base_url))?)
}

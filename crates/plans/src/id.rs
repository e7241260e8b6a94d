//! Ids that are words of addresses, and the references made of them.

use madang_kernel::{ObjectKind, OrganisationId, Ref};

/// `kr-2021/2.1`
#[must_use]
pub fn commitment(plan: &str, number: &str) -> String {
    format!("{plan}/{number}")
}

/// `kr-2021/2.1/3`
#[must_use]
pub fn milestone(commitment: &str, number: &str) -> String {
    format!("{commitment}/{number}")
}

/// `kr-2021/women-central-directors`
#[must_use]
pub fn indicator(plan: &str, id: &str) -> String {
    format!("{plan}/{id}")
}

#[must_use]
pub fn plan_ref(plan: &str) -> Ref {
    Ref::new(ObjectKind::Plan, plan)
}

#[must_use]
pub fn commitment_ref(id: &str) -> Ref {
    Ref::new(ObjectKind::Commitment, id)
}

#[must_use]
pub fn milestone_ref(id: &str) -> Ref {
    Ref::new(ObjectKind::Milestone, id)
}

#[must_use]
pub fn indicator_ref(id: &str) -> Ref {
    Ref::new(ObjectKind::Indicator, id)
}

#[must_use]
pub fn agency_ref(id: OrganisationId) -> Ref {
    Ref::new(ObjectKind::Organisation, id)
}

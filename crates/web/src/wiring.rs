//! What pages need besides the application's common parts.

use std::sync::{Arc, RwLock};

use crate::view::Templates;

/// Put into [`madang_http::AppParts::own`] by the binary.
#[derive(Clone, Debug)]
pub struct Wiring {
    pub templates: Arc<Templates>,
    plan: Arc<RwLock<Option<String>>>,
}

impl Wiring {
    #[must_use]
    pub fn new(templates: Arc<Templates>) -> Self {
        Self { templates, plan: Arc::default() }
    }

    /// The id of the plan that menus point at.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<String> {
        self.plan.read().ok().and_then(|plan| plan.clone())
    }

    /// Tells menus which plan is in force; called at start and whenever the change feed tells of a plan.
    pub fn set_plan_in_force(&self, id: Option<String>) {
        if let Ok(mut plan) = self.plan.write() {
            *plan = id;
        }
    }
}

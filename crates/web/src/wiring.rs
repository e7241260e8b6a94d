//! What pages need besides the application's common parts.

use std::fmt;
use std::sync::{Arc, RwLock};

use madang_identity::PersonalData;

use crate::pages::PageCache;
use crate::view::Templates;

/// Put into [`madang_http::AppParts::own`] by the binary.
#[derive(Clone)]
pub struct Wiring {
    pub templates: Arc<Templates>,
    pub plan_pages: PageCache,
    plan: Arc<RwLock<Option<String>>>,
    personal: Arc<[Arc<dyn PersonalData>]>,
}

impl fmt::Debug for Wiring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wiring").field("templates", &self.templates).field("plan", &self.plan).finish_non_exhaustive()
    }
}

impl Wiring {
    #[must_use]
    pub fn new(templates: Arc<Templates>) -> Self {
        Self { templates, plan_pages: PageCache::default(), plan: Arc::default(), personal: Arc::new([]) }
    }

    /// With the domains that keep something about persons: their parts go into the export of one's own data and are
    /// erased with the account.
    #[must_use]
    pub fn with_personal_data(self, domains: Vec<Arc<dyn PersonalData>>) -> Self {
        Self { personal: domains.into(), ..self }
    }

    /// The domains that keep something about persons.
    #[must_use]
    pub fn personal_data(&self) -> Arc<[Arc<dyn PersonalData>]> {
        Arc::clone(&self.personal)
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

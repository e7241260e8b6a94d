//! What every verb on cases is given beside the transaction and the context.

use std::fmt;
use std::sync::Arc;

use madang_base::calendar::Calendar;
use madang_base::calendar::clock::OfficeHours;
use madang_form::timeline::Days;

use crate::registry::Services;
use crate::service::assign::Officers;
use crate::service::link::Targets;
use crate::support::live::Live;
use crate::support::{ClaimKeys, Persons};

/// The definitions in force and the days on which offices work. Cheap to clone.
#[derive(Clone)]
pub struct Cases {
    pub services: Services,
    pub calendar: Arc<Calendar>,
    pub hours: OfficeHours,
    /// Who the officers of an agency are; without it nobody's membership is looked at.
    pub officers: Option<Arc<dyn Officers>>,
    /// Whether something outside of cases is there to be linked to; without it nobody looks.
    pub targets: Option<Arc<dyn Targets>>,
    /// The slug of the organisation that gets what no rule sends elsewhere.
    pub leading: Option<String>,
    /// Who a person on paper is by a claim.
    pub persons: Arc<dyn Persons>,
    /// The counts that pages poll.
    pub live: Live,
}

impl Cases {
    #[must_use]
    pub fn new(services: Services, calendar: Calendar) -> Self {
        Self {
            services,
            calendar: Arc::new(calendar),
            hours: OfficeHours::default(),
            officers: None,
            targets: None,
            leading: None,
            persons: Arc::new(ClaimKeys),
            live: Live::default(),
        }
    }

    /// With the organisation that gets what no rule sends elsewhere.
    #[must_use]
    pub fn with_leading(mut self, slug: Option<String>) -> Self {
        self.leading = slug;
        self
    }

    /// With the port of accounts.
    #[must_use]
    pub fn with_officers(mut self, officers: Arc<dyn Officers>) -> Self {
        self.officers = Some(officers);
        self
    }

    /// With the port of what cases can be linked to.
    #[must_use]
    pub fn with_targets(mut self, targets: Arc<dyn Targets>) -> Self {
        self.targets = Some(targets);
        self
    }

    /// With the port of persons.
    #[must_use]
    pub fn with_persons(mut self, persons: Arc<dyn Persons>) -> Self {
        self.persons = persons;
        self
    }

    #[must_use]
    pub fn days(&self) -> Days<'_> {
        Days { calendar: &self.calendar, hours: &self.hours }
    }
}

impl fmt::Debug for Cases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cases").finish_non_exhaustive()
    }
}

//! What every verb on cases is given beside the transaction and the context.

use std::fmt;
use std::sync::Arc;

use madang_base::calendar::Calendar;
use madang_base::calendar::clock::OfficeHours;
use madang_form::timeline::Days;

use crate::registry::Services;

/// The definitions in force and the days on which offices work. Cheap to clone.
#[derive(Clone)]
pub struct Cases {
    pub services: Services,
    pub calendar: Arc<Calendar>,
    pub hours: OfficeHours,
}

impl Cases {
    #[must_use]
    pub fn new(services: Services, calendar: Calendar) -> Self {
        Self { services, calendar: Arc::new(calendar), hours: OfficeHours::default() }
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

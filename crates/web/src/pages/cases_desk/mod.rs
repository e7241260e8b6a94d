//! The desk of cases: the inbox of an agency, one case with all that can be done to it, the counter where clerks act for
//! others, and the pages where services are run.
//!
//! Every act is a form of its own address that works without scripts; nothing typed is lost when it is refused. What may
//! be done comes from the domain ([`madang_cases::views::Rights`], open steps); pages ask for nothing by themselves.
//! Looks of staff at personal data are written down where the data is read. Start reading at [`inbox`] and [`case`].

mod acts;
mod acts_page;
mod alike;
mod approvals;
mod batches;
mod bulk;
mod bursts;
mod case;
mod content;
mod counter;
mod counter_form;
mod definition;
mod files;
mod inbox;
mod kit;
mod names;
mod reading;
mod service;
mod services;
mod step;
mod step_view;
mod timeline;
mod workload;

pub(crate) use acts::target;

use axum::extract::Path;
use axum::routing::{get, post};
use madang_http::{Access, Route, Sent, Visit};
use madang_kernel::{ObjectKind, Verb};

pub use inbox::due_today;

const HANDLE: Access = Access::May(Verb::Handle, ObjectKind::Case);
const APPROVE: Access = Access::May(Verb::Approve, ObjectKind::Case);
const PUBLISH: Access = Access::May(Verb::Publish, ObjectKind::Case);
const REPRESENT: Access = Access::May(Verb::Represent, ObjectKind::Case);
const PAPER: Access = Access::May(Verb::Import, ObjectKind::Support);
const DECIDE: Access = Access::May(Verb::Manage, ObjectKind::Support);
const SERVICE: Access = Access::May(Verb::Manage, ObjectKind::Service);
const IMPORT: Access = Access::May(Verb::Import, ObjectKind::Service);
const PARTY: Access = Access::May(Verb::Manage, ObjectKind::Party);

/// Language and number of the address of an act.
type Place = Path<(String, String)>;

/// Room for the files of one form and the fields around them.
const UPLOAD_LIMIT: usize = 44 << 20;

/// The rows of these pages.
pub fn routes() -> Vec<Route> {
    let step = "/{lang}/desk/cases/{number}/steps/{step}";
    let approval = "/{lang}/desk/cases/{number}/approvals/{id}";
    let batches = "/{lang}/desk/cases/{number}/batches";
    let bursts = "/{lang}/desk/cases/{number}/bursts";
    let counter = "/{lang}/desk/counter/{service}";
    let service = "/{lang}/admin/services/{service}";
    let mut routes = vec![
        Route::page("/{lang}/desk/cases", HANDLE, get(inbox::show)),
        Route::form("/{lang}/desk/cases", HANDLE, post(bulk::act)),
        Route::page("/{lang}/desk/cases/alike", HANDLE, get(alike::show)),
        Route::form("/{lang}/desk/cases/alike", HANDLE, post(alike::act)),
        Route::page("/{lang}/desk/workload", HANDLE, get(workload::show)),
        Route::page("/{lang}/desk/cases/{number}", HANDLE, get(case::show)),
        Route::page("/{lang}/desk/cases/{number}/files/{sha256}", HANDLE, get(files::file)),
        Route::page("/{lang}/desk/cases/{number}/why/{clock}", HANDLE, get(case::why)),
        Route::page(step, HANDLE, get(step::show)),
        Route::form(step, HANDLE, post(step::act)).with_body_limit(UPLOAD_LIMIT),
        Route::page(approval, APPROVE, get(approvals::show)),
        Route::form(approval, APPROVE, post(approvals::act)),
        Route::page(batches, PAPER, get(batches::show)),
        Route::form(batches, PAPER, post(batches::act)),
        Route::page(bursts, DECIDE, get(bursts::show)),
        Route::form(bursts, DECIDE, post(bursts::act)),
        Route::page("/{lang}/desk/counter", REPRESENT, get(counter::show)),
        Route::form("/{lang}/desk/counter", REPRESENT, post(counter::look_up)),
        Route::page(counter, REPRESENT, get(counter_form::show)),
        Route::form(counter, REPRESENT, post(counter_form::act)).with_body_limit(UPLOAD_LIMIT),
        Route::page("/{lang}/admin/services", PARTY, get(services::list)),
        Route::page(service, PARTY, get(service::show)),
        Route::form("/{lang}/admin/services/{service}/door", SERVICE, post(service::door)),
        Route::form("/{lang}/admin/services/{service}/migrate", SERVICE, post(service::migrate)),
        Route::form("/{lang}/admin/services/{service}/parties", PARTY, post(service::party)),
        Route::page("/{lang}/admin/services/{service}/definition", IMPORT, get(definition::show)),
        Route::form("/{lang}/admin/services/{service}/definition", IMPORT, post(definition::act)),
    ];
    for act in acts::Act::ALL {
        let access = if act.publishes() { PUBLISH } else { HANDLE };
        routes.push(Route::page(
            act.path(),
            access,
            get(move |visit: Visit, path: Place| acts_page::show(visit, path, act)),
        ));
        routes.push(Route::form(
            act.path(),
            access,
            post(move |visit: Visit, path: Place, sent: Sent| acts_page::act(visit, path, sent, act)),
        ));
    }
    routes
}

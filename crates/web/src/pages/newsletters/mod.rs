//! Newsletters: reading and subscribing for everybody, editing and sending for the officers of the organisation whose
//! newsletter it is. Start reading at [`public`] and, for officers, at [`desk`].

mod desk;
mod edit;
mod feeds;
mod public;
pub(crate) mod shape;
mod subscribe;

use axum::routing::{get, post};
use madang_base::Result;
use madang_flows::newsletter::Contributions;
use madang_http::{Access, Route, Visit};
use madang_kernel::{ObjectKind, Verb};

const EDIT: Access = Access::May(Verb::Edit, ObjectKind::Newsletter);
const CREATE: Access = Access::May(Verb::Create, ObjectKind::Newsletter);
const PUBLISH: Access = Access::May(Verb::Publish, ObjectKind::Newsletter);
const END: Access = Access::May(Verb::Delete, ObjectKind::Newsletter);

/// What issues are made of.
pub(crate) fn there(visit: &Visit) -> Result<Contributions> {
    Ok(Contributions { cases: super::services::cases(visit)? })
}

pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    let form = |path, handler| Route::form(path, Access::Public, handler);
    let subscribe = "/{lang}/newsletters/{newsletter}/subscribe";
    let confirm = "/{lang}/newsletters/confirm/{token}";
    let leave = "/{lang}/newsletters/leave/{token}";
    let new = "/{lang}/desk/newsletters/new";
    let settings = "/{lang}/desk/newsletters/{newsletter}/settings";
    let edit = "/{lang}/desk/newsletters/{newsletter}/{period}";
    vec![
        page("/{lang}/newsletters", get(public::list)),
        page("/{lang}/newsletters.json", get(feeds::list_json)),
        page("/{lang}/newsletters.csv", get(feeds::list_csv)),
        page("/{lang}/newsletters.atom", get(feeds::all_atom)),
        page("/{lang}/newsletters/{newsletter}", get(public::one)),
        page("/{lang}/newsletters/{newsletter}/{period}", get(public::issue)),
        page(subscribe, get(subscribe::show)),
        form(subscribe, post(subscribe::act)),
        Route::form("/{lang}/newsletters/{newsletter}/stop", Access::SignedIn, post(subscribe::stop)),
        page(confirm, get(subscribe::confirm_page)),
        form(confirm, post(subscribe::confirm)),
        page(leave, get(subscribe::leave_page)),
        form(leave, post(subscribe::leave)).with_body_limit(4096),
        Route::page("/{lang}/desk/newsletters", EDIT, get(desk::list)),
        Route::page(new, CREATE, get(desk::new_page)),
        Route::form(new, CREATE, post(desk::create)),
        Route::page("/{lang}/desk/newsletters/{newsletter}", EDIT, get(desk::one)),
        Route::page(settings, EDIT, get(desk::settings_page)),
        Route::form(settings, EDIT, post(desk::settings)),
        Route::form("/{lang}/desk/newsletters/{newsletter}/compose", CREATE, post(desk::compose)),
        Route::form("/{lang}/desk/newsletters/{newsletter}/end", END, post(desk::end)),
        Route::page(edit, EDIT, get(edit::show)),
        Route::form(edit, EDIT, post(edit::act)),
        Route::form("/{lang}/desk/newsletters/{newsletter}/{period}/undo", EDIT, post(edit::undo)),
        Route::page("/{lang}/desk/newsletters/{newsletter}/{period}/preview", EDIT, get(edit::preview)),
        Route::page("/{lang}/desk/newsletters/{newsletter}/{period}/mail", EDIT, get(edit::mail)),
        Route::form("/{lang}/desk/newsletters/{newsletter}/{period}/send", PUBLISH, post(edit::send)),
        Route::form("/{lang}/desk/newsletters/{newsletter}/{period}/back", PUBLISH, post(edit::back)),
        Route::form("/{lang}/desk/newsletters/{newsletter}/{period}/correct", PUBLISH, post(edit::correct)),
    ]
}

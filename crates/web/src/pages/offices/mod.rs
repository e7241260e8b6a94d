//! Who answers for this: the search for an office ([`answer`]), an agency's entries ([`agency`]), and the desk where
//! officers keep their own ([`desk`]).

mod agency;
mod answer;
mod desk;
pub(crate) mod shape;

use axum::routing::{get, post};
use madang_http::{Access, Route};
use madang_kernel::{ObjectKind, Verb};

pub(crate) use self::answer::address_of;
use super::plans::Format;

const EDIT: Access = Access::May(Verb::Edit, ObjectKind::Contact);
const CREATE: Access = Access::May(Verb::Create, ObjectKind::Contact);
const RETIRE: Access = Access::May(Verb::Delete, ObjectKind::Contact);

pub fn routes() -> Vec<Route> {
    let page = |path, handler| Route::page(path, Access::Public, handler);
    vec![
        page("/{lang}/offices", get(|v, h| answer::show(v, h, Format::Page))),
        page("/{lang}/offices.csv", get(|v, h| answer::show(v, h, Format::Csv))),
        page("/{lang}/offices.json", get(|v, h| answer::show(v, h, Format::Json))),
        page("/{lang}/offices/{agency}", get(agency::show)),
        Route::page("/{lang}/desk/offices", EDIT, get(desk::list)),
        Route::page("/{lang}/desk/offices/new", CREATE, get(desk::new)),
        Route::form("/{lang}/desk/offices/new", CREATE, post(desk::create)),
        Route::page("/{lang}/desk/offices/{id}", EDIT, get(desk::edit)),
        Route::form("/{lang}/desk/offices/{id}", EDIT, post(desk::save)),
        Route::form("/{lang}/desk/offices/{id}/confirm", EDIT, post(desk::confirm)),
        Route::form("/{lang}/desk/offices/{id}/retire", RETIRE, post(desk::retire)),
    ]
}

//! Groups and experts who agreed to be found: the list and one of them ([`find`]), letters of officers ([`letter`]), one's
//! own entry ([`mine`]), leaving by the link under a letter ([`leave`]).
//!
//! There is no file of all of them: they agreed to be found, not to be taken away as a list.

mod find;
mod leave;
mod letter;
mod mine;

use axum::routing::{get, post};
use madang_http::{Access, Route};
use madang_kernel::{ObjectKind, Verb};

pub fn routes() -> Vec<Route> {
    let own = Access::May(Verb::Create, ObjectKind::Expert);
    vec![
        Route::page("/{lang}/experts", Access::Public, get(find::list)),
        Route::page("/{lang}/experts/{id}", Access::Public, get(find::show)),
        Route::form("/{lang}/experts/{id}/letter", Access::May(Verb::Act, ObjectKind::Expert), post(letter::send)),
        Route::form("/{lang}/experts/{id}/remove", Access::May(Verb::Delete, ObjectKind::Expert), post(find::remove)),
        Route::page("/{lang}/experts/leave/{token}", Access::Public, get(leave::show)),
        Route::form("/{lang}/experts/leave/{token}", Access::Public, post(leave::go)),
        Route::page("/{lang}/me/expert", own, get(mine::show)),
        Route::form("/{lang}/me/expert", own, post(mine::save)),
        Route::form("/{lang}/me/expert/withdraw", Access::May(Verb::Delete, ObjectKind::Expert), post(mine::withdraw)),
    ]
}

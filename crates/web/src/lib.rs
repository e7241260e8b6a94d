//! Pages: server-rendered HTML in every language of the site, readable without scripts.
//!
//! A page module ([`pages`]) reads what it needs through a domain's queries, turns it into the context that its template
//! documents, and renders. It holds no rule and no SQL. Texts live in `locales/`, structure in `templates/`, both can be
//! overridden by a folder. Start reading at [`pages`] and [`page`].

pub mod assets;
pub mod case_notices;
pub mod export;
pub mod i18n;
pub mod mail_texts;
pub mod newsletter_mail;
pub mod notices;
pub mod page;
pub mod pages;
mod qr;
pub mod view;
mod wiring;
pub mod witness;
mod words;

pub use madang_http::Route;
pub use wiring::Wiring;
pub use words::CatalogueWords;

/// The rows of the route table that are pages.
#[must_use]
pub fn routes() -> Vec<Route> {
    pages::routes()
}

//! The words that the delivery layer asks for when something went wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::StatusCode;
use madang_base::{Error, Locale};
use madang_http::{Visit, Words};
use serde_json::json;

use crate::i18n::Arg;
use crate::page::Page;
use crate::view::Templates;

/// [`Words`] from the message catalogue and the template `error.html`.
#[derive(Debug)]
pub struct CatalogueWords(pub Arc<Templates>);

impl Words for CatalogueWords {
    fn message(&self, locale: Locale, key: &str, args: &BTreeMap<&'static str, String>) -> String {
        let args: Vec<(&str, Arg)> = args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        self.0.catalogue().text(locale, key, &args)
    }

    fn error_page(&self, visit: &Visit, status: u16, error: &Error) -> String {
        let message = self.0.catalogue().error(visit.locale, error);
        let context = json!({ "status": status, "message": message, "code": error.code(), "case_href": case_href(visit), "signed_in": visit.person().is_some() });
        let page = Page::new(visit, "error.html").status(StatusCode::from_u16(status).unwrap_or_default());
        page.html(&context).unwrap_or_else(|e| {
            tracing::error!(error = %e, "the error page could not be made");
            message
        })
    }
}

/// The case whose page it was; empty on any other page.
fn case_href(visit: &Visit) -> String {
    let number = visit.path.strip_prefix("/cases/").and_then(|rest| rest.split('/').next());
    number.map_or_else(String::new, |number| visit.url(&format!("/cases/{number}")))
}

//! Addresses of services and cases.

use madang_http::Visit;

pub fn service(visit: &Visit, id: &str) -> String {
    visit.url(&format!("/services/{id}"))
}

pub fn screen(visit: &Visit, service: &str, screen: u8) -> String {
    visit.url(&format!("/services/{service}/new/{screen}"))
}

pub fn case(visit: &Visit, number: &str) -> String {
    visit.url(&format!("/cases/{number}"))
}

pub fn under(visit: &Visit, number: &str, what: &str) -> String {
    visit.url(&format!("/cases/{number}/{what}"))
}

/// The sign-in page, which leads back to where the visitor is.
pub fn sign_in(visit: &Visit, back: &str) -> String {
    let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
    format!("{}?{query}", visit.url("/sign-in"))
}

//! Headers that every response carries.

use axum::response::Response;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

/// No inline script or style, nothing from another host, no framing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same for what other sites may embed (the badge and the widget).
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; \
                            frame-ancestors *";

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// Adds the headers that the handler has not set itself. An answer that passes here twice keeps those of the first time:
/// the route knows whether it may be embedded.
pub(crate) fn add(response: &mut Response, secure: bool, embeddable: bool) {
    let headers = response.headers_mut();
    if headers.contains_key(PERMISSIONS) {
        return;
    }
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(CONTENT_SECURITY_POLICY, if embeddable { EMBED_POLICY } else { POLICY });
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(PERMISSIONS, "camera=(), microphone=(), payment=(), usb=()");
    if !embeddable {
        set(X_FRAME_OPTIONS, "DENY");
    }
    if secure {
        set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

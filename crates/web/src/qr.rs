//! A text as a QR code in SVG, without any style: the policy of the pages allows none.

use madang_base::{Error, Result};
use qrcode::{EcLevel, QrCode};

/// The blank margin that readers need, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// The picture. White stays white in every colour mode, for the sake of readers.
///
/// # Errors
/// `Kind::Internal` for a text that is too long for a code.
pub(crate) fn svg(text: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let side = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % side + QUIET, at / side + QUIET));
        }
    }
    let whole = side + 2 * QUIET;
    Ok(format!(
        "<svg viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\" focusable=\"false\">\
         <rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_picture() {
        let picture = svg("https://gov.example/ko/receipts/00062d1f0a8c40-0123456789abcdef").unwrap();
        assert!(picture.starts_with("<svg") && picture.len() < 40_000, "{}", picture.len());
    }
}

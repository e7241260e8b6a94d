//! What a file is, from its content. The sender's name counts only between the two kinds of text.

use encoding_rs::EUC_KR;
use image::ImageFormat;
use madang_base::{Error, Result};
use unicode_normalization::UnicodeNormalization as _;

use crate::coded;

coded! {
    /// The types that are kept; no browser runs any of them.
    pub enum MediaType("blob.type") {
        Pdf = "application/pdf",
        Png = "image/png",
        Jpeg = "image/jpeg",
        Text = "text/plain; charset=utf-8",
        TextKorean = "text/plain; charset=euc-kr",
        Csv = "text/csv; charset=utf-8",
        CsvKorean = "text/csv; charset=euc-kr",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Odt = "application/vnd.oasis.opendocument.text",
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
        Hwp = "application/vnd.hancom.hwp",
        Hwpx = "application/vnd.hancom.hwpx",
    }
}

impl MediaType {
    /// Whether a browser may show it in place; everything else is a download.
    #[must_use]
    pub const fn inline(self) -> bool {
        self.image() || matches!(self, Self::Pdf)
    }

    #[must_use]
    pub const fn image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }

    /// The ending of file names, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Text | Self::TextKorean => "txt",
            Self::Csv | Self::CsvKorean => "csv",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Hwp => "hwp",
            Self::Hwpx => "hwpx",
        }
    }
}

/// What [`sniff`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// To be re-encoded.
    Picture(ImageFormat),
    /// To be kept as it is.
    File(MediaType),
}

/// Finds the type.
///
/// # Errors
/// `Kind::Invalid`: `blob.type`, `blob.macros`, `blob.text`.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Result<Found> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Found::Picture(ImageFormat::Png));
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(Found::Picture(ImageFormat::Jpeg));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Found::Picture(ImageFormat::WebP));
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Found::File(MediaType::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes).map(Found::File);
    }
    // A compound file (MS-CFB): HWP 5 says so in its FileHeader stream. Old Word and Excel files are refused.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let hwp = contains(bytes, b"HWP Document File");
        return if hwp { Ok(Found::File(MediaType::Hwp)) } else { Err(Error::invalid("blob.type")) };
    }
    let csv = match ending(name) {
        Some("csv") => true,
        Some("txt" | "text" | "md") => false,
        _ => return Err(Error::invalid("blob.type")),
    };
    Ok(Found::File(match (csv, korean(bytes)?) {
        (true, false) => MediaType::Csv,
        (true, true) => MediaType::CsvKorean,
        (false, false) => MediaType::Text,
        (false, true) => MediaType::TextKorean,
    }))
}

/// Whether a text is EUC-KR (with the extensions of Windows) instead of UTF-8.
fn korean(bytes: &[u8]) -> Result<bool> {
    if bytes.iter().any(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c)) {
        return Err(Error::invalid("blob.text"));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(false);
    }
    match EUC_KR.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(_) => Ok(true),
        None => Err(Error::invalid("blob.text")),
    }
}

/// Office files are archives: what is in them says what they are.
fn zipped(bytes: &[u8]) -> Result<MediaType> {
    let names = zip_names(bytes).ok_or_else(|| Error::invalid("blob.type"))?;
    if names.iter().any(|name| name.ends_with(b"vbaProject.bin")) {
        return Err(Error::invalid("blob.macros"));
    }
    let has = |wanted: &[u8]| names.contains(&wanted);
    let found = match first_entry(bytes) {
        Some((b"mimetype", b"application/hwp+zip")) => Some(MediaType::Hwpx),
        Some((b"mimetype", b"application/vnd.oasis.opendocument.text")) => Some(MediaType::Odt),
        Some((b"mimetype", b"application/vnd.oasis.opendocument.spreadsheet")) => Some(MediaType::Ods),
        _ if !has(b"[Content_Types].xml") => None,
        _ if has(b"xl/workbook.xml") => Some(MediaType::Xlsx),
        _ if has(b"word/document.xml") => Some(MediaType::Docx),
        _ if has(b"ppt/presentation.xml") => Some(MediaType::Pptx),
        _ => None,
    };
    found.ok_or_else(|| Error::invalid("blob.type"))
}

/// Names in the central directory (APPNOTE 4.3.12, 4.3.16); none of a broken, split or 64-bit archive.
fn zip_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    const END: usize = 22;
    let from = bytes.len().checked_sub(END)?;
    let end =
        (from.saturating_sub(usize::from(u16::MAX))..=from).rev().find(|&at| bytes[at..].starts_with(b"PK\x05\x06"))?;
    let count = number(bytes, end + 10, 2)?;
    let mut at = number(bytes, end + 16, 4)?;
    let mut names = Vec::new();
    for _ in 0..count {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        let (name, extra, comment) =
            (number(bytes, at + 28, 2)?, number(bytes, at + 30, 2)?, number(bytes, at + 32, 2)?);
        names.push(bytes.get(at + 46..at + 46 + name)?);
        at += 46 + name + extra + comment;
    }
    Some(names)
}

/// Name and content of the first entry when it is stored uncompressed (APPNOTE 4.3.7).
fn first_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if number(bytes, 8, 2)? != 0 {
        return None;
    }
    let (size, name, extra) = (number(bytes, 18, 4)?, number(bytes, 26, 2)?, number(bytes, 28, 2)?);
    let start = 30 + name + extra;
    Some((bytes.get(30..30 + name)?, bytes.get(start..start + size)?))
}

/// A little-endian number of `width` bytes.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    bytes.get(at..at + width).map(|part| part.iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte)))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The longest name that is kept, in characters.
const MAX_NAME: usize = 120;

/// The last part of a path, composed (macOS sends Hangul in pieces), without control and direction characters.
pub(super) fn harmless_name(declared: &str) -> String {
    let last = declared.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let name: String =
        last.nfc().filter(|c| !hidden(*c) && !matches!(c, '"' | '<' | '>' | '|' | '?' | '*' | ':')).collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if end.len() <= 5 && !stem.is_empty() => (stem, Some(end)),
        _ => (name, None),
    };
    let stem: String = stem.chars().take(MAX_NAME - 6).collect();
    match (stem.is_empty(), end) {
        (true, _) => "file".to_owned(),
        (false, Some(end)) => format!("{stem}.{end}"),
        (false, None) => stem,
    }
}

fn ending(name: &str) -> Option<&'static str> {
    const KNOWN: [&str; 18] = [
        "csv", "txt", "text", "md", "pdf", "png", "jpg", "jpeg", "webp", "xlsx", "docx", "pptx", "odt", "ods", "hwp",
        "hwpx", "jfif", "apng",
    ];
    let end = name.rsplit_once('.')?.1;
    KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(end))
}

/// The name with the ending of the type it really has.
pub(super) fn with_ending(name: &str, media_type: MediaType) -> String {
    let right = media_type.ending();
    match ending(name) {
        Some(end) if end == right || (media_type == MediaType::Jpeg && end == "jpeg") => name.to_owned(),
        Some(end) => format!("{}.{right}", &name[..name.len() - end.len() - 1]),
        None => format!("{name}.{right}"),
    }
}

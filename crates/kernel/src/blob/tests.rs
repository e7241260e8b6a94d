//! What is taken in, what is refused, and that nothing of a photo but its pixels stays.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use madang_base::Kind;
use madang_db::testing::TestDb;
use proptest::prelude::*;

use super::*;
use crate::object::ObjectKind;
use crate::tests::{act, ctx};

async fn put(bytes: impl Into<Bytes>, name: &str) -> Result<Upload> {
    Blobs::memory().put(bytes.into(), name).await
}

async fn refused(bytes: impl Into<Bytes>, name: &str) -> &'static str {
    put(bytes, name).await.map_or_else(|error| error.code(), |_| "kept")
}

/// Left half red, right half blue.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

/// A JPEG whose Exif says "turn by 90 degrees" (orientation 6) and names a place.
fn photo() -> Vec<u8> {
    let mut plain = Vec::new();
    flag(64, 32).write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 95)).unwrap();
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend(2u16.to_le_bytes());
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]); // Orientation, SHORT, 1 value: 6
    exif.extend([0x0e, 0x01, 2, 0, 20, 0, 0, 0, 38, 0, 0, 0]); // ImageDescription, ASCII, 20 bytes at offset 38
    exif.extend(0u32.to_le_bytes());
    exif.extend(b"37.5665N 126.9780E!\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
}

#[tokio::test]
async fn a_photo_keeps_its_pixels_and_nothing_else() {
    let original = photo();
    assert!(original.windows(8).any(|w| w == b"37.5665N"));
    let blobs = Blobs::memory();
    let kept = blobs.put(original.into(), "사진.JPG").await.unwrap();
    assert_eq!((kept.blob.media_type, kept.blob.width, kept.blob.height), (MediaType::Jpeg, Some(32), Some(64)));
    assert_eq!(kept.name, "사진.JPG");
    let bytes = blobs.get(&kept.blob.sha256).await.unwrap();
    for secret in [&b"Exif"[..], b"37.5665N"] {
        assert!(!bytes.windows(secret.len()).any(|w| w == secret));
    }
    // Orientation 6: what was left is on top.
    let pixels = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert!(pixels.get_pixel(16, 8).0[0] > 180 && pixels.get_pixel(16, 56).0[2] > 180);
}

#[tokio::test]
async fn pictures_of_every_format() {
    let opaque = DynamicImage::ImageRgb8(flag(20, 10));
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(20, 10, Rgba([1, 2, 3, 100])));
    let deep = DynamicImage::ImageLuma16(opaque.to_luma16());
    let webp = |picture: &DynamicImage| {
        let mut out = Vec::new();
        picture.write_with_encoder(WebPEncoder::new_lossless(&mut out)).unwrap();
        out
    };
    for (bytes, name, kind, kept_name) in [
        (png(&opaque), "a.png", MediaType::Png, "a.png"),
        (png(&clear), "a", MediaType::Png, "a.png"),
        (png(&deep), "a.jpg", MediaType::Png, "a.png"),
        (webp(&opaque), "a.webp", MediaType::Jpeg, "a.jpg"),
        (webp(&clear), "a.webp", MediaType::Png, "a.png"),
    ] {
        let kept = put(bytes, name).await.unwrap();
        assert_eq!((kept.blob.media_type, kept.name.as_str()), (kind, kept_name));
        assert_eq!((kept.blob.width, kept.blob.height), (Some(20), Some(10)));
    }
}

#[tokio::test]
async fn large_pictures_are_made_smaller_and_bombs_are_refused() {
    let blobs = Blobs::memory().with_limits(Limits { side: 50, pixels: 20_000, ..Limits::default() });
    let wide = png(&DynamicImage::ImageRgb8(flag(200, 100)));
    let kept = blobs.put(wide.into(), "a.png").await.unwrap();
    assert_eq!((kept.blob.width, kept.blob.height), (Some(50), Some(25)));
    let bomb = png(&DynamicImage::ImageRgb8(flag(201, 100)));
    let refused = blobs.put(bomb.into(), "a.png").await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (Kind::Invalid, "blob.image-too-large"));
}

#[tokio::test]
async fn broken_pictures_are_refused() {
    let whole = png(&DynamicImage::ImageRgb8(flag(40, 40)));
    for end in [8, 20, 40, whole.len() / 2] {
        assert_eq!(refused(whole[..end].to_vec(), "a.png").await, "blob.image", "{end} bytes");
    }
    assert_eq!(refused(&b"\xff\xd8\xff\xe0 not a jpeg"[..], "a.jpg").await, "blob.image");
    assert_eq!(refused(&b"RIFF\x10\0\0\0WEBPVP8 nothing"[..], "a.webp").await, "blob.image");
}

/// A ZIP archive of stored entries, as office programs write them.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let at = u32::try_from(out.len()).unwrap();
        let (size, length) = (u32::try_from(content.len()).unwrap(), u16::try_from(name.len()).unwrap());
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(size.to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend(length.to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (u32::try_from(out.len()).unwrap(), u16::try_from(entries.len()).unwrap());
    let size = u32::try_from(directory.len()).unwrap();
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[tokio::test]
async fn documents_are_known_by_what_is_in_them() {
    let types = ("[Content_Types].xml", "<Types/>");
    let hwp = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], b"HWP Document File", &[0; 300]].concat();
    for (bytes, name, kind, kept_name) in [
        (b"%PDF-1.7\n%stuff".to_vec(), "보고서.pdf", MediaType::Pdf, "보고서.pdf"),
        (b"%PDF-1.7\n%stuff".to_vec(), "보고서.exe.docx", MediaType::Pdf, "보고서.exe.pdf"),
        (zip(&[types, ("xl/workbook.xml", "x")]), "a.xlsx", MediaType::Xlsx, "a.xlsx"),
        (zip(&[types, ("word/document.xml", "x")]), "a.docx", MediaType::Docx, "a.docx"),
        (zip(&[types, ("ppt/presentation.xml", "x")]), "a.pptx", MediaType::Pptx, "a.pptx"),
        (zip(&[("mimetype", "application/hwp+zip"), types]), "a.hwpx", MediaType::Hwpx, "a.hwpx"),
        (zip(&[("mimetype", "application/vnd.oasis.opendocument.text")]), "a", MediaType::Odt, "a.odt"),
        (zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), "a.ods", MediaType::Ods, "a.ods"),
        (hwp, "공문.hwp", MediaType::Hwp, "공문.hwp"),
        ("이름,값\n".into(), "a.csv", MediaType::Csv, "a.csv"),
        (b"\xc0\xcc\xb8\xa7,\xb0\xaa\n".to_vec(), "a.CSV", MediaType::CsvKorean, "a.CSV"),
        ("글\n".into(), "a.txt", MediaType::Text, "a.txt"),
        (b"\xb1\xdb\n".to_vec(), "a.txt", MediaType::TextKorean, "a.txt"),
    ] {
        let kept = put(bytes.clone(), name).await.unwrap();
        assert_eq!((kept.blob.media_type, kept.name.as_str()), (kind, kept_name));
        assert_eq!(kept.blob.sha256, digest::sha256(&bytes), "documents are kept as they are");
        assert_eq!(kept.blob.size, i64::try_from(bytes.len()).unwrap());
    }
}

#[tokio::test]
async fn what_is_not_on_the_list_is_refused() {
    let old_word = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
    let types = ("[Content_Types].xml", "<Types/>");
    let macros = zip(&[types, ("xl/workbook.xml", "x"), ("xl/vbaProject.bin", "x")]);
    for (bytes, name, code) in [
        (Vec::new(), "a.txt", "blob.empty"),
        (b"<script>alert(1)</script>".to_vec(), "a.html", "blob.type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "a.svg", "blob.type"),
        (b"\x7fELF".to_vec(), "a", "blob.type"),
        (b"MZ\x90\0".to_vec(), "a.txt", "blob.text"),
        (b"\xff\xfe\xfd".to_vec(), "a.csv", "blob.text"),
        (b"GIF89a".to_vec(), "a.gif", "blob.type"),
        (zip(&[("a.exe", "MZ")]), "a.zip", "blob.type"),
        (zip(&[types, ("other.xml", "x")]), "a.docx", "blob.type"),
        (b"PK\x03\x04 broken".to_vec(), "a.xlsx", "blob.type"),
        (macros, "a.xlsx", "blob.macros"),
        (old_word, "a.doc", "blob.type"),
    ] {
        assert_eq!(refused(bytes, name).await, code, "{name}");
    }
    let small = Blobs::memory().with_limits(Limits { bytes: 4, ..Limits::default() });
    assert_eq!(small.put("abcde".into(), "a.txt").await.unwrap_err().code(), "blob.too-large");
    assert!(small.put("abcd".into(), "a.txt").await.is_ok());
}

#[test]
fn names_are_made_harmless() {
    for (declared, kept) in [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\문서\\보고서.pdf", "보고서.pdf"),
        ("한글.txt", "한글.txt"),
        ("a\u{202e}fdp.txt", "afdp.txt"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie b.txt"),
        ("\"quoted\".txt", "quoted.txt"),
        ("...", "file"),
        ("", "file"),
    ] {
        assert_eq!(sniff::harmless_name(declared), kept, "{declared:?}");
    }
    assert_eq!(sniff::harmless_name(&format!("{}.pdf", "가".repeat(500))).chars().count(), 118);
}

#[test]
fn only_pictures_and_pdf_are_shown_in_place() {
    let shown: Vec<_> = MediaType::ALL.iter().filter(|kind| kind.inline()).collect();
    assert_eq!(shown, [&MediaType::Pdf, &MediaType::Png, &MediaType::Jpeg]);
    for kind in MediaType::ALL {
        let active = ["html", "svg", "xml\"", "javascript", "xhtml"];
        assert!(!active.iter().any(|word| kind.code().contains(word)), "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Nothing that anybody sends makes it fall over.
    #[test]
    fn anything_may_be_sent(
        head in prop::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"%PDF-", b"PK\x05\x06",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..200),
        end in prop::sample::select(vec![&b""[..], b"PK\x05\x06\0\0\0\0\x01\0\x01\0\xff\0\0\0\x04\0\0\0\0\0"]),
        name in "\\PC{0,30}(\\.[a-z]{1,5})?",
    ) {
        let bytes = [head, &tail, end].concat();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        if let Err(error) = runtime.block_on(put(bytes, &name)) {
            prop_assert_eq!(error.kind(), Kind::Invalid);
        }
    }
}

#[tokio::test]
async fn files_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("a/files");
    let blobs = Blobs::local(&inside).unwrap();
    let kept = blobs.put("글".into(), "a.txt").await.unwrap();
    let sha256 = &kept.blob.sha256;
    let path = inside.join(&sha256[..2]).join(&sha256[2..]);
    assert_eq!(std::fs::read(&path).unwrap(), "글".as_bytes());
    assert_eq!(Blobs::local(&inside).unwrap().get(sha256).await.unwrap(), "글");
    std::fs::write(&path, "다른 글").unwrap();
    assert_eq!(blobs.get(sha256).await.unwrap_err().kind(), Kind::Internal);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(blobs.get(sha256).await.unwrap_err().code(), "blob.unknown");
    for name in ["", "../a", "..", &sha256.to_uppercase(), &"g".repeat(64)] {
        assert_eq!(blobs.get(name).await.unwrap_err().code(), "blob.unknown", "{name:?}");
    }
    std::fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(Blobs::local(&folder.path().join("file")).unwrap_err().code(), "blob.folder");
}

#[tokio::test]
async fn the_sweep_leaves_what_is_used_and_what_is_new() {
    for db in TestDb::both() {
        let blobs = Blobs::memory();
        let used = blobs.put("쓰는 글".into(), "a.txt").await.unwrap();
        let orphan = blobs.put("버린 글".into(), "b.txt").await.unwrap();
        let update = Ref::new(ObjectKind::Update, "u-1");
        let (file, here) = (used.clone(), update.clone());
        act(&db, &ctx(), move |tx, ctx| {
            attach(tx, ctx, &file, &here)?;
            attach(tx, ctx, &Upload { name: "이름.txt".into(), ..file.clone() }, &here)
        })
        .await
        .unwrap();
        let here = update.clone();
        let all = db.read(move |tx| attachments(tx, &here)).await.unwrap();
        assert_eq!(all.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["이름.txt"]);
        let digest = used.blob.sha256.clone();
        let found = db.read(move |tx| attachment_of_kind(tx, &digest, ObjectKind::Update)).await.unwrap();
        assert_eq!(found.name, "이름.txt");
        let digest = used.blob.sha256.clone();
        let other = db.read(move |tx| attachment_of_kind(tx, &digest, ObjectKind::Round)).await;
        assert_eq!(other.unwrap_err().code(), "blob.unknown", "no round uses it");

        assert_eq!(sweep(&db, &blobs, crate::tests::NOW).await.unwrap(), Swept::default(), "all is new");
        let far = Time::from_micros(i64::MAX / 4);
        assert_eq!(sweep(&db, &blobs, far).await.unwrap(), Swept { rows: 0, files: 1 });
        assert!(blobs.get(&used.blob.sha256).await.is_ok());
        assert!(blobs.get(&orphan.blob.sha256).await.is_err());
    }
}

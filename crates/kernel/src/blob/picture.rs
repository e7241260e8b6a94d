//! Images are decoded and written anew: metadata (where a photo was taken), colour profiles, further frames and
//! whatever was hidden behind the pixels stay behind. What cannot be decoded is not kept.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader};
use madang_base::{Error, Result};

use super::{Limits, MediaType};

/// Of 100; a photo looks the same and grows little.
const JPEG_QUALITY: u8 = 88;
/// Bytes that decoding may take.
const MEMORY: u64 = 512 << 20;

#[derive(Debug)]
pub(super) struct Picture {
    pub bytes: Bytes,
    pub media_type: MediaType,
    pub width: u32,
    pub height: u32,
}

/// Decodes, turns it as its orientation says, makes it smaller when it is too large, and encodes: PNG as PNG, JPEG as
/// JPEG, WebP as one of the two.
///
/// # Errors
/// `Kind::Invalid`: `blob.image` when it cannot be decoded, `blob.image-too-large` when it has too many pixels.
pub(super) fn re_encode(bytes: &[u8], format: ImageFormat, limits: Limits) -> Result<Picture> {
    let undecodable = |source: image::ImageError| Error::invalid("blob.image").source(source);
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(undecodable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(Error::invalid("blob.image-too-large").arg("limit", limits.pixels / 1_000_000));
    }
    let mut memory = image::Limits::no_limits();
    memory.max_alloc = Some(MEMORY);
    decoder.set_limits(memory).map_err(undecodable)?;
    let orientation = decoder.orientation().map_err(undecodable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > limits.side {
        picture = picture.resize(limits.side, limits.side, FilterType::Triangle);
    }
    let (width, height) = (picture.width(), picture.height());
    let (bytes, media_type) = encode(picture, format)?;
    Ok(Picture { bytes, media_type, width, height })
}

fn encode(picture: DynamicImage, format: ImageFormat) -> Result<(Bytes, MediaType)> {
    let color = picture.color();
    let mut out = Vec::new();
    let as_png = format == ImageFormat::Png || (format == ImageFormat::WebP && color.has_alpha());
    // Eight bits for each channel are what screens show.
    let picture = match (color.has_color(), color.has_alpha() && as_png) {
        (true, true) => DynamicImage::ImageRgba8(picture.into_rgba8()),
        (true, false) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (false, true) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
    };
    if as_png {
        picture.write_with_encoder(PngEncoder::new(&mut out)).map_err(Error::internal)?;
        Ok((out.into(), MediaType::Png))
    } else {
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)).map_err(Error::internal)?;
        Ok((out.into(), MediaType::Jpeg))
    }
}

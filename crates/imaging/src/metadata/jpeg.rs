//! JPEG keeps its scans, its color profile and Adobe's word on inks.

use crate::{
    Budget, Error, Result, exif,
    probe::{jpeg_segments, parse_jpeg},
};

pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>> {
    let orientation = parse_jpeg(
        bytes,
        &Budget {
            max_pixels: u64::MAX,
            max_memory: u64::MAX,
            ..Budget::default()
        },
    )?
    .orientation;
    let mut kept = bytes.get(..2).unwrap_or_default().to_vec();
    if orientation != 1 {
        kept.extend(orientation_segment(orientation));
    }
    for segment in jpeg_segments(bytes) {
        let keep = match segment.marker {
            0xe2 => segment.body.starts_with(b"ICC_PROFILE\0"),
            0xee => segment.body.starts_with(b"Adobe"),
            0xe0 => segment.body.starts_with(b"JFIF\0"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if keep && segment.marker == 0xe0 {
            kept.extend(without_preview(segment.body));
        } else if keep {
            kept.extend_from_slice(&bytes[segment.start..segment.end]);
        }
    }
    if !kept.ends_with(b"\xff\xd9") {
        return Err(Error::corrupt("the picture is cut off"));
    }
    Ok(kept)
}

/// The JFIF segment without the little picture it may carry.
fn without_preview(body: &[u8]) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe0, 0, 16];
    let mut head = body.get(..12).unwrap_or_default().to_vec();
    head.resize(14, 0);
    segment.extend(head);
    segment
}

fn orientation_segment(orientation: u8) -> Vec<u8> {
    let exif = exif::minimal(orientation);
    let size = u16::try_from(exif.len() + 8).unwrap_or(u16::MAX);
    let mut segment = vec![0xff, 0xe1];
    segment.extend(size.to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(exif);
    segment
}

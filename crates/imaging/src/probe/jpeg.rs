//! JPEG's segments: size, profile, orientation and whether the picture is whole.

use crate::{Budget, Error, Result, exif, source::Numbers};

/// What the segments tell before anything is decoded.
#[derive(Debug, Default)]
pub(crate) struct Jpeg {
    /// Pixels across, as stored.
    pub width: u32,
    /// Pixels down, as stored.
    pub height: u32,
    /// Grayscale, three or four channels.
    pub components: u8,
    /// Whether Adobe's marker says that CMYK is stored inverted.
    pub adobe: bool,
    /// EXIF orientation.
    pub orientation: u8,
    /// The colour profile, put together.
    pub icc: Vec<u8>,
    /// Whether all scans must be held as coefficients.
    pub progressive: bool,
    /// Samples a pixel over all components: 3.0 for 4:4:4, 1.5 for 4:2:0.
    pub density: f32,
    /// Where the end marker ends; `None` where there is none.
    pub end: Option<usize>,
}

/// A marker and where its segment stands, marker and length included.
pub(crate) struct Segment<'a> {
    /// The second byte of the marker.
    pub marker: u8,
    /// Where the marker begins.
    pub start: usize,
    /// Where the segment ends; for a scan, where its data ends.
    pub end: usize,
    /// What stands between.
    pub body: &'a [u8],
}

/// The segments in order, scans with their data, up to the end marker.
pub(crate) fn segments(bytes: &[u8]) -> Vec<Segment<'_>> {
    let (mut at, mut found) = (2, Vec::new());
    while let Some(marker) = next_marker(bytes, &mut at) {
        let start = at;
        if marker == 0xd9 || matches!(marker, 0x01 | 0xd0..=0xd8) {
            at += 2;
            found.push(Segment {
                marker,
                start,
                end: at,
                body: &[],
            });
            if marker == 0xd9 {
                break;
            }
            continue;
        }
        let size = usize::from(bytes.be16(at + 2).unwrap_or(2)).max(2);
        let body_end = (at + 2 + size).min(bytes.len());
        let body = bytes.get(at + 4..body_end).unwrap_or_default();
        at = if marker == 0xda {
            scan_end(bytes, body_end)
        } else {
            body_end
        };
        found.push(Segment {
            marker,
            start,
            end: at,
            body,
        });
    }
    found
}

/// Moves to the next marker, over fill bytes and stray data.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        while *bytes.get(*at)? != 0xff {
            *at += 1;
        }
        match *bytes.get(*at + 1)? {
            0xff => *at += 1,
            0x00 => *at += 2,
            marker => return Some(marker),
        }
    }
}

/// Where the data of a scan ends: at a marker that is no restart.
fn scan_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(step) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| *b == 0xff))
    {
        at += step;
        match bytes.get(at + 1) {
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

/// Each pass over a progressive picture walks all of it; encoders make about ten.
const MAX_SCANS: u32 = 200;

/// Reads the segments and checks the budget.
pub(crate) fn parse(bytes: &[u8], budget: &Budget) -> Result<Jpeg> {
    let mut jpeg = Jpeg {
        orientation: 1,
        ..Jpeg::default()
    };
    let (mut profile, mut scans) = (Vec::new(), 0);
    for segment in segments(bytes) {
        let body = segment.body;
        match segment.marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf if jpeg.width == 0 => {
                frame(&mut jpeg, segment.marker, body)?;
            }
            0xe1 if body.starts_with(b"Exif\0\0") => jpeg.orientation = exif::orientation(body),
            0xe2 if body.starts_with(b"ICC_PROFILE\0") && body.len() > 14 => {
                profile.push((body[12], &body[14..]));
            }
            0xee if body.starts_with(b"Adobe") => jpeg.adobe = true,
            0xda => scans += 1,
            0xd9 => jpeg.end = Some(segment.end),
            _ => {}
        }
    }
    if scans > MAX_SCANS {
        return Err(Error::corrupt(format!(
            "the picture is drawn in {scans} passes, more than the {MAX_SCANS} allowed"
        )));
    }
    if jpeg.width == 0 || scans == 0 {
        return Err(Error::corrupt(
            "the picture is cut off or damaged: it has no image data",
        ));
    }
    profile.sort_by_key(|(number, _)| *number);
    jpeg.icc = profile
        .into_iter()
        .flat_map(|(_, part)| part)
        .copied()
        .collect();
    budget.check_pixels(jpeg.width, jpeg.height)?;
    if jpeg.progressive {
        // Two bytes a coefficient, and as much again while it is put out at full size.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 17"
        )]
        budget.check_memory(jpeg.width, jpeg.height, (jpeg.density * 2.0).ceil() as u64)?;
    }
    Ok(jpeg)
}

/// Size and sampling out of the frame header.
fn frame(jpeg: &mut Jpeg, marker: u8, body: &[u8]) -> Result<()> {
    let damaged = || Error::corrupt("the picture's header is damaged");
    jpeg.height = body.be16(1).ok_or_else(damaged)?.into();
    jpeg.width = body.be16(3).ok_or_else(damaged)?.into();
    jpeg.components = *body.get(5).ok_or_else(damaged)?;
    jpeg.progressive = marker == 0xc2 || marker == 0xca;
    let factors = body.get(6..).unwrap_or_default().chunks_exact(3);
    let areas = factors.map(|part| f32::from(part[1] >> 4) * f32::from(part[1] & 0xf));
    let (sum, most) = areas.fold((0.0, 1.0), |(sum, most), area| {
        (sum + area, f32::max(most, area))
    });
    jpeg.density = (sum / most).clamp(1.0, 8.0);
    if jpeg.width == 0 || jpeg.height == 0 {
        return Err(Error::corrupt("the picture has no width or no height"));
    }
    Ok(())
}

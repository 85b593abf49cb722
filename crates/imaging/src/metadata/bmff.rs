//! Films and HEIF pictures are patched in place: no sample moves, so that no table is wrong.

use std::io::SeekFrom;

use super::Patch;
use crate::{
    Budget, Error, Result, Source,
    probe::{BoxHeader, boxes, parse_heif},
};

/// The most metadata that is blanked; beyond it stands no metadata.
const MAX_BLANK: u64 = 2 << 20;
/// Tracks that are looked into.
const MAX_TRACKS: usize = 64;

/// Patches that blank the items `Exif` and XMP.
pub(super) fn picture(bytes: &[u8], budget: &Budget) -> Result<Vec<Patch>> {
    let budget = Budget {
        max_pixels: u64::MAX,
        ..*budget
    };
    let ranges = parse_heif(bytes, &budget)?.private;
    let told: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    if told > bytes.len() {
        return Err(Error::corrupt("the picture tells of more data than it has"));
    }
    let told = ranges
        .into_iter()
        .filter(|range| range.end <= bytes.len() && !range.is_empty());
    Ok(told
        .filter(|range| bytes[range.clone()].iter().any(|byte| *byte != 0))
        .map(|range| Patch {
            offset: range.start as u64,
            bytes: vec![0; range.len()],
        })
        .collect())
}

/// Patches that turn the boxes of place, device and author into free space.
pub(super) fn film(source: &mut dyn Source) -> Result<Vec<Patch>> {
    let len = source.seek(SeekFrom::End(0))?;
    let top = boxes(source, 0, len)?;
    let mut private: Vec<BoxHeader> = top.iter().copied().filter(is_private).collect();
    for moov in top.iter().filter(|found| &found.kind == b"moov") {
        let inside = boxes(source, moov.body, moov.end)?;
        private.extend(inside.iter().copied().filter(is_private));
        for trak in inside
            .iter()
            .filter(|found| &found.kind == b"trak")
            .take(MAX_TRACKS)
        {
            private.extend(
                boxes(source, trak.body, trak.end)?
                    .into_iter()
                    .filter(is_private),
            );
        }
    }
    if private
        .iter()
        .map(|found| found.end - found.start)
        .sum::<u64>()
        > MAX_BLANK
    {
        return Err(Error::corrupt("the film holds more metadata than film"));
    }
    Ok(private.into_iter().map(blank).collect())
}

fn is_private(found: &BoxHeader) -> bool {
    matches!(&found.kind, b"udta" | b"meta" | b"uuid" | b"XMP_")
}

/// The type becomes `free` and the body nothing; the length stays.
fn blank(found: BoxHeader) -> Patch {
    let mut bytes = b"free".to_vec();
    let skipped = found.body - found.start - 8;
    // A long length stands between type and body, and must stay.
    if skipped > 0 {
        bytes.extend((found.end - found.start).to_be_bytes());
    }
    bytes.resize(usize::try_from(found.end - found.start - 4).unwrap_or(4), 0);
    Patch {
        offset: found.start + 4,
        bytes,
    }
}

//! AMR voice notes: a magic line, then frames of 20 milliseconds.

use std::io::SeekFrom;

use super::{Facts, ratio};
use crate::{Error, Format, Result, Source, source::read_at};

/// Bytes of a frame by its mode, the mode's own byte included.
const NARROW: [usize; 16] = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];
const WIDE: [usize; 16] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1];
/// How much is walked frame by frame; the rest is reckoned from the mean.
const WINDOW: usize = 4 << 20;

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let bytes = read_at(source, 0, WINDOW)?;
    let wide = bytes.starts_with(b"#!AMR-WB\n");
    let (sizes, start, codec) = if wide {
        (WIDE, 9, "amrwb")
    } else {
        (NARROW, 6, "amrnb")
    };
    let (mut at, mut frames) = (start, 0_u64);
    while let Some(mode) = bytes.get(at) {
        at += sizes[usize::from(mode >> 3 & 0xf)];
        frames += 1;
    }
    if frames == 0 {
        return Err(Error::corrupt("no frame of sound was found"));
    }
    let walked = (bytes.len() - start) as u64;
    let all = frames * (len - start as u64) / walked.max(1);
    Ok(Facts::sound(Format::Amr, codec, ratio(all, 50)))
}

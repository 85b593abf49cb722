//! AAC in ADTS frames: nothing tells the length but the frames themselves.

use std::io::SeekFrom;

use super::{Facts, after_id3, ratio};
use crate::{Error, Format, Result, Source, source::read_at};

const RATES: [u32; 13] = [
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
];
/// How much is walked frame by frame; the rest is reckoned from the mean.
const WINDOW: usize = 4 << 20;

/// Rate and length of the frame that begins here.
fn frame(bytes: &[u8]) -> Option<(u32, usize)> {
    let head = bytes.first_chunk::<6>()?;
    if head[0] != 0xff || head[1] & 0xf6 != 0xf0 {
        return None;
    }
    let rate = *RATES.get(usize::from(head[2] >> 2 & 0xf))?;
    let [high, middle, low] = [head[3] & 3, head[4], head[5]].map(usize::from);
    let len = high << 11 | middle << 3 | low >> 5;
    (len >= 7).then_some((rate, len))
}

/// Whether two frames follow each other here, or one fills the rest.
pub(crate) fn is_adts(bytes: &[u8]) -> bool {
    frame(bytes).is_some_and(|(rate, len)| match bytes.get(len..) {
        Some(rest) if rest.len() >= 7 => frame(rest).is_some_and(|(next, _)| next == rate),
        _ => true,
    })
}

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let start = after_id3(&read_at(source, 0, 10)?);
    let bytes = read_at(source, start, WINDOW)?;
    let (mut at, mut frames, mut rate) = (0, 0_u64, 0);
    while let Some((frame_rate, frame_len)) = bytes.get(at..).and_then(frame) {
        (rate, at, frames) = (frame_rate, at + frame_len, frames + 1);
    }
    if frames == 0 {
        return Err(Error::corrupt("no frame of sound was found"));
    }
    let walked = (at as u64).min(bytes.len() as u64);
    let all = if bytes.len() < WINDOW {
        frames
    } else {
        frames * (len - start) / walked.max(1)
    };
    Ok(Facts::sound(
        Format::Aac,
        "aac",
        ratio(all * 1024, u64::from(rate)),
    ))
}

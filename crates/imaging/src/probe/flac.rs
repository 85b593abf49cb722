//! FLAC tells its length in its first block.

use super::{Facts, after_id3, ratio};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, read_at},
};

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let start = after_id3(&read_at(source, 0, 10)?);
    let bytes = read_at(source, start, 42)?;
    let damaged = || Error::corrupt("the header of the sound is damaged");
    if bytes.get(4).is_none_or(|kind| kind & 0x7f != 0) {
        return Err(damaged());
    }
    let packed = bytes.be64(18).ok_or_else(damaged)?;
    let (rate, samples) = (packed >> 44, packed & 0xf_ffff_ffff);
    if rate == 0 {
        return Err(damaged());
    }
    Ok(Facts::sound(Format::Flac, "flac", ratio(samples, rate)))
}

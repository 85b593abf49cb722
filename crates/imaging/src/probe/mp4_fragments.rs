//! MP4 written as it was recorded: the length is the sum of its fragments.

use std::collections::HashMap;

use super::{
    mp4::{BoxHeader, Track, boxes},
    ratio,
};
use crate::{
    Result, Source,
    source::{Numbers, read_at},
};

/// Fragments that are read: at two seconds each, more than five hours.
const MAX_FRAGMENTS: usize = 10_000;
/// The most of one run that is read: 16 bytes a sample.
const RUN: usize = 1 << 20;

/// The end of the last sample of the longest track, in seconds.
pub(super) fn seconds(
    source: &mut dyn Source,
    top: &[BoxHeader],
    mvex: BoxHeader,
    tracks: &[Track],
) -> Result<f64> {
    let defaults = defaults(source, mvex)?;
    let mut ends: HashMap<u32, u64> = HashMap::new();
    for moof in top
        .iter()
        .filter(|found| &found.kind == b"moof")
        .take(MAX_FRAGMENTS)
    {
        for traf in boxes(source, moof.body, moof.end)? {
            if &traf.kind == b"traf" {
                fragment(source, traf, &defaults, &mut ends)?;
            }
        }
    }
    let of = |track: &Track| {
        ends.get(&track.id)
            .map(|end| ratio(*end, track.timescale.into()))
    };
    Ok(tracks.iter().filter_map(of).fold(0.0, f64::max))
}

/// The default length of a sample by track.
fn defaults(source: &mut dyn Source, mvex: BoxHeader) -> Result<HashMap<u32, u32>> {
    let mut defaults = HashMap::new();
    for trex in boxes(source, mvex.body, mvex.end)? {
        if &trex.kind == b"trex" {
            let body = read_at(source, trex.body, 24)?;
            if let (Some(track), Some(length)) = (body.be32(4), body.be32(12)) {
                defaults.insert(track, length);
            }
        }
    }
    Ok(defaults)
}

/// Adds one track's fragment to the ends.
fn fragment(
    source: &mut dyn Source,
    traf: BoxHeader,
    defaults: &HashMap<u32, u32>,
    ends: &mut HashMap<u32, u64>,
) -> Result<()> {
    let (mut track, mut length, mut end) = (0, 0, None);
    for found in boxes(source, traf.body, traf.end)? {
        let size = usize::try_from(found.end - found.body)
            .unwrap_or(RUN)
            .min(RUN);
        match &found.kind {
            b"tfhd" => {
                let body = read_at(source, found.body, size)?;
                track = body.be32(4).unwrap_or(0);
                length = default_length(&body)
                    .or(defaults.get(&track).copied())
                    .unwrap_or(0);
            }
            b"tfdt" => {
                let body = read_at(source, found.body, size)?;
                let long = body.first() == Some(&1);
                end = if long {
                    body.be64(4)
                } else {
                    body.be32(4).map(u64::from)
                };
            }
            b"trun" => {
                let run = run(&read_at(source, found.body, size)?, length);
                let begun = end.or(ends.get(&track).copied()).unwrap_or(0);
                end = Some(begun.saturating_add(run));
            }
            _ => {}
        }
    }
    if let Some(end) = end {
        let known = ends.entry(track).or_default();
        *known = end.max(*known);
    }
    Ok(())
}

/// The default length of a sample in this fragment.
fn default_length(tfhd: &[u8]) -> Option<u32> {
    let flags = tfhd.be32(0)?;
    let skipped = if flags & 1 == 0 { 0 } else { 8 } + if flags & 2 == 0 { 0 } else { 4 };
    (flags & 8 != 0).then(|| tfhd.be32(8 + skipped)).flatten()
}

/// The length of a run of samples.
fn run(trun: &[u8], default: u32) -> u64 {
    let flags = trun.be32(0).unwrap_or(0);
    let count = trun.be32(4).unwrap_or(0);
    if flags & 0x100 == 0 {
        return u64::from(count) * u64::from(default);
    }
    let start = 8 + if flags & 1 == 0 { 0 } else { 4 } + if flags & 4 == 0 { 0 } else { 4 };
    let step = 4 * (flags >> 8 & 0xf).count_ones() as usize;
    (0..count as usize)
        .map_while(|index| trun.be32(start + index * step))
        .fold(0, |sum, length| sum + u64::from(length))
}

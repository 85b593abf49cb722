//! MP4, `QuickTime` and 3GPP: the film's boxes are walked by seeking, wherever `moov` stands, and
//! no table of samples is ever read.

use std::io::SeekFrom;

use super::{Facts, millis, mp4_fragments, ratio};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, array_at, read_at},
};

/// Boxes on one level that are walked before giving up.
const MAX_BOXES: usize = 100_000;
/// The most of one leaf that is read.
const LEAF: usize = 4096;
/// Tracks that are looked at.
const MAX_TRACKS: usize = 64;

/// Where a box stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoxHeader {
    /// Its type.
    pub kind: [u8; 4],
    /// Where its header begins.
    pub start: u64,
    /// Where its body begins.
    pub body: u64,
    /// Where it ends.
    pub end: u64,
}

/// The boxes between two places; one that reaches beyond is cut there.
pub(crate) fn boxes(source: &mut dyn Source, start: u64, end: u64) -> Result<Vec<BoxHeader>> {
    let (mut at, mut found) = (start, Vec::new());
    while at + 8 <= end && found.len() < MAX_BOXES {
        let head: [u8; 8] = array_at(source, at)?;
        let (short, kind) = (head.be32(0).unwrap_or(0), head.array(4).unwrap_or_default());
        let (body, size) = match short {
            0 => (at + 8, end - at),
            1 if at + 16 <= end => (at + 16, u64::from_be_bytes(array_at(source, at + 8)?)),
            size => (at + 8, u64::from(size)),
        };
        if size < body - at {
            break;
        }
        let reach = at.saturating_add(size).min(end);
        found.push(BoxHeader {
            kind,
            start: at,
            body,
            end: reach,
        });
        at = reach;
    }
    Ok(found)
}

/// What is known of one track.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub id: u32,
    pub timescale: u32,
    pub duration: u64,
    handler: [u8; 4],
    codec: String,
    width: u32,
    height: u32,
    orientation: u8,
}

pub(super) fn probe(source: &mut dyn Source, format: Format) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let top = boxes(source, 0, len)?;
    let moov = top.iter().find(|found| &found.kind == b"moov");
    let moov = moov.ok_or_else(|| Error::corrupt("the film is cut off: its index is missing"))?;
    let inside = boxes(source, moov.body, moov.end)?;
    let mut tracks = Vec::new();
    for found in inside
        .iter()
        .filter(|found| &found.kind == b"trak")
        .take(MAX_TRACKS)
    {
        tracks.push(track(source, *found)?);
    }
    if tracks.is_empty() {
        return Err(Error::corrupt("the film holds no track"));
    }
    let mut seconds = length(source, &inside, &tracks)?;
    if let Some(mvex) = inside.iter().find(|found| &found.kind == b"mvex") {
        seconds = seconds.max(mp4_fragments::seconds(source, &top, *mvex, &tracks)?);
    }
    Ok(facts(format, &tracks, seconds))
}

/// The film's length in seconds; a header that lies grossly is told by its tracks.
fn length(source: &mut dyn Source, inside: &[BoxHeader], tracks: &[Track]) -> Result<f64> {
    let longest = tracks
        .iter()
        .map(|track| ratio(track.duration, u64::from(track.timescale)))
        .fold(0.0, f64::max);
    let Some(mvhd) = inside.iter().find(|found| &found.kind == b"mvhd") else {
        return Ok(longest);
    };
    let (timescale, duration) = clock(&leaf(source, *mvhd)?);
    let told = ratio(duration, u64::from(timescale));
    let lies = longest > 0.0 && (told > longest * 2.0 + 10.0 || told * 2.0 + 10.0 < longest);
    Ok(if told > 0.0 && !lies { told } else { longest })
}

/// Time scale and duration out of `mvhd` and `mdhd`, which begin alike.
fn clock(body: &[u8]) -> (u32, u64) {
    let unknown = |duration: u64| if duration == u64::MAX { 0 } else { duration };
    if body.first() == Some(&1) {
        (
            body.be32(20).unwrap_or(0),
            unknown(body.be64(24).unwrap_or(0)),
        )
    } else {
        let duration = body
            .be32(16)
            .filter(|duration| *duration != u32::MAX)
            .unwrap_or(0);
        (body.be32(12).unwrap_or(0), u64::from(duration))
    }
}

fn leaf(source: &mut dyn Source, found: BoxHeader) -> Result<Vec<u8>> {
    let size = usize::try_from(found.end - found.body)
        .unwrap_or(LEAF)
        .min(LEAF);
    read_at(source, found.body, size)
}

fn track(source: &mut dyn Source, trak: BoxHeader) -> Result<Track> {
    let mut told = Track {
        orientation: 1,
        ..Track::default()
    };
    let mut open = vec![trak];
    while let Some(parent) = open.pop() {
        for found in boxes(source, parent.body, parent.end)? {
            match &found.kind {
                b"mdia" | b"minf" | b"stbl" => open.push(found),
                b"tkhd" => header(&mut told, &leaf(source, found)?),
                b"mdhd" => (told.timescale, told.duration) = clock(&leaf(source, found)?),
                b"hdlr" if told.handler == [0; 4] => {
                    told.handler = leaf(source, found)?.array(8).unwrap_or_default();
                }
                b"stsd" => sample(&mut told, &leaf(source, found)?),
                _ => {}
            }
        }
    }
    Ok(told)
}

/// Track number, size and rotation out of `tkhd`.
fn header(track: &mut Track, body: &[u8]) {
    let long = body.first() == Some(&1);
    track.id = body.be32(if long { 20 } else { 12 }).unwrap_or(0);
    let matrix = if long { 52 } else { 40 };
    let cell = |index: usize| {
        body.be32(matrix + index * 4)
            .unwrap_or(0)
            .cast_signed()
            .signum()
    };
    track.orientation = match (cell(0), cell(1), cell(3), cell(4)) {
        (0, 1, -1, 0) => 6,
        (-1, 0, 0, -1) => 3,
        (0, -1, 1, 0) => 8,
        _ => 1,
    };
    let size = |at: usize| body.be32(matrix + 36 + at).unwrap_or(0) >> 16;
    (track.width, track.height) = (size(0), size(4));
}

/// Codec and stored size out of the first sample description.
fn sample(track: &mut Track, body: &[u8]) {
    let tag: [u8; 4] = body.array(12).unwrap_or_default();
    track.codec = codec(tag, body);
    if &track.handler == b"vide" || is_video(&track.codec) {
        let stored = body
            .be16(40)
            .zip(body.be16(42))
            .filter(|(w, h)| *w > 0 && *h > 0);
        if let Some((width, height)) = stored {
            (track.width, track.height) = (width.into(), height.into());
        }
    }
}

fn is_video(codec: &str) -> bool {
    matches!(
        codec,
        "h263" | "h264" | "hevc" | "mpeg4" | "av1" | "vp8" | "vp9" | "mjpeg" | "prores"
    )
}

fn codec(tag: [u8; 4], body: &[u8]) -> String {
    let name = match &tag {
        b"avc1" | b"avc3" => "h264",
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "hevc",
        b"mp4v" => "mpeg4",
        b"s263" | b"h263" | b"H263" => "h263",
        b"av01" => "av1",
        b"vp08" => "vp8",
        b"vp09" => "vp9",
        b"jpeg" | b"mjpa" | b"mjpb" => "mjpeg",
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" => "prores",
        // The object type inside says whether it is MP3 in MP4.
        b"mp4a"
            if crate::source::find(body, b"\x04\x80\x80\x80")
                .is_some_and(|at| matches!(body.get(at + 5), Some(0x69 | 0x6b))) =>
        {
            "mp3"
        }
        b"mp4a" => "aac",
        b".mp3" => "mp3",
        b"samr" => "amrnb",
        b"sawb" => "amrwb",
        b"Opus" => "opus",
        b"fLaC" => "flac",
        b"ac-3" => "ac3",
        b"ec-3" => "eac3",
        b"alac" => "alac",
        b"lpcm" | b"sowt" | b"twos" | b"in24" | b"raw " => "pcm",
        _ => return String::from_utf8_lossy(&tag).trim().to_owned(),
    };
    name.to_owned()
}

fn facts(format: Format, tracks: &[Track], seconds: f64) -> Facts {
    let of = |handler: &'static [u8; 4]| tracks.iter().filter(move |t| &t.handler == handler);
    let video = of(b"vide").next();
    let format = match (format, video) {
        (Format::ThreeGp, None) => Format::ThreeGpAudio,
        (Format::Mp4 | Format::Mov, None) => Format::M4a,
        (Format::M4a, Some(track)) if is_video(&track.codec) && track.codec != "mjpeg" => {
            Format::Mp4
        }
        (format, _) => format,
    };
    let video = video.filter(|_| format.kind() == model::Kind::Video);
    let videos = of(b"vide").filter(|_| video.is_some());
    Facts {
        width: video.map(|track| track.width).filter(|width| *width > 0),
        height: video.map(|track| track.height).filter(|height| *height > 0),
        duration_ms: millis(seconds),
        orientation: video.map_or(1, |track| track.orientation),
        codecs: videos
            .chain(of(b"soun"))
            .map(|track| track.codec.clone())
            .collect(),
        ..Facts::new(format)
    }
}

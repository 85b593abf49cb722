//! Matroska and `WebM`: the tracks are near the front; the length is told there, or is that of
//! the last block where a browser recorded and never went back.

use std::io::SeekFrom;

use super::{Facts, millis};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, read_at},
};

/// Elements that are walked before giving up: hours of blocks.
const MAX_ELEMENTS: usize = 500_000;
/// The most of one leaf that is read.
const LEAF: usize = 4096;

const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK: u32 = 0xae;
const TRACK_KIND: u32 = 0x83;
const CODEC: u32 = 0x86;
const VIDEO: u32 = 0xe0;
const WIDTH: u32 = 0xb0;
const HEIGHT: u32 = 0xba;
const CLUSTER: u32 = 0x1f43_b675;
const TIMESTAMP: u32 = 0xe7;
const SIMPLE_BLOCK: u32 = 0xa3;
const BLOCK_GROUP: u32 = 0xa0;
const BLOCK: u32 = 0xa1;
const HEADER: u32 = 0x1a45_dfa3;

/// One element's head; without a length it reaches to the end.
struct Element {
    id: u32,
    body: u64,
    end: Option<u64>,
}

#[derive(Default)]
struct Film {
    web: bool,
    scale: u64,
    duration: f64,
    tracks: Vec<Track>,
    cluster: u64,
    last: u64,
    clusters: bool,
}

#[derive(Default)]
struct Track {
    kind: u64,
    codec: String,
    width: Option<u32>,
    height: Option<u32>,
}

impl Track {
    /// Takes what one element inside the track's entry tells.
    fn take(&mut self, id: u32, value: &[u8]) {
        match id {
            TRACK_KIND => self.kind = number(value),
            CODEC => self.codec = codec(&String::from_utf8_lossy(value)),
            WIDTH => self.width = u32::try_from(number(value)).ok(),
            HEIGHT => self.height = u32::try_from(number(value)).ok(),
            _ => {}
        }
    }
}

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let mut film = Film {
        scale: 1_000_000,
        ..Film::default()
    };
    let mut at = 0;
    for _ in 0..MAX_ELEMENTS {
        if at >= len {
            break;
        }
        let Some(element) = element(source, at)? else {
            break;
        };
        let opens = visit(source, &mut film, &element)?;
        // A known length makes the blocks idle.
        if film.clusters && film.duration > 0.0 && !film.tracks.is_empty() {
            break;
        }
        at = match element.end {
            Some(end) if !opens => end,
            _ => element.body,
        };
    }
    facts(film)
}

/// Takes what one element tells, and says whether to go into it.
fn visit(source: &mut dyn Source, film: &mut Film, element: &Element) -> Result<bool> {
    let size = element.end.map_or(0, |end| end - element.body);
    let size = usize::try_from(size).unwrap_or(LEAF).min(LEAF);
    match element.id {
        HEADER | SEGMENT | INFO | TRACKS | VIDEO | BLOCK_GROUP => return Ok(true),
        CLUSTER => {
            film.clusters = true;
            return Ok(true);
        }
        TRACK => {
            film.tracks.push(Track::default());
            return Ok(true);
        }
        DOC_TYPE => film.web = read_at(source, element.body, size)?.starts_with(b"webm"),
        SCALE => film.scale = number(&read_at(source, element.body, size)?).max(1),
        DURATION => film.duration = float(&read_at(source, element.body, size)?),
        TIMESTAMP => film.cluster = number(&read_at(source, element.body, size)?),
        SIMPLE_BLOCK | BLOCK => {
            let head = read_at(source, element.body, 12)?;
            let offset = head
                .be16(vint_len(head.first().copied()))
                .map_or(0, u16::cast_signed);
            film.last = film
                .last
                .max(film.cluster.saturating_add_signed(offset.into()));
        }
        id => {
            if let Some(track) = film.tracks.last_mut() {
                track.take(id, &read_at(source, element.body, size)?);
            }
        }
    }
    Ok(false)
}

/// Bytes of a number of variable length, by its first one.
fn vint_len(first: Option<u8>) -> usize {
    first.map_or(9, |byte| byte.leading_zeros() as usize + 1)
}

fn element(source: &mut dyn Source, at: u64) -> Result<Option<Element>> {
    let head = read_at(source, at, 12)?;
    let id_len = vint_len(head.first().copied());
    let size_len = vint_len(head.get(id_len).copied());
    if id_len > 4 || size_len > 8 || head.len() < id_len + size_len {
        return Ok(None);
    }
    let id = head[..id_len]
        .iter()
        .fold(0, |id, byte| id << 8 | u32::from(*byte));
    let raw = number(&head[id_len..id_len + size_len]);
    let mask = (1_u64 << (7 * size_len)) - 1;
    let body = at + (id_len + size_len) as u64;
    let size = raw & mask;
    Ok(Some(Element {
        id,
        body,
        end: (size != mask).then(|| body.saturating_add(size)),
    }))
}

fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .take(8)
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

fn float(bytes: &[u8]) -> f64 {
    match bytes.len() {
        4 => bytes
            .be32(0)
            .map_or(0.0, |bits| f64::from(f32::from_bits(bits))),
        8 => bytes.be64(0).map_or(0.0, f64::from_bits),
        _ => 0.0,
    }
}

fn codec(id: &str) -> String {
    let name = match id.trim_end_matches('\0') {
        "V_MPEG4/ISO/AVC" => "h264",
        "V_MPEGH/ISO/HEVC" => "hevc",
        "V_VP8" => "vp8",
        "V_VP9" => "vp9",
        "V_AV1" => "av1",
        "A_OPUS" => "opus",
        "A_VORBIS" => "vorbis",
        "A_FLAC" => "flac",
        "A_MPEG/L3" => "mp3",
        id if id.starts_with("A_AAC") => "aac",
        id if id.starts_with("V_MPEG4") => "mpeg4",
        id if id.starts_with("A_PCM") => "pcm",
        id => {
            return id
                .trim_start_matches(['V', 'A'])
                .trim_start_matches('_')
                .to_lowercase();
        }
    };
    name.to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "only beyond 2^53 ticks")]
fn facts(film: Film) -> Result<Facts> {
    let video = film.tracks.iter().find(|track| track.kind == 1);
    let sound = film.tracks.iter().filter(|track| track.kind == 2);
    if video.is_none() && sound.clone().next().is_none() {
        return Err(Error::corrupt("the film holds no track"));
    }
    let format = match (film.web, video.is_some()) {
        (true, true) => Format::Webm,
        (true, false) => Format::WebmAudio,
        (false, true) => Format::Mkv,
        (false, false) => Format::Mka,
    };
    let ticks = if film.duration > 0.0 {
        film.duration
    } else {
        film.last as f64
    };
    Ok(Facts {
        width: video.and_then(|track| track.width),
        height: video.and_then(|track| track.height),
        duration_ms: millis(ticks * film.scale as f64 / 1e9),
        codecs: video
            .into_iter()
            .chain(sound)
            .map(|track| track.codec.clone())
            .collect(),
        ..Facts::new(format)
    })
}

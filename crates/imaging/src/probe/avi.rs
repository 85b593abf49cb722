//! AVI: everything is in the header list at the front.

use std::io::SeekFrom;

use super::{Facts, millis, ratio};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, read_at},
};

/// How much of the front is read; header lists are a few kilobytes.
const WINDOW: usize = 1 << 20;

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    source.seek(SeekFrom::Start(0))?;
    let bytes = read_at(source, 0, WINDOW)?;
    let damaged = || Error::corrupt("the header of the film is damaged");
    let mut facts = Facts::new(Format::Avi);
    let mut seen = false;
    let mut stream = [0; 4];
    for (kind, body) in chunks(&bytes[12.min(bytes.len())..]) {
        match &kind {
            b"avih" => {
                let (period, frames) = body.le32(0).zip(body.le32(16)).ok_or_else(damaged)?;
                facts.duration_ms = millis(ratio(u64::from(period) * u64::from(frames), 1_000_000));
                (facts.width, facts.height) = (body.le32(32), body.le32(36));
                facts.frames = Some(frames);
                seen = true;
            }
            b"strh" => stream = body.array(0).ok_or_else(damaged)?,
            b"strf" if &stream == b"vids" => {
                facts
                    .codecs
                    .insert(0, video(body.array(16).unwrap_or_default()));
            }
            b"strf" if &stream == b"auds" => facts.codecs.push(audio(body.le16(0).unwrap_or(0))),
            _ => {}
        }
    }
    if seen { Ok(facts) } else { Err(damaged()) }
}

/// The chunks in order, lists opened.
fn chunks(bytes: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let (mut at, mut found) = (0, Vec::new());
    while let (Some(kind), Some(size)) = (bytes.array::<4>(at), bytes.le32(at + 4)) {
        if &kind == b"LIST" {
            if bytes.get(at + 8..at + 12) == Some(b"movi") {
                break;
            }
            at += 12;
            continue;
        }
        let size = size as usize;
        let end = (at + 8).saturating_add(size).min(bytes.len());
        found.push((kind, &bytes[at + 8..end]));
        at = (at + 8).saturating_add(size.saturating_add(size & 1));
    }
    found
}

fn video(tag: [u8; 4]) -> String {
    match &tag.map(|byte| byte.to_ascii_uppercase()) {
        b"FMP4" | b"XVID" | b"DIVX" | b"DX50" | b"MP4V" => "mpeg4".to_owned(),
        b"H264" | b"X264" | b"AVC1" => "h264".to_owned(),
        b"HEVC" | b"H265" | b"HVC1" => "hevc".to_owned(),
        b"MJPG" => "mjpeg".to_owned(),
        _ => String::from_utf8_lossy(&tag).trim().to_ascii_lowercase(),
    }
}

fn audio(tag: u16) -> String {
    match tag {
        1 => "pcm".to_owned(),
        0x55 => "mp3".to_owned(),
        0xff | 0x1610 => "aac".to_owned(),
        0x2000 => "ac3".to_owned(),
        tag => format!("wav_{tag:04x}"),
    }
}

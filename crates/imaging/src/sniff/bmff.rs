//! The family of MP4: boxes, told apart by their brands.

use super::{is_box, looks_binary};
use crate::{Error, Format, Result, source::Numbers};

/// Boxes that open a `QuickTime` film of the time before brands.
const OLD: [&[u8; 4]; 5] = [b"moov", b"mdat", b"wide", b"free", b"skip"];

/// The format by its brands; whether there are moving pictures is seen when probing.
pub(super) fn sniff(head: &[u8]) -> Result<Option<Format>> {
    if is_box(head, *b"ftyp") {
        return by_brands(head).map(Some);
    }
    // A size and a word of four letters are too little to tell a film from "The wide river".
    if !looks_binary(head) {
        return Ok(None);
    }
    Ok(OLD
        .iter()
        .any(|kind| is_box(head, **kind))
        .then_some(Format::Mov))
}

fn by_brands(head: &[u8]) -> Result<Format> {
    let size = head.be32(0).unwrap_or(0) as usize;
    let brands = &head[8.min(head.len())..size.clamp(8, head.len())];
    let Some(major) = brands.get(..4) else {
        return Err(Error::corrupt("the file ends too early"));
    };
    let compatible = || {
        brands
            .chunks_exact(4)
            .enumerate()
            .filter(|(i, _)| *i != 1)
            .map(|(_, b)| b)
    };
    let has = |wanted: &[&[u8]]| compatible().any(|brand| wanted.contains(&brand));
    Ok(match major {
        b"avif" | b"avis" => Format::Avif,
        b"mif1" | b"msf1" if has(&[b"avif", b"avis"]) => Format::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Format::Heic
        }
        b"qt  " => Format::Mov,
        b"M4A " | b"M4B " | b"M4P " | b"F4A " => Format::M4a,
        [b'3', b'g', b'p' | b'2' | b'g' | b'r' | b's' | b'e', _] => Format::ThreeGp,
        b"crx " => return Err(Error::unsupported("raw pictures are not kept here")),
        b"jp2 " | b"jxl " => {
            return Err(Error::unsupported("this picture format is not kept here"));
        }
        _ => Format::Mp4,
    })
}

//! AVIF and HEIC: items and their properties. HEIC is only looked at here, never decoded.

use std::ops::Range;

use crate::{Budget, Error, Result, source::Numbers};

/// Boxes or entries on one level that are walked before giving up.
const MAX: usize = 4096;

/// What the items tell.
#[derive(Debug, Default)]
pub(crate) struct Heif {
    /// Pixels across, before turning.
    pub width: u32,
    /// Pixels down, before turning.
    pub height: u32,
    /// What turning and mirroring come to, as an EXIF orientation.
    pub orientation: u8,
    /// The colour profile.
    pub icc: Vec<u8>,
    /// Whether some item is an alpha plane.
    pub has_alpha: bool,
    /// Where Exif and XMP stand: to be blanked in public copies.
    pub private: Vec<Range<usize>>,
    /// Where the picture's one coded image stands; empty for grids and other make-ups.
    pub coded: Vec<Range<usize>>,
    /// Where the coded image of its alpha plane stands.
    pub alpha: Vec<Range<usize>>,
    /// Whether colors are multiplied by alpha already.
    pub premultiplied: bool,
}

type Boxed<'a> = ([u8; 4], &'a [u8]);

/// The boxes inside a slice.
fn boxes(bytes: &[u8]) -> Vec<Boxed<'_>> {
    let (mut at, mut found) = (0, Vec::new());
    while found.len() < MAX
        && let (Some(size), Some(kind)) = (bytes.be32(at), bytes.array::<4>(at + 4))
    {
        let (skip, size) = match size {
            0 => (8, bytes.len() - at),
            1 => (
                16,
                bytes
                    .be64(at + 8)
                    .and_then(|n| usize::try_from(n).ok())
                    .unwrap_or(0),
            ),
            size => (8, size as usize),
        };
        let end = at.saturating_add(size).min(bytes.len());
        if size < skip || end < at + skip {
            break;
        }
        found.push((kind, &bytes[at + skip..end]));
        at = end;
    }
    found
}

fn child<'a>(of: &[Boxed<'a>], kind: [u8; 4]) -> Option<&'a [u8]> {
    of.iter()
        .find(|(found, _)| *found == kind)
        .map(|(_, body)| *body)
}

/// Reads the items and checks the budget.
pub(crate) fn parse(bytes: &[u8], budget: &Budget) -> Result<Heif> {
    let missing = || Error::corrupt("the picture is cut off or damaged: it has no image data");
    let top = boxes(bytes);
    let meta = child(&top, *b"meta")
        .and_then(|meta| meta.get(4..))
        .ok_or_else(missing)?;
    let meta = boxes(meta);
    let pitm = child(&meta, *b"pitm").ok_or_else(missing)?;
    let primary = item_id(pitm, 4, pitm.first() != Some(&0)).ok_or_else(missing)?;
    let iprp = boxes(child(&meta, *b"iprp").ok_or_else(missing)?);
    let ipco = boxes(child(&iprp, *b"ipco").ok_or_else(missing)?);
    let places = child(&meta, *b"iloc").map(places).unwrap_or_default();
    if !places.iter().any(|place| place.item == primary) {
        return Err(missing());
    }
    if places
        .iter()
        .any(|place| place.file && place.end > bytes.len())
    {
        return Err(Error::corrupt("the picture is cut off"));
    }
    let mut heif = Heif {
        orientation: 1,
        ..Heif::default()
    };
    let ipma = child(&iprp, *b"ipma").ok_or_else(missing)?;
    for index in associations(ipma, primary) {
        if let Some((kind, body)) = index.checked_sub(1).and_then(|index| ipco.get(index)) {
            property(&mut heif, *kind, body);
        }
    }
    let items = items(&meta);
    let extents = |item: u32| -> Vec<Range<usize>> {
        let of = places
            .iter()
            .filter(|place| place.file && place.item == item);
        of.map(|place| place.start..place.end).collect()
    };
    let is_coded = |item: u32| {
        items
            .iter()
            .any(|(id, kind)| *id == item && kind == b"av01")
    };
    if is_coded(primary) {
        heif.coded = extents(primary);
    }
    let about = references(&meta, *b"auxl", primary);
    if let Some(alpha) = about
        .into_iter()
        .find(|item| is_alpha(&ipco, &associations(ipma, *item)))
    {
        heif.has_alpha = true;
        heif.alpha = extents(alpha);
        heif.premultiplied = !references_from(&meta, *b"prem", primary).is_empty();
    }
    heif.private = items
        .iter()
        .filter(|(_, kind)| kind == b"Exif" || kind == b"mime")
        .flat_map(|(item, _)| extents(*item))
        .collect();
    if heif.width == 0 || heif.height == 0 {
        return Err(missing());
    }
    budget.check_pixels(heif.width, heif.height)?;
    Ok(heif)
}

/// Takes what one property of the primary item tells.
fn property(heif: &mut Heif, kind: [u8; 4], body: &[u8]) {
    match &kind {
        b"ispe" => {
            heif.width = body.be32(4).unwrap_or(0);
            heif.height = body.be32(8).unwrap_or(0);
        }
        // Quarter turns against the clock, and mirroring after them.
        b"irot" => {
            let turns = body.first().map_or(0, |turns| turns & 3);
            heif.orientation = [1, 8, 3, 6][usize::from(turns)];
        }
        b"imir" => {
            let left_right = body.first().is_some_and(|axis| axis & 1 == 1);
            heif.orientation = mirrored(heif.orientation, left_right);
        }
        b"colr" if body.starts_with(b"prof") || body.starts_with(b"rICC") => {
            heif.icc = body[4..].to_vec();
        }
        _ => {}
    }
}

/// An orientation with a mirror after it: `imir` 0 swaps up and down, 1 left and right.
fn mirrored(orientation: u8, left_right: bool) -> u8 {
    let (flipped, swapped) = ([0, 4, 3, 2, 1, 7, 8, 5, 6], [0, 2, 1, 4, 3, 8, 7, 6, 5]);
    let table: [u8; 9] = if left_right { swapped } else { flipped };
    // Turned pictures mirror across the other diagonal.
    match orientation {
        6 if left_right => 5,
        6 => 7,
        8 if left_right => 7,
        8 => 5,
        other => table[usize::from(other.min(8))],
    }
}

fn item_id(body: &[u8], at: usize, long: bool) -> Option<u32> {
    if long {
        body.be32(at)
    } else {
        body.be16(at).map(u32::from)
    }
}

/// The numbers of the properties that belong to an item, in order.
fn associations(ipma: &[u8], wanted: u32) -> Vec<usize> {
    let (long, wide) = (
        ipma.first() != Some(&0),
        ipma.get(3).is_some_and(|flags| flags & 1 == 1),
    );
    let count = ipma.be32(4).unwrap_or(0) as usize;
    let mut at = 8;
    for _ in 0..count.min(MAX) {
        let Some(item) = item_id(ipma, at, long) else {
            break;
        };
        at += if long { 4 } else { 2 };
        let size = usize::from(ipma.get(at).copied().unwrap_or(0));
        at += 1;
        let step = if wide { 2 } else { 1 };
        if item == wanted {
            let index = |at: usize| {
                let (short, long) = (ipma.get(at), ipma.be16(at));
                if wide {
                    long.map(|index| usize::from(index & 0x7fff))
                } else {
                    short.map(|index| usize::from(index & 0x7f))
                }
            };
            return (0..size).filter_map(|n| index(at + n * step)).collect();
        }
        at += size * step;
    }
    Vec::new()
}

/// Where an extent of an item stands.
#[derive(Debug)]
struct Place {
    item: u32,
    file: bool,
    start: usize,
    end: usize,
}

/// The extents of all items.
fn places(iloc: &[u8]) -> Vec<Place> {
    read_places(iloc).unwrap_or_default()
}

fn read_places(iloc: &[u8]) -> Option<Vec<Place>> {
    let version = *iloc.first()?;
    let sizes = iloc.be16(4)?;
    let [offset_len, length_len, base_len, index_len] =
        [sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15].map(usize::from);
    let long = version == 2;
    let count = item_id(iloc, 6, long)? as usize;
    let mut at = if long { 10 } else { 8 };
    let mut places = Vec::new();
    for _ in 0..count.min(MAX) {
        let item = item_id(iloc, at, long)?;
        at += if long { 4 } else { 2 };
        let mut file = true;
        if version > 0 {
            file = iloc.be16(at)? % 16 == 0;
            at += 2;
        }
        at += 2;
        let base = sized(iloc, &mut at, base_len)?;
        let extents = iloc.be16(at)?;
        at += 2;
        for _ in 0..extents {
            if version > 0 {
                sized(iloc, &mut at, index_len)?;
            }
            let start = base.saturating_add(sized(iloc, &mut at, offset_len)?);
            let end = start.saturating_add(sized(iloc, &mut at, length_len)?);
            places.push(Place {
                item,
                file,
                start,
                end,
            });
            if places.len() > MAX {
                return Some(places);
            }
        }
    }
    Some(places)
}

/// A number of `len` bytes, and on to the next.
fn sized(bytes: &[u8], at: &mut usize, len: usize) -> Option<usize> {
    let part = bytes.get(*at..*at + len)?;
    *at += len;
    let value = part
        .iter()
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    usize::try_from(value).ok()
}

/// The items' numbers and types.
fn items(meta: &[Boxed<'_>]) -> Vec<(u32, [u8; 4])> {
    let Some(iinf) = child(meta, *b"iinf") else {
        return Vec::new();
    };
    let skip = if iinf.first() == Some(&0) { 6 } else { 8 };
    let entries = boxes(iinf.get(skip..).unwrap_or_default());
    let told = entries
        .iter()
        .filter(|(kind, _)| kind == b"infe")
        .filter_map(|(_, body)| {
            let long = body.first() == Some(&3);
            Some((
                item_id(body, 4, long)?,
                body.array(if long { 10 } else { 8 })?,
            ))
        });
    told.collect()
}

/// Pairs of items, from and to, of one kind of reference.
fn pairs(meta: &[Boxed<'_>], kind: [u8; 4]) -> Vec<(u32, u32)> {
    let Some(iref) = child(meta, *b"iref") else {
        return Vec::new();
    };
    let long = iref.first() != Some(&0);
    let step = if long { 4 } else { 2 };
    let mut found = Vec::new();
    for (_, body) in boxes(iref.get(4..).unwrap_or_default())
        .iter()
        .filter(|(k, _)| *k == kind)
    {
        let Some(from) = item_id(body, 0, long) else {
            continue;
        };
        let count = usize::from(body.be16(step).unwrap_or(0)).min(MAX);
        let targets = (0..count).filter_map(|n| item_id(body, step + 2 + n * step, long));
        found.extend(targets.map(|to| (from, to)));
    }
    found
}

/// The items that refer to one.
fn references(meta: &[Boxed<'_>], kind: [u8; 4], to: u32) -> Vec<u32> {
    pairs(meta, kind)
        .into_iter()
        .filter(|pair| pair.1 == to)
        .map(|pair| pair.0)
        .collect()
}

/// The items that one refers to.
fn references_from(meta: &[Boxed<'_>], kind: [u8; 4], from: u32) -> Vec<u32> {
    pairs(meta, kind)
        .into_iter()
        .filter(|pair| pair.0 == from)
        .map(|pair| pair.1)
        .collect()
}

/// Whether the properties of an item say that it is an alpha plane.
fn is_alpha(ipco: &[Boxed<'_>], properties: &[usize]) -> bool {
    properties
        .iter()
        .filter_map(|index| ipco.get(index.checked_sub(1)?))
        .any(|(kind, body)| {
            let names = |name: &[u8]| crate::source::find(body, name).is_some();
            kind == b"auxC" && (names(b":alpha") || names(b"auxid:1"))
        })
}

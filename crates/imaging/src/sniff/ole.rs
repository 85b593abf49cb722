//! Office files of the time before 2007: a small file system whose names tell what it holds.

use crate::{
    Error, Format, Result, Source,
    source::{Numbers, array_at, read_at},
};

/// Sectors of the directory that are looked at: 8 or 128 names each.
const MAX_SECTORS: usize = 128;
/// Sector numbers from here on are marks, not places.
const END: u32 = 0xffff_fffa;

pub(super) fn sniff(source: &mut dyn Source) -> Result<Format> {
    let names = names(source)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"]
        .into_iter()
        .any(has)
    {
        return Err(Error::unsupported(
            "office files with macros are not kept here",
        ));
    }
    if has("WordDocument") {
        Ok(Format::Doc)
    } else if has("Workbook") || has("Book") {
        Ok(Format::Xls)
    } else if has("PowerPoint Document") {
        Ok(Format::Ppt)
    } else {
        Err(Error::unsupported(
            "this kind of office file is not kept here",
        ))
    }
}

/// The names in the directory.
fn names(source: &mut dyn Source) -> Result<Vec<String>> {
    let header: [u8; 512] = array_at(source, 0)?;
    let shift = header.le16(0x1e).unwrap_or(0);
    if shift != 9 && shift != 12 {
        return Err(Error::corrupt("the office file's header is damaged"));
    }
    let size = 1_u64 << shift;
    let place = |sector: u32| (u64::from(sector) + 1) * size;
    let mut sector = header.le32(0x30).unwrap_or(END);
    let mut names = Vec::new();
    for _ in 0..MAX_SECTORS {
        if sector >= END {
            break;
        }
        let entries = read_at(source, place(sector), 1 << shift)?;
        names.extend(entries.chunks_exact(128).filter_map(name));
        sector = next(source, &header, sector, size, place)?;
    }
    Ok(names)
}

/// The name of one directory entry.
fn name(entry: &[u8]) -> Option<String> {
    let bytes = usize::from(entry.le16(64)?).checked_sub(2)?;
    let units = entry.get(..bytes.min(64))?.chunks_exact(2);
    Some(String::from_utf16_lossy(
        &units.filter_map(|unit| unit.le16(0)).collect::<Vec<_>>(),
    ))
}

/// The sector that follows one in its chain.
fn next(
    source: &mut dyn Source,
    header: &[u8; 512],
    sector: u32,
    size: u64,
    place: impl Fn(u32) -> u64,
) -> Result<u32> {
    let per_table = size / 4;
    let table = usize::try_from(u64::from(sector) / per_table).unwrap_or(usize::MAX);
    // Tables past the header's 109 are only in files of 7 MB of directory: never.
    let Some(table) = header.le32(0x4c_usize.saturating_add(table.saturating_mul(4))) else {
        return Ok(END);
    };
    if table >= END {
        return Ok(END);
    }
    let entry: [u8; 4] = array_at(source, place(table) + u64::from(sector) % per_table * 4)?;
    Ok(u32::from_le_bytes(entry))
}

//! Public copies without what a file tells of its maker: losslessly, the pixels untouched.

mod bmff;
mod gif;
mod jpeg;
mod png;
mod webp;

use serde::{Deserialize, Serialize};

use crate::{Budget, Format, Result, Source, source::read_all};

/// Bytes that take the place of as many others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// Where they begin.
    pub offset: u64,
    /// What they are.
    pub bytes: Vec<u8>,
}

/// How a public copy differs from its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stripped {
    /// Not at all: there was nothing to take away.
    Unchanged,
    /// It is this file.
    Bytes(Vec<u8>),
    /// It is the original with these patches, of the same length: films are too large to copy.
    Patches(Vec<Patch>),
}

/// Takes away place, device, author and comments, and keeps what decides the looks: color
/// profile and orientation.
///
/// # Errors
/// `Corrupt` for what cannot be walked through.
pub fn strip(source: &mut dyn Source, format: Format, budget: &Budget) -> Result<Stripped> {
    let rewrite: fn(&[u8]) -> Result<Vec<u8>> = match format {
        Format::Jpeg => jpeg::strip,
        Format::Png => png::strip,
        Format::Webp => webp::strip,
        Format::Gif => gif::strip,
        Format::Avif | Format::Heic => {
            let bytes = read_all(source, budget.max_input)?;
            return Ok(patched(bmff::picture(&bytes, budget)?));
        }
        Format::Mp4 | Format::Mov | Format::ThreeGp | Format::M4a | Format::ThreeGpAudio => {
            return Ok(patched(bmff::film(source)?));
        }
        _ => return Ok(Stripped::Unchanged),
    };
    let bytes = read_all(source, budget.max_input)?;
    let stripped = rewrite(&bytes)?;
    Ok(if stripped == bytes {
        Stripped::Unchanged
    } else {
        Stripped::Bytes(stripped)
    })
}

fn patched(patches: Vec<Patch>) -> Stripped {
    if patches.is_empty() {
        Stripped::Unchanged
    } else {
        Stripped::Patches(patches)
    }
}

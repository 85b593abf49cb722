//! Animations changed picture by picture: each is laid on its canvas, edited and written anew, with
//! the same delays and as many rounds, in the same format or another that moves.

mod gif;
mod png;
mod screen;
mod show;
mod stage;
mod webp;

use model::placement::Extent;

use crate::{
    Budget, Error, Format, Result,
    probe::{parse_gif, parse_png, parse_webp},
    transform::{BEST, Made, Recipe, WORST, smaller},
};
use show::Show;

pub(crate) use gif::still;

/// The most pixels of all pictures of an animation together.
const MAX_FILM: u64 = 300_000_000;
/// The most pixels that are read and written in all tries to make one small enough.
const MAX_WORK: u64 = 2 * MAX_FILM;
/// The qualities that a limit of bytes is tried with, where the format knows any: each try encodes
/// every picture.
const QUALITIES: [u8; 4] = [BEST, 75, 55, WORST];

/// What the head of an animation tells.
struct Head {
    format: Format,
    size: Extent,
    frames: u32,
    orientation: u8,
}

/// An animation with every picture changed alike; nothing where the file holds one picture, or
/// what is asked for cannot move.
pub(crate) fn transform(
    bytes: &[u8],
    format: Format,
    budget: &Budget,
    recipe: &Recipe,
) -> Result<Option<Made>> {
    let target = recipe.format.unwrap_or(format);
    let Some(head) = head(bytes, format, budget)? else {
        return Ok(None);
    };
    let moves = matches!(target, Format::Gif | Format::Png | Format::Webp) && head.frames > 1;
    if !moves && (format, target) != (Format::Gif, Format::Gif) {
        return Ok(None);
    }
    let Extent { width, height } = head.size;
    let pixels = u64::from(width) * u64::from(height) * u64::from(head.frames);
    if pixels > MAX_FILM {
        return Err(Error::TooManyPixels {
            pixels,
            max: MAX_FILM,
        });
    }
    // The canvas, what it was before, what is made of it and what was seen last.
    budget.check_memory(width, height, 32)?;
    let tries = match (target, recipe.max_bytes) {
        (Format::Webp, Some(_)) => &QUALITIES[..],
        _ => &QUALITIES[..1],
    };
    let mut recipe = *recipe;
    let mut work = 0;
    loop {
        let mut smallest: Option<Made> = None;
        for quality in tries {
            if smallest.is_some() && work > MAX_WORK {
                break;
            }
            let made = make(bytes, &head, budget, &recipe, *quality)?;
            let written = u64::from(made.size.width) * u64::from(made.size.height);
            work += pixels + written * u64::from(head.frames);
            let is_enough = |most| made.bytes.len() as u64 <= most;
            if recipe.max_bytes.is_none_or(is_enough) {
                return Ok(Some(made));
            }
            let is_last = made.quality.is_none();
            smallest = Some(made);
            if is_last {
                break;
            }
        }
        let size = smallest.as_ref().map(|made| made.size);
        match size.and_then(|size| smaller(size, recipe.least)) {
            Some(size) if work <= MAX_WORK => recipe.size = Some(size),
            _ => return Ok(smallest),
        }
    }
}

fn make(bytes: &[u8], head: &Head, budget: &Budget, recipe: &Recipe, quality: u8) -> Result<Made> {
    let mut show = Show::open(bytes, head, budget, recipe)?;
    Ok(match show.target() {
        Format::Png => {
            let bytes = png::write(&mut show)?;
            show.made(None, bytes)
        }
        Format::Webp => {
            let (bytes, quality) = webp::write(&mut show, quality)?;
            show.made(quality, bytes)
        }
        _ => {
            let bytes = gif::write(&mut show)?;
            show.made(None, bytes)
        }
    })
}

fn head(bytes: &[u8], format: Format, budget: &Budget) -> Result<Option<Head>> {
    let (width, height, frames, orientation) = match format {
        Format::Gif => {
            let head = parse_gif(bytes, budget)?;
            (head.width, head.height, head.frames, 1)
        }
        Format::Png => {
            let head = parse_png(bytes, budget)?;
            let frames = head.frames.unwrap_or(1);
            (head.width, head.height, frames, head.orientation)
        }
        Format::Webp => {
            let head = parse_webp(bytes, budget)?;
            (head.width, head.height, head.frames, head.orientation)
        }
        _ => return Ok(None),
    };
    let size = Extent { width, height };
    Ok(Some(Head {
        format,
        size,
        frames,
        orientation,
    }))
}

fn damaged<E>(_: E) -> Error {
    Error::corrupt("the picture is cut off or damaged")
}

//! Animations changed picture by picture: each is laid on its canvas, edited and written anew, with
//! the same delays and as many rounds.

mod gif;
mod png;
mod stage;
mod webp;

use model::placement::Extent;

use crate::{
    Budget, Error, Format, Pixels, Result, color, geometry,
    probe::{parse_gif, parse_png, parse_webp},
    transform::{Made, Recipe, sized, smaller},
};

pub(crate) use gif::still;

/// The most pixels of all pictures of an animation together.
const MAX_FILM: u64 = 600_000_000;

/// What the head of an animation tells.
struct Head {
    size: Extent,
    frames: u32,
    orientation: u8,
}

/// An animation with every picture changed alike; nothing where the file holds one picture.
pub(crate) fn transform(
    bytes: &[u8],
    format: Format,
    budget: &Budget,
    recipe: &Recipe,
) -> Result<Option<Made>> {
    let Some(head) = head(bytes, format, budget)? else {
        return Ok(None);
    };
    let Extent { width, height } = head.size;
    let pixels = u64::from(width) * u64::from(height) * u64::from(head.frames);
    if pixels > MAX_FILM {
        return Err(Error::TooManyPixels {
            pixels,
            max: MAX_FILM,
        });
    }
    // The canvas, what it was before, and what is made of it, each twice at most.
    budget.check_memory(width, height, 24)?;
    let mut recipe = *recipe;
    loop {
        let made = match format {
            Format::Png => png::film(bytes, &head, budget, &recipe)?,
            Format::Webp => webp::film(bytes, &head, budget, &recipe)?,
            _ => gif::film(bytes, budget, &recipe)?,
        };
        let is_enough = recipe
            .max_bytes
            .is_none_or(|most| made.bytes.len() as u64 <= most);
        match smaller(made.size, recipe.least) {
            Some(size) if !is_enough => recipe.size = Some(size),
            _ => return Ok(Some(made)),
        }
    }
}

fn head(bytes: &[u8], format: Format, budget: &Budget) -> Result<Option<Head>> {
    let (width, height, frames, orientation) = match format {
        Format::Gif => {
            let head = parse_gif(bytes, budget)?;
            return Ok(Some(Head {
                size: Extent {
                    width: head.width,
                    height: head.height,
                },
                frames: head.frames,
                orientation: 1,
            }));
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
    Ok((frames > 1).then_some(Head {
        size: Extent { width, height },
        frames,
        orientation,
    }))
}

fn damaged<E>(_: E) -> Error {
    Error::corrupt("the picture is cut off or damaged")
}

/// What every picture of an animation becomes, and what that tells of the whole.
struct Changes<'a> {
    orientation: u8,
    icc: &'a [u8],
    is_gray: bool,
    budget: &'a Budget,
    recipe: &'a Recipe,
    frames: u32,
    flattened: bool,
    has_alpha: bool,
}

impl<'a> Changes<'a> {
    fn new(head: &Head, icc: &'a [u8], budget: &'a Budget, recipe: &'a Recipe) -> Self {
        Self {
            orientation: head.orientation,
            icc,
            is_gray: false,
            budget,
            recipe,
            frames: 0,
            flattened: false,
            has_alpha: false,
        }
    }

    /// The pixels of what comes out.
    fn size(&self, head: &Head) -> Result<Extent> {
        let Extent { width, height } = head.size;
        let (width, height) = crate::orient::size(width, height, head.orientation);
        let kept = self.recipe.edit.extent(Extent { width, height });
        let kept = kept.map_err(|problem| Error::unsupported(problem.detail))?;
        Ok(self.recipe.size.unwrap_or(kept))
    }

    /// What is seen of one picture, changed.
    fn change(&mut self, shown: Pixels) -> Result<Pixels> {
        let shown = color::to_srgb(shown, self.icc, self.is_gray);
        let recipe = self.recipe;
        let pixels = geometry::apply(shown, self.orientation, recipe.edit, self.budget)?;
        let pixels = sized(pixels, recipe.size)?;
        let is_clear = pixels.data.chunks_exact(4).any(|pixel| pixel[3] < 255);
        self.frames += 1;
        self.flattened |= is_clear && recipe.background.is_some();
        self.has_alpha |= is_clear && recipe.background.is_none();
        Ok(match recipe.background {
            Some(color) => pixels.on(color),
            None => pixels,
        })
    }

    fn made(&self, format: Format, size: Extent, quality: Option<u8>, bytes: Vec<u8>) -> Made {
        Made {
            format,
            size,
            frames: self.frames,
            quality,
            flattened: self.flattened,
            has_alpha: self.has_alpha,
            bytes,
        }
    }
}

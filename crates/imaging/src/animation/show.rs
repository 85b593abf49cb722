//! An animation as it plays: every picture as it is seen, changed, one after the other.

use model::placement::Extent;

use super::{
    Head, gif, png,
    stage::{Frame, Stage},
    webp,
};
use crate::{
    Budget, Error, Format, Pixels, Result, color, geometry,
    transform::{Made, Recipe, sized},
};

/// The frames of a file, one after the other.
pub(super) trait Reel {
    /// The next one; nothing after the last.
    fn next(&mut self) -> Result<Option<Shot>>;
}

/// A frame of a file, and how long what is seen then stays.
pub(super) struct Shot {
    pub frame: Frame,
    pub delay: Delay,
    /// Whether it was encoded without loss.
    pub lossless: bool,
}

/// A part of a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delay {
    pub parts: u32,
    /// How many of them make a second; none is a hundred.
    pub of: u32,
}

impl Delay {
    /// In other parts of a second, to the nearest.
    pub(super) fn rounded(self, of: u32) -> u32 {
        let known = if self.of == 0 { 100 } else { self.of };
        let parts = u64::from(self.parts) * u64::from(of) + u64::from(known) / 2;
        u32::try_from(parts / u64::from(known)).unwrap_or(u32::MAX)
    }
}

/// What a file tells of its colors and rounds, and its frames.
pub(super) struct Roll<'a> {
    pub icc: Vec<u8>,
    pub is_gray: bool,
    /// How often it is shown; 0 is for ever.
    pub plays: u32,
    pub reel: Box<dyn Reel + 'a>,
}

/// A picture to be written, and how long it stays.
pub(super) struct Picture {
    pub pixels: Pixels,
    pub delay: Delay,
    pub lossless: bool,
}

/// An animation as it plays, changed.
pub(super) struct Show<'a> {
    roll: Roll<'a>,
    stage: Stage,
    budget: &'a Budget,
    recipe: &'a Recipe,
    head: &'a Head,
    size: Extent,
    frames: u32,
    flattened: bool,
    has_alpha: bool,
}

impl<'a> Show<'a> {
    pub(super) fn open(
        bytes: &'a [u8],
        head: &'a Head,
        budget: &'a Budget,
        recipe: &'a Recipe,
    ) -> Result<Self> {
        let roll = match head.format {
            Format::Png => png::open(bytes)?,
            Format::Webp => webp::open(bytes, budget),
            _ => gif::open(bytes, budget)?,
        };
        Ok(Self {
            roll,
            stage: Stage::new(head.size),
            budget,
            recipe,
            head,
            size: size(head, recipe)?,
            frames: 0,
            flattened: false,
            has_alpha: false,
        })
    }

    /// The format of what comes out.
    pub(super) fn target(&self) -> Format {
        self.recipe.format.unwrap_or(self.head.format)
    }

    /// The pixels of what comes out.
    pub(super) const fn size(&self) -> Extent {
        self.size
    }

    /// How many pictures there are to come.
    pub(super) const fn frames(&self) -> u32 {
        self.head.frames
    }

    /// How often it is shown; 0 is for ever.
    pub(super) const fn plays(&self) -> u32 {
        self.roll.plays
    }

    /// Whether what comes out is laid on a color.
    pub(super) const fn is_opaque(&self) -> bool {
        self.recipe.background.is_some()
    }

    /// Whether anything that came was transparent.
    pub(super) const fn has_alpha(&self) -> bool {
        self.has_alpha
    }

    /// The next picture, as it is seen, changed.
    pub(super) fn next(&mut self) -> Result<Option<Picture>> {
        let Some(shot) = self.roll.reel.next()? else {
            return Ok(None);
        };
        if !shot.frame.lies_in(self.head.size) {
            return Err(Error::corrupt("a frame lies outside the picture"));
        }
        let shown = self.stage.show(&shot.frame);
        Ok(Some(Picture {
            pixels: self.change(shown)?,
            delay: shot.delay,
            lossless: shot.lossless && self.recipe.format.is_none(),
        }))
    }

    /// What is seen of one picture, changed.
    fn change(&mut self, shown: Pixels) -> Result<Pixels> {
        let shown = color::to_srgb(shown, &self.roll.icc, self.roll.is_gray);
        let recipe = self.recipe;
        let pixels = geometry::apply(shown, self.head.orientation, recipe.edit, self.budget)?;
        let mut pixels = sized(pixels, recipe.size)?;
        if self.target() == Format::Gif && recipe.background.is_none() {
            gif::harden(&mut pixels);
        }
        let is_clear = pixels.data.chunks_exact(4).any(|pixel| pixel[3] < 255);
        self.frames += 1;
        self.flattened |= is_clear && recipe.background.is_some();
        self.has_alpha |= is_clear && recipe.background.is_none();
        Ok(match recipe.background {
            Some(color) => pixels.on(color),
            None => pixels,
        })
    }

    pub(super) fn made(&self, quality: Option<u8>, bytes: Vec<u8>) -> Made {
        Made {
            format: self.target(),
            size: self.size,
            frames: self.frames,
            quality,
            flattened: self.flattened,
            has_alpha: self.has_alpha,
            bytes,
        }
    }
}

fn size(head: &Head, recipe: &Recipe) -> Result<Extent> {
    let Extent { width, height } = head.size;
    let (width, height) = crate::orient::size(width, height, head.orientation);
    let kept = recipe.edit.extent(Extent { width, height });
    let kept = kept.map_err(|problem| Error::unsupported(problem.detail))?;
    Ok(recipe.size.unwrap_or(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_told_in_the_parts_that_a_format_counts_in() {
        let delay = |parts, of| Delay { parts, of };

        assert_eq!(delay(7, 100).rounded(1000), 70);
        assert_eq!(delay(1, 30).rounded(100), 3);
        assert_eq!(delay(65, 1000).rounded(100), 7);
        assert_eq!(delay(12, 0).rounded(1000), 120);
        assert_eq!(delay(0, 0).rounded(100), 0);
    }
}

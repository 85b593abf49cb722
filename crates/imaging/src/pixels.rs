//! Decoded pixels, and how many of them may be made.

use model::placement::{Extent, Region};

use crate::{Error, Result};

/// How much one picture may cost.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The most pixels a header may tell of.
    pub max_pixels: u64,
    /// The most bytes one decode may hold at a time.
    pub max_memory: u64,
    /// The most bytes of a picture that are read.
    pub max_input: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            max_pixels: 64_000_000,
            max_memory: 288 << 20,
            max_input: 96 << 20,
        }
    }
}

impl Budget {
    /// Refuses a bomb from its header, before memory is taken.
    ///
    /// # Errors
    /// `TooManyPixels` above the budget, `Corrupt` for a picture without area.
    pub fn check_pixels(&self, width: u32, height: u32) -> Result<()> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(Error::corrupt("the picture has no width or no height"));
        }
        if pixels > self.max_pixels {
            return Err(Error::TooManyPixels {
                pixels,
                max: self.max_pixels,
            });
        }
        Ok(())
    }

    /// Refuses a picture whose decoder must hold so many bytes a pixel at once.
    ///
    /// # Errors
    /// `TooHeavy` above the budget.
    pub fn check_memory(&self, width: u32, height: u32, bytes_per_pixel: u64) -> Result<()> {
        let pixels = u64::from(width) * u64::from(height);
        let bytes = pixels.saturating_mul(bytes_per_pixel);
        if bytes > self.max_memory {
            return Err(Error::TooHeavy {
                bytes,
                max: self.max_memory,
            });
        }
        Ok(())
    }
}

/// Eight bits a channel, rows from the top, in sRGB unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// RGBA with straight alpha where true, RGB where false.
    pub alpha: bool,
    /// The samples.
    pub data: Vec<u8>,
}

impl Pixels {
    /// Bytes a pixel.
    pub fn channels(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }

    /// The pixel at a place inside the picture.
    pub fn at(&self, x: u32, y: u32) -> &[u8] {
        let start = (y as usize * self.width as usize + x as usize) * self.channels();
        &self.data[start..start + self.channels()]
    }

    /// How many there are across and down.
    pub fn extent(&self) -> Extent {
        Extent {
            width: self.width,
            height: self.height,
        }
    }

    /// A part that lies inside, moved together where it stands.
    #[must_use]
    pub fn cropped(mut self, part: Region) -> Self {
        let channels = self.channels();
        let kept = part.width as usize * channels;
        for row in 0..part.height as usize {
            let line = (part.y as usize + row) * self.width as usize;
            let start = (line + part.x as usize) * channels;
            self.data.copy_within(start..start + kept, row * kept);
        }
        self.data.truncate(kept * part.height as usize);
        self.data.shrink_to_fit();
        Self {
            width: part.width,
            height: part.height,
            ..self
        }
    }

    /// The same picture without alpha, laid on white.
    #[must_use]
    pub fn on_white(self) -> Self {
        self.on([255; 3])
    }

    /// The same picture without alpha, laid on a color.
    #[must_use]
    pub fn on(self, color: [u8; 3]) -> Self {
        if !self.alpha {
            return self;
        }
        let over = |channel: u8, below: u8, alpha: u8| {
            let (channel, below, alpha) = (u32::from(channel), u32::from(below), u32::from(alpha));
            u8::try_from((channel * alpha + below * (255 - alpha) + 127) / 255).unwrap_or(255)
        };
        let data = self
            .data
            .chunks_exact(4)
            .flat_map(|p| [0, 1, 2].map(|c| over(p[c], color[c], p[3])));
        Self {
            alpha: false,
            data: data.collect(),
            ..self
        }
    }

    /// The same picture without its alpha channel where every pixel is opaque.
    #[must_use]
    pub fn without_idle_alpha(self) -> Self {
        if !self.alpha || self.data.chunks_exact(4).any(|pixel| pixel[3] != 255) {
            return self;
        }
        let data = self
            .data
            .chunks_exact(4)
            .flat_map(|p| [p[0], p[1], p[2]])
            .collect();
        Self {
            alpha: false,
            data,
            ..self
        }
    }
}

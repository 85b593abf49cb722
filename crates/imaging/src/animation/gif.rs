//! Animated GIFs, whose pixels are clear or not, and nothing between.

use std::num::NonZeroU64;

use gif::{
    ColorOutput, DecodeOptions, Decoder, DisposalMethod, Encoder, Frame, MemoryLimit, Repeat,
};
use model::placement::Extent;

use super::damaged;
use crate::{
    Budget, Error, Format, Pixels, Result, geometry,
    transform::{Made, Recipe, sized},
};

/// How thoroughly colors are chosen where there are too many: 1 to 30, the last being fastest.
const SPEED: i32 = 20;

/// One still picture as GIF.
pub(crate) fn still(pixels: &Pixels) -> Result<Vec<u8>> {
    let mut film = Film::new(pixels.extent(), Repeat::Finite(0))?;
    film.push(pixels, 0)?;
    film.finish()
}

pub(super) fn film(bytes: &[u8], budget: &Budget, recipe: &Recipe) -> Result<Made> {
    let mut decoder = open(bytes, budget)?;
    let mut canvas = Canvas::of(&decoder);
    let mut film = None;
    let (mut frames, mut flattened, mut has_alpha) = (0, false, false);
    while let Some(frame) = decoder.read_next_frame().map_err(damaged)? {
        let frame = frame.clone();
        let shown = canvas.show(&frame, decoder.global_palette())?;
        let pixels = sized(geometry::apply(shown, 1, recipe.edit, budget)?, recipe.size)?;
        let is_clear = pixels.data.chunks_exact(4).any(|pixel| pixel[3] < 128);
        let pixels = match recipe.background {
            Some(color) => pixels.on(color),
            None => pixels,
        };
        flattened |= is_clear && recipe.background.is_some();
        has_alpha |= is_clear && recipe.background.is_none();
        let film = match &mut film {
            Some(film) => film,
            none => none.insert(Film::new(pixels.extent(), decoder.repeat())?),
        };
        film.push(&pixels, frame.delay)?;
        frames += 1;
    }
    let film = film.ok_or_else(|| Error::corrupt("the picture holds no image"))?;
    Ok(Made {
        format: Format::Gif,
        size: film.size,
        frames,
        quality: None,
        flattened,
        has_alpha,
        bytes: film.finish()?,
    })
}

fn open<'a>(bytes: &'a [u8], budget: &Budget) -> Result<Decoder<&'a [u8]>> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Bytes(
        budget.max_memory.try_into().unwrap_or(NonZeroU64::MIN),
    ));
    options.check_frame_consistency(false);
    options.read_info(bytes).map_err(damaged)
}

/// What is seen while an animation plays, with transparency.
struct Canvas(Pixels);

impl Canvas {
    fn of(decoder: &Decoder<&[u8]>) -> Self {
        let (width, height) = (decoder.width().into(), decoder.height().into());
        Self(Pixels {
            width,
            height,
            alpha: true,
            data: vec![0; width as usize * height as usize * 4],
        })
    }

    /// Draws a frame and gives what is seen; then does as the frame says with what it drew.
    fn show(&mut self, frame: &Frame<'_>, global: Option<&[u8]>) -> Result<Pixels> {
        let palette = frame.palette.as_deref().or(global);
        let palette = palette.ok_or_else(|| Error::corrupt("the picture has no colors"))?;
        let before = (frame.dispose == DisposalMethod::Previous).then(|| self.0.clone());
        self.each(frame, |pixel, index| {
            if frame.transparent != Some(index) {
                let start = usize::from(index) * 3;
                let color = palette.get(start..start + 3).unwrap_or(&[0, 0, 0]);
                pixel[..3].copy_from_slice(color);
                pixel[3] = 255;
            }
        });
        let shown = self.0.clone();
        match (frame.dispose, before) {
            (_, Some(before)) => self.0 = before,
            (DisposalMethod::Background, _) => self.each(frame, |pixel, _| pixel.fill(0)),
            _ => {}
        }
        Ok(shown)
    }

    /// Every pixel of the canvas that a frame covers, with the frame's index there.
    fn each(&mut self, frame: &Frame<'_>, mut change: impl FnMut(&mut [u8], u8)) {
        let width = usize::from(frame.width).max(1);
        let rows = self.0.data.chunks_exact_mut(self.0.width as usize * 4);
        let rows = rows.skip(frame.top.into());
        for (row, indices) in rows.zip(frame.buffer.chunks(width)) {
            let pixels = row.chunks_exact_mut(4).skip(frame.left.into());
            for (pixel, index) in pixels.zip(indices) {
                change(pixel, *index);
            }
        }
    }
}

/// An animation being written.
struct Film {
    size: Extent,
    encoder: Encoder<Vec<u8>>,
}

impl Film {
    fn new(size: Extent, repeat: Repeat) -> Result<Self> {
        let edge = |edge: u32| {
            u16::try_from(edge).map_err(|_| Error::unsupported("the picture is too large for GIF"))
        };
        let (width, height) = (edge(size.width)?, edge(size.height)?);
        let mut encoder = Encoder::new(Vec::new(), width, height, &[]).map_err(damaged)?;
        encoder.set_repeat(repeat).map_err(damaged)?;
        Ok(Self { size, encoder })
    }

    /// Adds a picture that stands for so many hundredths of a second.
    fn push(&mut self, pixels: &Pixels, delay: u16) -> Result<()> {
        let mut data: Vec<u8> = pixels
            .data
            .chunks_exact(pixels.channels())
            .flat_map(|pixel| match pixel.get(3) {
                Some(alpha) if *alpha < 128 => [0; 4],
                _ => [pixel[0], pixel[1], pixel[2], 255],
            })
            .collect();
        let edge = |edge: u32| u16::try_from(edge).unwrap_or(u16::MAX);
        let (width, height) = (edge(self.size.width), edge(self.size.height));
        let frame = Frame::from_rgba_speed(width, height, &mut data, SPEED);
        let frame = Frame {
            delay,
            dispose: DisposalMethod::Background,
            ..frame
        };
        self.encoder.write_frame(&frame).map_err(damaged)
    }

    fn finish(self) -> Result<Vec<u8>> {
        self.encoder.into_inner().map_err(damaged)
    }
}

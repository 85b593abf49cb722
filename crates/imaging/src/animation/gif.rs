//! Animated GIFs, whose pixels are clear or not, and nothing between.

use std::{collections::HashSet, num::NonZeroU64};

use gif::{
    ColorOutput, DecodeOptions, Decoder, DisposalMethod, Encoder, Frame as GifFrame, MemoryLimit,
    Repeat,
};
use model::placement::{Extent, Region};

use super::{
    MAX_FILM, damaged,
    screen::difference,
    show::{Delay, Reel, Roll, Shot, Show},
    stage::{After, Frame},
};
use crate::{Budget, Error, Pixels, Result};

/// How thoroughly colors are chosen where there are too many: 1 to 30, the last being fastest.
const SPEED: i32 = 20;
/// The most colors of one picture.
const COLORS: usize = 256;
/// How many delays make a second.
const HUNDRED: u32 = 100;

/// One still picture as GIF.
pub(crate) fn still(pixels: &Pixels) -> Result<Vec<u8>> {
    let mut film = Film::new(pixels.extent(), 1)?;
    let mut pixels = pixels.clone();
    harden(&mut pixels);
    film.push(pixels, 0)?;
    film.finish()
}

/// Makes every pixel clear or not.
pub(super) fn harden(pixels: &mut Pixels) {
    if pixels.alpha {
        for pixel in pixels.data.chunks_exact_mut(4) {
            if pixel[3] < 128 {
                pixel.fill(0);
            } else {
                pixel[3] = 255;
            }
        }
    }
}

pub(super) fn open<'a>(bytes: &'a [u8], budget: &Budget) -> Result<Roll<'a>> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Bytes(
        budget.max_memory.try_into().unwrap_or(NonZeroU64::MIN),
    ));
    options.check_frame_consistency(false);
    let decoder = options.read_info(bytes).map_err(damaged)?;
    let plays = match decoder.repeat() {
        Repeat::Infinite => 0,
        // Repeated so often after it was shown once.
        Repeat::Finite(more) => u32::from(more) + 1,
    };
    let palette = decoder.global_palette().map(<[u8]>::to_vec);
    Ok(Roll {
        icc: Vec::new(),
        is_gray: false,
        plays,
        reel: Box::new(GifReel {
            decoder,
            palette,
            read: 0,
        }),
    })
}

struct GifReel<'a> {
    decoder: Decoder<&'a [u8]>,
    /// The colors of frames that bring none.
    palette: Option<Vec<u8>>,
    /// Pixels that were read so far, on the canvas and beside it.
    read: u64,
}

impl Reel for GifReel<'_> {
    fn next(&mut self) -> Result<Option<Shot>> {
        let canvas = [self.decoder.width(), self.decoder.height()];
        let Some(frame) = self.decoder.read_next_frame().map_err(damaged)? else {
            return Ok(None);
        };
        self.read += u64::from(frame.width) * u64::from(frame.height);
        if self.read > MAX_FILM {
            return Err(Error::TooManyPixels {
                pixels: self.read,
                max: MAX_FILM,
            });
        }
        let palette = frame.palette.as_deref().or(self.palette.as_deref());
        let palette = palette.ok_or_else(|| Error::corrupt("the picture has no colors"))?;
        Ok(Some(Shot {
            frame: Frame {
                left: frame.left.into(),
                top: frame.top.into(),
                pixels: seen(frame, palette, canvas),
                blends: true,
                after: match frame.dispose {
                    DisposalMethod::Background => After::Cleared,
                    DisposalMethod::Previous => After::AsBefore,
                    _ => After::Stays,
                },
            },
            delay: Delay {
                parts: frame.delay.into(),
                of: HUNDRED,
            },
            lossless: false,
        }))
    }
}

/// What of a frame lies on the canvas, in colors.
fn seen(frame: &GifFrame<'_>, palette: &[u8], canvas: [u16; 2]) -> Pixels {
    let width = frame.width.min(canvas[0].saturating_sub(frame.left));
    let height = frame.height.min(canvas[1].saturating_sub(frame.top));
    let color = |index: &u8| {
        if frame.transparent == Some(*index) {
            return [0; 4];
        }
        let start = usize::from(*index) * 3;
        match palette.get(start..start + 3) {
            Some(&[red, green, blue]) => [red, green, blue, 255],
            _ => [0, 0, 0, 255],
        }
    };
    let rows = frame.buffer.chunks_exact(usize::from(frame.width).max(1));
    let rows = rows.take(height.into());
    Pixels {
        width: width.into(),
        height: height.into(),
        alpha: true,
        data: rows
            .flat_map(|row| row[..usize::from(width)].iter().flat_map(color))
            .collect(),
    }
}

pub(super) fn write(show: &mut Show<'_>) -> Result<Vec<u8>> {
    let mut film = Film::new(show.size(), show.plays())?;
    while let Some(picture) = show.next()? {
        let delay = picture.delay.rounded(HUNDRED);
        film.push(picture.pixels, u16::try_from(delay).unwrap_or(u16::MAX))?;
    }
    film.finish()
}

/// An animation being written.
struct Film {
    encoder: Encoder<Vec<u8>>,
    /// What can only be written once it is known what comes after it.
    waiting: Option<Waiting>,
}

struct Waiting {
    pixels: Pixels,
    /// What is on the screen already; nothing where it was cleared.
    before: Option<Pixels>,
    delay: u16,
}

impl Film {
    fn new(size: Extent, plays: u32) -> Result<Self> {
        let edge = |edge: u32| {
            u16::try_from(edge).map_err(|_| Error::unsupported("the picture is too large for GIF"))
        };
        let (width, height) = (edge(size.width)?, edge(size.height)?);
        let mut encoder = Encoder::new(Vec::new(), width, height, &[]).map_err(damaged)?;
        let repeat = match plays {
            0 => Repeat::Infinite,
            plays => Repeat::Finite(u16::try_from(plays - 1).unwrap_or(u16::MAX)),
        };
        encoder.set_repeat(repeat).map_err(damaged)?;
        Ok(Self {
            encoder,
            waiting: None,
        })
    }

    /// Adds a picture that stands for so many hundredths of a second.
    fn push(&mut self, pixels: Pixels, delay: u16) -> Result<()> {
        let before = match self.waiting.take() {
            // No frame can make a pixel clear: the screen is cleared before it instead.
            Some(last) if uncovers(&last.pixels, &pixels) => {
                self.write(&last, DisposalMethod::Background)?;
                None
            }
            Some(last) => {
                self.write(&last, DisposalMethod::Keep)?;
                Some(last.pixels)
            }
            None => None,
        };
        self.waiting = Some(Waiting {
            pixels,
            before,
            delay,
        });
        Ok(())
    }

    fn write(&mut self, picture: &Waiting, dispose: DisposalMethod) -> Result<()> {
        let pixels = &picture.pixels;
        let part = match &picture.before {
            Some(before) if dispose == DisposalMethod::Keep => difference(before, pixels),
            _ => Region {
                x: 0,
                y: 0,
                width: pixels.width,
                height: pixels.height,
            },
        };
        let edge = |edge: u32| u16::try_from(edge).unwrap_or(u16::MAX);
        let mut data = changed(pixels, picture.before.as_ref(), part);
        // Where the clear color is one too many, what did not change is written once more.
        if colors(&data) > COLORS {
            let whole = changed(pixels, None, part);
            if colors(&whole) <= COLORS {
                data = whole;
            }
        }
        let frame =
            GifFrame::from_rgba_speed(edge(part.width), edge(part.height), &mut data, SPEED);
        let frame = GifFrame {
            left: edge(part.x),
            top: edge(part.y),
            delay: picture.delay,
            dispose,
            ..frame
        };
        self.encoder.write_frame(&frame).map_err(damaged)
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        let last = self.waiting.take();
        let last = last.ok_or_else(|| Error::corrupt("the picture holds no image"))?;
        self.write(&last, DisposalMethod::Keep)?;
        self.encoder.into_inner().map_err(damaged)
    }
}

/// How many colors there are, up to one more than a picture has.
fn colors(data: &[u8]) -> usize {
    let mut known = HashSet::new();
    for pixel in data.chunks_exact(4) {
        known.insert(pixel);
        if known.len() > COLORS {
            break;
        }
    }
    known.len()
}

/// Whether a pixel is clear that was not before.
fn uncovers(before: &Pixels, after: &Pixels) -> bool {
    let pairs = before.data.chunks_exact(4).zip(after.data.chunks_exact(4));
    before.alpha && after.alpha && pairs.into_iter().any(|(old, new)| old[3] > new[3])
}

/// A part of a picture with four channels, clear where the screen shows the same already.
fn changed(pixels: &Pixels, before: Option<&Pixels>, part: Region) -> Vec<u8> {
    let mut data = Vec::with_capacity(part.width as usize * part.height as usize * 4);
    for y in part.y..part.y + part.height {
        for x in part.x..part.x + part.width {
            let pixel = pixels.at(x, y);
            let is_there = before.is_some_and(|before| before.at(x, y) == pixel);
            data.extend(match *pixel {
                _ if is_there => [0; 4],
                [red, green, blue] => [red, green, blue, 255],
                [red, green, blue, alpha] => [red, green, blue, alpha],
                _ => [0; 4],
            });
        }
    }
    data
}

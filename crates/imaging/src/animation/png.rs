//! Animated PNGs, every pixel of which is kept.

use std::io::Cursor;

use png::{
    BlendOp, ColorType, Decoder, DisposeOp, Encoder, FrameControl, Limits, Reader, Transformations,
};

use super::{
    damaged,
    screen::Screen,
    show::{Delay, Reel, Roll, Shot, Show},
    stage::{After, Frame},
};
use crate::{Error, Pixels, Result};

/// What the decoder may take for itself: rows, profile, tables.
const OWN_MEMORY: usize = 32 << 20;

type Png<'a> = Reader<Cursor<&'a [u8]>>;

pub(super) fn open(bytes: &[u8]) -> Result<Roll<'_>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: OWN_MEMORY });
    decoder.set_ignore_text_chunk(true);
    decoder.ignore_checksums(false);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let reader = decoder.read_info().map_err(damaged)?;
    let control = reader.info().animation_control;
    let control = control.ok_or_else(|| Error::corrupt("the picture holds no animation"))?;
    let (color, _) = reader.output_color_type();
    let icc = reader.info().icc_profile.as_deref();
    Ok(Roll {
        icc: icc.unwrap_or_default().to_vec(),
        is_gray: matches!(color, ColorType::Grayscale | ColorType::GrayscaleAlpha),
        plays: control.num_plays,
        // The picture that stands for the animation where none is played may be none of its own.
        reel: Box::new(PngReel {
            next: reader.info().frame_control,
            left: control.num_frames,
            buffer: Vec::new(),
            reader,
        }),
    })
}

struct PngReel<'a> {
    reader: Png<'a>,
    next: Option<FrameControl>,
    left: u32,
    buffer: Vec<u8>,
}

impl Reel for PngReel<'_> {
    fn next(&mut self) -> Result<Option<Shot>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let told = match self.next.take() {
            Some(told) => told,
            None => *self.reader.next_frame_info().map_err(damaged)?,
        };
        Ok(Some(Shot {
            frame: frame(&mut self.reader, told, &mut self.buffer)?,
            delay: Delay {
                parts: told.delay_num.into(),
                of: told.delay_den.into(),
            },
            lossless: true,
        }))
    }
}

pub(super) fn write(show: &mut Show<'_>) -> Result<Vec<u8>> {
    let (size, mut bytes) = (show.size(), Vec::new());
    let mut writer = {
        let mut encoder = Encoder::new(&mut bytes, size.width, size.height);
        encoder.set_color(if show.is_opaque() {
            ColorType::Rgb
        } else {
            ColorType::Rgba
        });
        encoder
            .set_animated(show.frames(), show.plays())
            .and_then(|()| encoder.set_blend_op(BlendOp::Source))
            .and_then(|()| encoder.set_dispose_op(DisposeOp::None))
            .map_err(damaged)?;
        encoder.write_header().map_err(damaged)?
    };
    let mut screen = Screen::default();
    while let Some(picture) = show.next()? {
        let (parts, of) = delay(picture.delay);
        let part = screen.change(picture.pixels, 1);
        writer
            .reset_frame_position()
            .and_then(|()| writer.set_frame_dimension(part.pixels.width, part.pixels.height))
            .and_then(|()| writer.set_frame_position(part.left, part.top))
            .and_then(|()| writer.set_frame_delay(parts, of))
            .and_then(|()| writer.write_image_data(&part.pixels.data))
            .map_err(damaged)?;
    }
    writer.finish().map_err(damaged)?;
    Ok(bytes)
}

/// A delay in two bytes each.
fn delay(delay: Delay) -> (u16, u16) {
    match (delay.parts.try_into(), delay.of.try_into()) {
        (Ok(parts), Ok(of)) => (parts, of),
        _ => (u16::try_from(delay.rounded(10)).unwrap_or(u16::MAX), 10),
    }
}

/// The frame that a control is about.
fn frame(reader: &mut Png<'_>, told: FrameControl, buffer: &mut Vec<u8>) -> Result<Frame> {
    let needed = reader
        .output_buffer_size()
        .ok_or_else(|| Error::corrupt("the picture is damaged"))?;
    buffer.resize(needed, 0);
    let found = reader.next_frame(buffer).map_err(damaged)?;
    // Rows of an interlaced frame lie as far apart as those of the whole picture.
    let apart = if reader.info().interlaced {
        reader.output_line_size(reader.info().width)
    } else {
        None
    };
    let data = buffer
        .chunks(apart.unwrap_or(found.line_size).max(1))
        .take(found.height as usize)
        .filter_map(|row| row.get(..found.line_size))
        .flat_map(|row| row.chunks_exact(found.color_type.samples()))
        .flat_map(|pixel| match *pixel {
            [gray] => [gray, gray, gray, 255],
            [gray, alpha] => [gray, gray, gray, alpha],
            [r, g, b] => [r, g, b, 255],
            [r, g, b, alpha, ..] => [r, g, b, alpha],
            [] => [0; 4],
        })
        .collect();
    Ok(Frame {
        left: told.x_offset,
        top: told.y_offset,
        pixels: Pixels {
            width: found.width,
            height: found.height,
            alpha: true,
            data,
        },
        blends: told.blend_op == BlendOp::Over,
        after: match told.dispose_op {
            DisposeOp::None => After::Stays,
            DisposeOp::Background => After::Cleared,
            DisposeOp::Previous => After::AsBefore,
        },
    })
}

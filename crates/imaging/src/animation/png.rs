//! Animated PNGs, every pixel of which is kept.

use std::io::Cursor;

use png::{
    BlendOp, ColorType, Decoder, DisposeOp, Encoder, FrameControl, Limits, Reader, Transformations,
};

use super::{
    Changes, Head, damaged,
    stage::{After, Frame, Stage},
};
use crate::{
    Budget, Error, Format, Pixels, Result,
    transform::{Made, Recipe},
};

/// What the decoder may take for itself: rows, profile, tables.
const OWN_MEMORY: usize = 32 << 20;

type Png<'a> = Reader<Cursor<&'a [u8]>>;

pub(super) fn film(bytes: &[u8], head: &Head, budget: &Budget, recipe: &Recipe) -> Result<Made> {
    let mut reader = open(bytes)?;
    let control = reader.info().animation_control;
    let control = control.ok_or_else(|| Error::corrupt("the picture holds no animation"))?;
    let (color, _) = reader.output_color_type();
    let is_gray = matches!(color, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    let icc = reader.info().icc_profile.as_deref();
    let icc = icc.unwrap_or_default().to_vec();
    let mut changes = Changes::new(head, &icc, budget, recipe);
    changes.is_gray = is_gray;
    let (size, mut made) = (changes.size(head)?, Vec::new());
    let mut writer = {
        let mut encoder = Encoder::new(&mut made, size.width, size.height);
        encoder.set_color(if recipe.background.is_some() {
            ColorType::Rgb
        } else {
            ColorType::Rgba
        });
        let frames = control.num_frames;
        encoder
            .set_animated(frames, control.num_plays)
            .and_then(|()| encoder.set_blend_op(BlendOp::Source))
            .and_then(|()| encoder.set_dispose_op(DisposeOp::None))
            .map_err(damaged)?;
        encoder.write_header().map_err(damaged)?
    };
    let mut stage = Stage::new(head.size);
    let mut buffer = Vec::new();
    // The picture that stands for the animation where none is played may be none of its own.
    let mut next = reader.info().frame_control;
    while changes.frames < control.num_frames {
        let told = match next.take() {
            Some(told) => told,
            None => *reader.next_frame_info().map_err(damaged)?,
        };
        let shown = stage.show(&frame(&mut reader, told, &mut buffer)?);
        let pixels = changes.change(shown)?;
        writer
            .set_frame_delay(told.delay_num, told.delay_den)
            .and_then(|()| writer.write_image_data(&pixels.data))
            .map_err(damaged)?;
    }
    writer.finish().map_err(damaged)?;
    Ok(changes.made(Format::Png, size, None, made))
}

fn open(bytes: &[u8]) -> Result<Png<'_>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: OWN_MEMORY });
    decoder.set_ignore_text_chunk(true);
    decoder.ignore_checksums(false);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.read_info().map_err(damaged)
}

/// The frame that a control is about.
fn frame(reader: &mut Png<'_>, told: FrameControl, buffer: &mut Vec<u8>) -> Result<Frame> {
    let needed = reader
        .output_buffer_size()
        .ok_or_else(|| Error::corrupt("the picture is damaged"))?;
    buffer.resize(needed, 0);
    let found = reader.next_frame(buffer).map_err(damaged)?;
    let data = buffer
        .chunks_exact(found.line_size.max(1))
        .take(found.height as usize)
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

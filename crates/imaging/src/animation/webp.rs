//! Animated `WebP`: each frame is decoded and encoded by itself, and stands for the whole canvas.

use model::placement::Extent;

use super::{
    Changes, Head, damaged,
    stage::{After, Frame, Stage},
};
use crate::{
    Budget, Error, Format, Result,
    decode::webp_frame,
    encode,
    probe::{WebpChunk, webp_chunks},
    source::Numbers,
    transform::{BEST, Made, Recipe},
};

/// What stands before the chunks of a frame: its place, size, time and manner.
const FRAME_HEAD: usize = 16;
/// The frame takes the place of what is there.
const TAKES_PLACE: u8 = 2;
/// The frame's place is cleared afterwards.
const CLEARED: u8 = 1;
/// The file holds an animation.
const MOVES: u8 = 2;
/// Something in the file is transparent.
const ALPHA: u8 = 16;

pub(super) fn film(bytes: &[u8], head: &Head, budget: &Budget, recipe: &Recipe) -> Result<Made> {
    let chunks = webp_chunks(bytes, 12);
    let body = |kind: &[u8; 4]| {
        let found = chunks.iter().find(|chunk| &chunk.kind == kind);
        found.map_or(&[][..], |chunk| chunk.body)
    };
    let mut changes = Changes::new(head, body(b"ICCP"), budget, recipe);
    let size = changes.size(head)?;
    let mut stage = Stage::new(head.size);
    let (mut frames, mut quality) = (Vec::new(), None);
    for chunk in chunks.iter().filter(|chunk| &chunk.kind == b"ANMF") {
        let (frame, lossless) = frame(bytes, chunk, budget)?;
        if !frame.lies_in(head.size) {
            return Err(Error::corrupt("a frame lies outside the picture"));
        }
        let pixels = changes.change(stage.show(&frame))?.without_idle_alpha();
        let file = if lossless {
            encode::lossless_webp(&pixels)?
        } else {
            quality = Some(BEST);
            encode::webp(&pixels, f32::from(BEST))?
        };
        let delay = chunk.body.get(12..15).unwrap_or(&[0; 3]);
        push(&mut frames, *b"ANMF", &written(size, delay, &file));
    }
    let rounds = body(b"ANIM").get(4..6).unwrap_or(&[0; 2]);
    let bytes = file(size, rounds, changes.has_alpha, &frames);
    Ok(changes.made(Format::Webp, size, quality, bytes))
}

/// A frame, and whether it was encoded without loss.
fn frame(bytes: &[u8], chunk: &WebpChunk<'_>, budget: &Budget) -> Result<(Frame, bool)> {
    let cut_off = || damaged(());
    let body = chunk.body;
    let place = |at: usize| body.le24(at).map(|half| half * 2).ok_or_else(cut_off);
    let flags = *body.get(FRAME_HEAD - 1).ok_or_else(cut_off)?;
    let start = chunk.start + 8;
    let range = start + FRAME_HEAD..start + body.len();
    let inner = webp_chunks(&bytes[range.clone()], 0);
    let lossless = inner.iter().any(|chunk| &chunk.kind == b"VP8L");
    let frame = Frame {
        left: place(0)?,
        top: place(3)?,
        pixels: webp_frame(bytes, range, budget)?,
        blends: flags & TAKES_PLACE == 0,
        after: if flags & CLEARED == 0 {
            After::Stays
        } else {
            After::Cleared
        },
    };
    Ok((frame, lossless))
}

/// The body of a frame that fills the canvas.
fn written(size: Extent, delay: &[u8], file: &[u8]) -> Vec<u8> {
    let mut body = vec![0; 6];
    body.extend(edges(size));
    body.extend(delay);
    body.push(TAKES_PLACE);
    let picture = [b"ALPH", b"VP8 ", b"VP8L"];
    for chunk in webp_chunks(file, 12) {
        if picture.contains(&&chunk.kind) {
            push(&mut body, chunk.kind, chunk.body);
        }
    }
    body
}

/// The whole file.
fn file(size: Extent, rounds: &[u8], has_alpha: bool, frames: &[u8]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    let flags = MOVES | if has_alpha { ALPHA } else { 0 };
    push(
        &mut body,
        *b"VP8X",
        &[&[flags, 0, 0, 0], &edges(size)[..]].concat(),
    );
    push(&mut body, *b"ANIM", &[&[0; 4], rounds].concat());
    body.extend_from_slice(frames);
    let mut file = Vec::with_capacity(body.len() + 8);
    push(&mut file, *b"RIFF", &body);
    file
}

fn push(file: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    file.extend(kind);
    file.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend(body);
    if body.len() % 2 == 1 {
        file.push(0);
    }
}

/// Width and height, each less one, in three bytes.
fn edges(size: Extent) -> [u8; 6] {
    let [width, height] =
        [size.width, size.height].map(|edge| edge.saturating_sub(1).to_le_bytes());
    [
        width[0], width[1], width[2], height[0], height[1], height[2],
    ]
}

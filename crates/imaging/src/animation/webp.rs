//! Animated `WebP`: each frame is decoded and encoded by itself, as a part of the canvas.

use model::placement::Extent;

use super::{
    damaged,
    screen::Screen,
    show::{Delay, Reel, Roll, Shot, Show},
    stage::{After, Frame},
};
use crate::{
    Budget, Result,
    decode::webp_frame,
    encode,
    probe::{WebpChunk, webp_chunks},
    source::Numbers,
};

/// What stands before the chunks of a frame: its place, size, time and manner.
const FRAME_HEAD: usize = 16;
/// How many delays make a second.
const THOUSAND: u32 = 1000;
/// The frame takes the place of what is there.
const TAKES_PLACE: u8 = 2;
/// The frame's place is cleared afterwards.
const CLEARED: u8 = 1;
/// The file holds an animation.
const MOVES: u8 = 2;
/// Something in the file is transparent.
const ALPHA: u8 = 16;

pub(super) fn open<'a>(bytes: &'a [u8], budget: &'a Budget) -> Roll<'a> {
    let mut chunks = webp_chunks(bytes, 12);
    let body = |kind: &[u8; 4]| {
        let found = chunks.iter().find(|chunk| &chunk.kind == kind);
        found.map_or(&[][..], |chunk| chunk.body)
    };
    let (icc, plays) = (body(b"ICCP").to_vec(), body(b"ANIM").le16(4).unwrap_or(0));
    chunks.retain(|chunk| &chunk.kind == b"ANMF");
    Roll {
        icc,
        is_gray: false,
        plays: plays.into(),
        reel: Box::new(WebpReel {
            bytes,
            chunks: chunks.into_iter(),
            budget,
        }),
    }
}

struct WebpReel<'a> {
    bytes: &'a [u8],
    chunks: std::vec::IntoIter<WebpChunk<'a>>,
    budget: &'a Budget,
}

impl Reel for WebpReel<'_> {
    fn next(&mut self) -> Result<Option<Shot>> {
        let Some(chunk) = self.chunks.next() else {
            return Ok(None);
        };
        let (frame, lossless) = frame(self.bytes, &chunk, self.budget)?;
        Ok(Some(Shot {
            frame,
            delay: Delay {
                parts: chunk.body.le24(12).unwrap_or(0),
                of: THOUSAND,
            },
            lossless,
        }))
    }
}

/// The file, and the quality of what was encoded with loss.
pub(super) fn write(show: &mut Show<'_>, quality: u8) -> Result<(Vec<u8>, Option<u8>)> {
    let mut screen = Screen::default();
    let (mut frames, mut used) = (Vec::new(), None);
    while let Some(picture) = show.next()? {
        // Places are counted in steps of two pixels.
        let part = screen.change(picture.pixels, 2);
        let (left, top) = (part.left / 2, part.top / 2);
        let pixels = part.pixels.without_idle_alpha();
        let file = if picture.lossless {
            encode::lossless_webp(&pixels)?
        } else {
            used = Some(quality);
            encode::webp(&pixels, f32::from(quality))?
        };
        let delay = picture.delay.rounded(THOUSAND);
        let told = [left, top, pixels.width - 1, pixels.height - 1, delay];
        push(&mut frames, *b"ANMF", &written(told, &file));
    }
    let plays = u16::try_from(show.plays()).unwrap_or(u16::MAX);
    let bytes = file(show.size(), plays, show.has_alpha(), &frames);
    Ok((bytes, used))
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

/// The body of a frame that takes the place of what is there: where it lies, its size, its delay.
fn written(told: [u32; 5], file: &[u8]) -> Vec<u8> {
    let mut body: Vec<u8> = told.into_iter().flat_map(three).collect();
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
fn file(size: Extent, plays: u16, has_alpha: bool, frames: &[u8]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    let flags = MOVES | if has_alpha { ALPHA } else { 0 };
    let [width, height] = [size.width, size.height].map(|edge| three(edge.saturating_sub(1)));
    push(
        &mut body,
        *b"VP8X",
        &[&[flags, 0, 0, 0], &width[..], &height[..]].concat(),
    );
    push(
        &mut body,
        *b"ANIM",
        &[&[0; 4], &plays.to_le_bytes()[..]].concat(),
    );
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

/// A number in three bytes; what is too large for them, as the largest.
fn three(number: u32) -> [u8; 3] {
    let [low, middle, high, _] = number.min(0x00ff_ffff).to_le_bytes();
    [low, middle, high]
}

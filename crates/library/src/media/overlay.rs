//! Lays replaced bytes over a stream: how films lose their metadata without being copied.

use std::{io, sync::Arc};

use bytes::{Bytes, BytesMut};
use futures::{StreamExt as _, stream::BoxStream};

use crate::decoder::Patch;

/// A stream whose bytes start at a position, with patches laid over.
pub(super) fn overlay(
    pieces: BoxStream<'static, io::Result<Bytes>>,
    start: u64,
    patches: Arc<[Patch]>,
) -> BoxStream<'static, io::Result<Bytes>> {
    if patches.is_empty() {
        return pieces;
    }
    let mut position = start;
    pieces
        .map(move |piece| {
            let piece = piece?;
            let at = position;
            position += piece.len() as u64;
            Ok(patched(piece, at, &patches))
        })
        .boxed()
}

/// A piece that starts at a position, with what falls into it replaced.
fn patched(piece: Bytes, at: u64, patches: &[Patch]) -> Bytes {
    let end = at + piece.len() as u64;
    let touches =
        |patch: &&Patch| patch.offset < end && patch.offset + patch.bytes.len() as u64 > at;
    if !patches.iter().any(|patch| touches(&patch)) {
        return piece;
    }
    let mut piece = BytesMut::from(piece);
    for patch in patches.iter().filter(touches) {
        let from = patch.offset.max(at);
        let to = (patch.offset + patch.bytes.len() as u64).min(end);
        let within =
            |position: u64, base: u64| usize::try_from(position - base).unwrap_or(usize::MAX);
        piece[within(from, at)..within(to, at)]
            .copy_from_slice(&patch.bytes[within(from, patch.offset)..within(to, patch.offset)]);
    }
    piece.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_is_laid_over_wherever_pieces_are_cut() {
        let patches = [
            Patch {
                offset: 2,
                bytes: b"XYZ".to_vec(),
            },
            Patch {
                offset: 9,
                bytes: b"!".to_vec(),
            },
        ];
        let plain = b"0123456789";
        for cut in 0..=plain.len() {
            let (first, second) = plain.split_at(cut);
            let mut whole = patched(Bytes::copy_from_slice(first), 0, &patches).to_vec();
            whole.extend(patched(
                Bytes::copy_from_slice(second),
                cut as u64,
                &patches,
            ));
            assert_eq!(whole, b"01XYZ5678!", "cut at {cut}");
        }
    }
}

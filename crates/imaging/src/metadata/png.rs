//! PNG keeps the chunks that decide its looks, and loses every other one.

use crate::{
    Error, Result, exif,
    probe::{png_check_sum as check_sum, png_chunks},
};

/// Chunks that stay: the picture, its colors and its animation.
const KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut kept = bytes.get(..8).unwrap_or_default().to_vec();
    let (mut ended, mut turned) = (false, false);
    for chunk in png_chunks(bytes) {
        if &chunk.kind == b"eXIf" && !turned {
            let orientation = exif::orientation(chunk.body);
            turned = orientation != 1;
            if turned {
                kept.extend(make(*b"eXIf", &exif::minimal(orientation)));
            }
        }
        if KEPT.contains(&&chunk.kind) {
            kept.extend_from_slice(&bytes[chunk.start..chunk.end]);
        }
        ended = &chunk.kind == b"IEND";
    }
    if ended {
        Ok(kept)
    } else {
        Err(Error::corrupt("the picture is cut off"))
    }
}

/// A chunk with its length and check sum.
fn make(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(body.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes()
        .to_vec();
    chunk.extend(kind);
    chunk.extend_from_slice(body);
    chunk.extend(check_sum(&chunk[4..]).to_be_bytes());
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(make(*b"IEND", &[]), b"\0\0\0\0IEND\xae\x42\x60\x82");
    }
}

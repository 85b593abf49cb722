//! WebP loses its EXIF and XMP chunks, and the flags that announce them.

use crate::{Error, Result, exif, probe::webp_chunks};

const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;

pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    let (mut flags, mut orientation) = (None, 1);
    for chunk in webp_chunks(bytes, 12) {
        match &chunk.kind {
            b"EXIF" => orientation = exif::orientation(chunk.body),
            b"VP8X" => {
                flags = Some(kept.len() + 8);
                kept.extend_from_slice(&bytes[chunk.start..chunk.end]);
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {
                kept.extend_from_slice(&bytes[chunk.start..chunk.end]);
            }
            _ => {}
        }
    }
    if let Some(flags) = flags.and_then(|at| kept.get_mut(at)) {
        *flags &= !(EXIF | XMP);
        if orientation != 1 {
            *flags |= EXIF;
        }
    }
    if flags.is_some() && orientation != 1 {
        let body = exif::minimal(orientation);
        kept.extend(b"EXIF");
        kept.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
        kept.extend(&body);
        kept.extend(vec![0; body.len() % 2]);
    }
    let size =
        u32::try_from(kept.len() - 8).map_err(|_| Error::corrupt("the picture is too large"))?;
    kept[4..8].copy_from_slice(&size.to_le_bytes());
    Ok(kept)
}

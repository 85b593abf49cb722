//! WAV: the length is that of the data that is there, not of the data that is claimed.

use std::io::SeekFrom;

use super::{Facts, ratio};
use crate::{
    Error, Format, Result, Source,
    source::{Numbers, array_at, read_at},
};

/// Chunks that are walked before giving up.
const MAX_CHUNKS: usize = 1000;

pub(super) fn probe(source: &mut dyn Source) -> Result<Facts> {
    let len = source.seek(SeekFrom::End(0))?;
    let (mut at, mut shape) = (12, None);
    for _ in 0..MAX_CHUNKS {
        if at + 8 > len {
            break;
        }
        let head: [u8; 8] = array_at(source, at)?;
        let size = u64::from(head.le32(4).unwrap_or(0));
        match &head[..4] {
            b"fmt " => shape = Some(read_at(source, at + 8, 64)?),
            b"data" => {
                let shape = shape.ok_or_else(|| Error::corrupt("the sound has no format"))?;
                return facts(&shape, size.min(len - at - 8));
            }
            _ => {}
        }
        at += 8 + size + (size & 1);
    }
    // A header without sound is a sound of no length.
    shape.map_or_else(
        || Err(Error::corrupt("the sound has no format")),
        |shape| facts(&shape, 0),
    )
}

fn facts(shape: &[u8], data: u64) -> Result<Facts> {
    let field = |value: Option<u32>| value.ok_or_else(|| Error::corrupt("the sound has no format"));
    let tag = field(shape.le16(0).map(u32::from))?;
    let bytes_per_second = u64::from(field(shape.le32(8))?);
    let bits = shape.le16(14).unwrap_or(0);
    // An extensible format keeps its true tag further on.
    let tag = if tag == 0xfffe {
        shape.le16(24).map_or(1, u32::from)
    } else {
        tag
    };
    let codec = match (tag, bits) {
        (1, 8) => "pcm_u8".to_owned(),
        (1, bits) => format!("pcm_s{bits}le"),
        (3, bits) => format!("pcm_f{bits}le"),
        (6, _) => "pcm_alaw".to_owned(),
        (7, _) => "pcm_mulaw".to_owned(),
        (0x55, _) => "mp3".to_owned(),
        (2 | 0x11, _) => "adpcm".to_owned(),
        (tag, _) => format!("wav_{tag:04x}"),
    };
    Ok(Facts::sound(
        Format::Wav,
        codec,
        ratio(data, bytes_per_second),
    ))
}

//! The one thing of EXIF that decides how a picture looks: its orientation.

use crate::source::Numbers;

/// Tags that are walked before giving up.
const MAX_TAGS: usize = 1000;
/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// The orientation told by a block of EXIF, with or without its `Exif` prefix; 1 where none is.
pub(crate) fn orientation(exif: &[u8]) -> u8 {
    find(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)).unwrap_or(1)
}

fn find(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at| if little { tiff.le16(at) } else { tiff.be16(at) };
    let long = |at| if little { tiff.le32(at) } else { tiff.be32(at) };
    let directory = long(4)? as usize;
    let count = usize::from(short(directory)?).min(MAX_TAGS);
    let entries = (0..count).map(|index| directory.saturating_add(2 + index * 12));
    let entry = entries
        .into_iter()
        .find(|at| short(*at) == Some(ORIENTATION))?;
    let value = short(entry.checked_add(8)?)?;
    u8::try_from(value)
        .ok()
        .filter(|value| (1..=8).contains(value))
}

/// The smallest block that tells an orientation, without the `Exif` prefix.
pub(crate) fn minimal(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_block_is_read_back() {
        for wanted in 1..=8 {
            assert_eq!(orientation(&minimal(wanted)), wanted);
        }
        assert_eq!(orientation(b"Exif\0\0II*\0\x08\0\0\0"), 1);
        assert_eq!(orientation(b""), 1);
    }
}

//! What parent and child say to each other: a question with an open file, and an answer.

use std::io::{self, Read, Write};

use imaging::{Budget, Inspected, Made, Picture, Recipe, ThumbSpec, metadata::Patch};
use model::preview::Content;
use serde::{Deserialize, Serialize};

use super::sandbox::SandboxStatus;

/// The longest question; names are the only part that grows.
pub(super) const MAX_QUESTION: usize = 64 * 1024;
/// The longest head of an answer.
const MAX_HEAD: u32 = 4 << 20;
/// The longest body of an answer: a public copy of the largest picture.
const MAX_BODY: u32 = 128 << 20;

/// What one picture may cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Limits {
    pub max_pixels: u64,
    pub max_memory: u64,
    pub max_input: u64,
    /// The most memory beyond what the child had when it started, whatever the codecs believe.
    pub room: u64,
    /// Seconds of processor time after which the kernel ends the child, even an orphan.
    pub cpu_seconds: u64,
}

impl Limits {
    /// The same for the codecs.
    pub(super) fn budget(&self) -> Budget {
        Budget {
            max_pixels: self.max_pixels,
            max_memory: self.max_memory,
            max_input: self.max_input,
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Task {
    /// Facts and thumbnail.
    Inspect {
        name: Option<String>,
        thumb: ThumbSpec,
        /// Whether drawings in SVG are kept, unopened.
        drawings: bool,
    },
    /// One rendition.
    Render(ThumbSpec),
    /// One page of a document, counted from 1.
    Page(u32, ThumbSpec),
    /// A picture made of this one.
    Transform(Recipe),
    /// A public copy.
    Strip,
    /// The words of a document.
    Text,
    /// What there is to see of what is no picture.
    Content,
    /// The pages of a document, without its words.
    Outline,
    /// How well the child is locked in.
    Sandbox,
}

/// A question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Question {
    pub task: Task,
    pub limits: Limits,
}

/// An answer; pictures and patches have their bytes in the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Answer {
    Inspected(Box<Inspected>),
    Rendered(Picture),
    Made(Made),
    Text(String),
    Content(Content),
    Unchanged,
    Bytes,
    /// Offsets and lengths of patches.
    Patches(Vec<(u64, usize)>),
    Sandbox(SandboxStatus),
    Refused(imaging::Error),
    Unreadable(String),
}

/// Writes an answer: two lengths, head and body.
pub(super) fn write_answer(writer: &mut impl Write, head: &Answer, body: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let len = |part: &[u8]| u32::try_from(part.len()).map_err(|_| io::ErrorKind::InvalidData);
    let mut lengths = [0; 8];
    lengths[..4].copy_from_slice(&len(&head)?.to_le_bytes());
    lengths[4..].copy_from_slice(&len(body)?.to_le_bytes());
    writer.write_all(&lengths)?;
    writer.write_all(&head)?;
    writer.write_all(body)
}

/// The lengths of head and body, refused where a child gone wrong makes them up.
pub(super) fn lengths(bytes: [u8; 8]) -> io::Result<(usize, usize)> {
    let number = |half: &[u8]| {
        half.iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
    };
    let (head, body) = (number(&bytes[..4]), number(&bytes[4..]));
    if head > MAX_HEAD || body > MAX_BODY {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "an answer without measure",
        ));
    }
    Ok((head as usize, body as usize))
}

/// Patches as places and one body.
pub(super) fn pack(patches: Vec<Patch>) -> (Answer, Vec<u8>) {
    let places = patches
        .iter()
        .map(|patch| (patch.offset, patch.bytes.len()))
        .collect();
    let body = patches.into_iter().flat_map(|patch| patch.bytes).collect();
    (Answer::Patches(places), body)
}

/// The patches again; a body that is too short ends them.
pub(super) fn unpack(places: Vec<(u64, usize)>, mut body: &[u8]) -> Vec<Patch> {
    let mut patches = Vec::new();
    for (offset, len) in places {
        let mut bytes = vec![0; len.min(body.len())];
        if bytes.len() < len || body.read_exact(&mut bytes).is_err() {
            break;
        }
        patches.push(Patch { offset, bytes });
    }
    patches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_come_back_as_they_were() {
        let patches = vec![
            Patch {
                offset: 7,
                bytes: vec![1, 2, 3],
            },
            Patch {
                offset: 1 << 40,
                bytes: vec![4],
            },
        ];
        let (Answer::Patches(places), body) = pack(patches.clone()) else {
            panic!("patches")
        };
        assert_eq!(unpack(places.clone(), &body), patches);
        assert_eq!(unpack(places, &body[..3]), patches[..1]);
    }

    #[test]
    fn an_answer_without_measure_is_refused() {
        assert!(lengths([0xff; 8]).is_err());
        assert_eq!(lengths([2, 0, 0, 0, 1, 0, 0, 0]).expect("small"), (2, 1));
    }
}

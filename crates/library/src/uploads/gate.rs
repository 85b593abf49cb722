//! Stops files that are too large: by what is announced, and while bytes come.

use model::{ByteSize, FileName, Kind, KindSizes, Problem, ProblemCode, UploadMetadata};

use crate::decoder::KNOWN;

/// As many first bytes tell most kinds from everything else.
pub(crate) const HEAD: usize = 16;

/// Watches a body go by.
#[derive(Debug)]
pub(super) struct Gate {
    sizes: KindSizes,
    name: String,
    /// What the name makes of the limit; a part has neither a name nor a beginning of its own.
    told: Option<(Kind, ByteSize)>,
    /// The first bytes of the file.
    head: Vec<u8>,
    /// What the client said the whole will be.
    announced: Option<ByteSize>,
    /// More than this was never agreed on.
    length: Option<ByteSize>,
}

impl Gate {
    /// A gate for a file of which the first bytes may be there already.
    pub fn new(
        sizes: KindSizes,
        metadata: &UploadMetadata,
        head: Vec<u8>,
        announced: Option<ByteSize>,
        length: Option<ByteSize>,
    ) -> Self {
        Self {
            sizes,
            name: display_name(metadata),
            told: Some(largest(&sizes, told_kinds(metadata))),
            head,
            announced,
            length,
        }
    }

    /// A gate for a part of a file, which may be of any kind and begin anyhow.
    pub fn of_a_part(self) -> Self {
        Self { told: None, ..self }
    }

    /// Lets bytes pass that start at a position, or says why not.
    pub fn admit(&mut self, position: u64, bytes: &[u8]) -> Result<(), Problem> {
        if self.head.len() as u64 == position {
            let missing = HEAD.saturating_sub(self.head.len());
            self.head
                .extend_from_slice(&bytes[..bytes.len().min(missing)]);
        }
        let size = ByteSize::bytes(position + bytes.len() as u64);
        if self.length.is_some_and(|length| size > length) {
            return Err(Problem::new(
                ProblemCode::BodyTooLarge,
                "There are more bytes than the upload's length says.",
            ));
        }
        let (kind, limit) = self.limit();
        if size > limit {
            let told = self.announced.filter(|told| *told > size).unwrap_or(size);
            return Err(Problem::too_large(&self.name, told, kind, limit));
        }
        Ok(())
    }

    /// The smallest of what the first bytes, the name and all kinds allow.
    fn limit(&self) -> (Kind, ByteSize) {
        let all = largest(&self.sizes, Kind::ALL);
        let Some(told) = self.told else { return all };
        let seen = kind_by_head(&self.head).map(|kind| (kind, self.sizes.of(kind)));
        let limits = seen.into_iter().chain([told, all]);
        limits.min_by_key(|(_, limit)| *limit).unwrap_or(all)
    }
}

/// Refuses what its length alone makes impossible.
///
/// What the client says of the kind can only make the limit smaller: the bytes decide in the end.
pub(super) fn check_announced(
    sizes: &KindSizes,
    metadata: &UploadMetadata,
    size: ByteSize,
) -> Result<(), Problem> {
    let (_, possible) = largest(sizes, Kind::ALL);
    let (kind, limit) = largest(sizes, told_kinds(metadata));
    if size > limit.min(possible) {
        return Err(Problem::too_large(
            &display_name(metadata),
            size,
            kind,
            limit,
        ));
    }
    Ok(())
}

fn display_name(metadata: &UploadMetadata) -> String {
    let name = metadata.name.as_ref().map(FileName::to_string);
    name.unwrap_or_else(|| "The file".to_owned())
}

/// The kind that may be largest, and how large.
fn largest(sizes: &KindSizes, kinds: impl IntoIterator<Item = Kind>) -> (Kind, ByteSize) {
    kinds
        .into_iter()
        .map(|kind| (kind, sizes.of(kind)))
        .max_by_key(|(_, size)| *size)
        .unwrap_or((Kind::Video, sizes.largest()))
}

/// The kinds that a file of this name or claimed media type can have.
fn told_kinds(metadata: &UploadMetadata) -> Vec<Kind> {
    let extension = metadata
        .name
        .as_ref()
        .map(FileName::extension)
        .unwrap_or_default();
    let by_name: Vec<_> = KNOWN
        .iter()
        .filter(|known| known.extensions.contains(&extension.as_str()))
        .map(|known| known.kind)
        .collect();
    if !by_name.is_empty() {
        return by_name;
    }
    let filetype = metadata.filetype.as_deref().unwrap_or_default();
    KNOWN
        .iter()
        .filter(|known| known.mime == filetype)
        .map(|known| known.kind)
        .collect()
}

/// Kinds that a few fixed bytes at the start give away; nothing is decoded.
fn kind_by_head(head: &[u8]) -> Option<Kind> {
    if is_picture(head) {
        Some(Kind::Image)
    } else if is_sound(head) {
        Some(Kind::Audio)
    } else if is_card(head) {
        Some(Kind::Contact)
    } else if is_document(head) {
        Some(Kind::Document)
    } else {
        None
    }
}

fn is_picture(head: &[u8]) -> bool {
    const BRANDS: &[&[u8; 4]] = &[
        b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"heim", b"hevc",
    ];
    head.starts_with(b"\xff\xd8\xff")
        || head.starts_with(b"\x89PNG\r\n\x1a\n")
        || head.starts_with(b"GIF8")
        || is_riff(head, *b"WEBP")
        || is_branded(head, BRANDS)
}

fn is_sound(head: &[u8]) -> bool {
    // The versions of the tag are 2 to 4: text may begin with its letters.
    let is_tagged = head.starts_with(b"ID3") && head.get(3).is_some_and(|version| *version < 16);
    // MPEG's third layer and ADTS; what else begins with eleven ones is text in UTF-16.
    let is_framed = head.first() == Some(&0xff)
        && head.get(1).is_some_and(|second| {
            matches!(
                second,
                0xe2 | 0xe3 | 0xf2 | 0xf3 | 0xfa | 0xfb | 0xf0 | 0xf1 | 0xf8 | 0xf9
            )
        });
    is_tagged
        || is_framed
        || head.starts_with(b"fLaC")
        || head.starts_with(b"OggS")
        || head.starts_with(b"#!AMR")
        || is_riff(head, *b"WAVE")
        || is_branded(head, &[b"M4A ", b"M4B ", b"M4P "])
}

fn is_card(head: &[u8]) -> bool {
    const BEGIN: &[u8] = b"BEGIN:VCARD";
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = text.get(..BEGIN.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(BEGIN))
}

fn is_document(head: &[u8]) -> bool {
    head.starts_with(b"%PDF-")
        || head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || head.starts_with(b"{\\rtf")
        || head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

fn is_riff(head: &[u8], form: [u8; 4]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(form.as_slice())
}

fn is_branded(head: &[u8], brands: &[&[u8; 4]]) -> bool {
    let brand = head
        .get(8..12)
        .filter(|_| head.get(4..8) == Some(b"ftyp".as_slice()));
    brand.is_some_and(|brand| brands.iter().any(|known| brand == known.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> UploadMetadata {
        UploadMetadata {
            name: Some(FileName::clean(name)),
            ..UploadMetadata::default()
        }
    }

    #[test]
    fn a_picture_stops_at_the_limit_of_pictures_whatever_it_is_called() {
        let sizes = KindSizes::default();
        let mut gate = Gate::new(sizes, &named("film.mp4"), Vec::new(), None, None);

        gate.admit(0, b"\xff\xd8\xff\xe0 a picture").unwrap();
        let problem = gate.admit(5_000_000, b"one more").unwrap_err();

        assert_eq!(problem.code, ProblemCode::TooLarge);
        assert_eq!(
            (problem.kind, problem.limit),
            (Some(Kind::Image), Some(sizes.image))
        );
    }

    /// How many bytes of a file of this name and beginning are let in.
    fn let_in(mut gate: Gate, head: &[u8]) -> u64 {
        gate.admit(0, head).unwrap();
        let piece = vec![0; 100_000];
        let mut position = head.len() as u64;
        while gate.admit(position, &piece).is_ok() {
            position += piece.len() as u64;
        }
        position / 1_000_000
    }

    #[test]
    fn a_file_stops_at_the_limit_of_what_it_begins_as_or_is_called() {
        let gate = |name: &str| {
            let sizes = KindSizes {
                video: ByteSize::megabytes(400),
                ..KindSizes::default()
            };
            Gate::new(sizes, &named(name), Vec::new(), None, None)
        };

        let heads: [(&[u8], u64); 16] = [
            (b"\xff\xd8\xff\xe0", 5),
            (b"\0\0\0\x20ftypheic", 5),
            (b"ID3\x04\0\0", 16),
            (b"\xff\xfb\x90\x64", 16),
            (b"\xff\xf1\x50\x80", 16),
            (b"OggS\0\x02", 16),
            (b"\0\0\0\x20ftypM4A ", 16),
            (b"RIFF\0\0\0\0WAVE", 16),
            (b"BEGIN:VCARD\r\n", 1),
            (b"\xef\xbb\xbfbegin:vcard\r\n", 1),
            (b"%PDF-1.7", 100),
            (b"PK\x03\x04", 100),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 100),
            (b"\0\0\0\x20ftypisom", 400),
            (b"\xff\xfeH\0i\0", 400),
            (b"ID3 is a kind of tag", 400),
        ];
        for (head, most) in heads {
            // The last piece that fits ends a little before the limit.
            let taken = let_in(gate("a"), head);
            assert!(taken <= most && taken + 1 >= most, "{head:?}: {taken}");
        }
        assert!(let_in(gate("a.jpg"), b"%PDF-1.7") <= 5);
        assert!(let_in(gate("a.txt"), b"plain words") <= 100);
        assert!(let_in(gate("a.mp3").of_a_part(), b"PK\x03\x04") >= 399);
    }

    #[test]
    fn a_name_makes_the_limit_smaller_and_never_larger() {
        let sizes = KindSizes::default();
        let six = ByteSize::megabytes(6);

        assert!(check_announced(&sizes, &named("a.jpg"), six).is_err());
        assert!(check_announced(&sizes, &named("a.pdf"), six).is_ok());
        assert!(check_announced(&sizes, &named("a"), six).is_ok());
        assert!(check_announced(&sizes, &named("a.mp4"), ByteSize::megabytes(101)).is_err());
    }

    #[test]
    fn more_than_the_length_is_refused() {
        let length = Some(ByteSize::bytes(3));
        let mut gate = Gate::new(
            KindSizes::default(),
            &named("a"),
            Vec::new(),
            length,
            length,
        );

        let problem = gate.admit(0, b"four").unwrap_err();

        assert_eq!(problem.code, ProblemCode::BodyTooLarge);
    }
}

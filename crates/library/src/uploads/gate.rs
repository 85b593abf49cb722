//! Stops files that are too large: by what is announced, and while bytes come.

use model::{ByteSize, FileName, Kind, KindSizes, Problem, ProblemCode, UploadMetadata};

use crate::decoder::KNOWN;

/// As many first bytes tell a picture or a sound from everything else.
pub(crate) const HEAD: usize = 16;

/// Watches a body go by.
#[derive(Debug)]
pub(super) struct Gate {
    sizes: KindSizes,
    name: String,
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
            head,
            announced,
            length,
        }
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
        let (kind, limit) = match kind_by_head(&self.head) {
            Some(kind) => (kind, self.sizes.of(kind)),
            None => largest(&self.sizes, Kind::ALL),
        };
        if size > limit {
            let told = self.announced.filter(|told| *told > size).unwrap_or(size);
            return Err(Problem::too_large(&self.name, told, kind, limit));
        }
        Ok(())
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
    let riff = |form: &[u8]| head.starts_with(b"RIFF") && head.get(8..12) == Some(form);
    let is_picture = head.starts_with(b"\xff\xd8\xff")
        || head.starts_with(b"\x89PNG\r\n\x1a\n")
        || head.starts_with(b"GIF8")
        || riff(b"WEBP")
        || head.get(4..8) == Some(b"ftyp".as_slice())
            && head.get(8..12).is_some_and(|brand| {
                [
                    b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"heim", b"hevc",
                ]
                .iter()
                .any(|picture| brand == *picture)
            });
    let is_sound = head.starts_with(b"fLaC") || head.starts_with(b"#!AMR") || riff(b"WAVE");
    match (is_picture, is_sound) {
        (true, _) => Some(Kind::Image),
        (_, true) => Some(Kind::Audio),
        _ => None,
    }
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

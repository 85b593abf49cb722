//! What can be told of a file before it is sent: a help for people, never a check to rely on.

use model::{ByteSize, Kind, Limits, Problem, ProblemCode, Reason};

use super::item::FileFacts;

/// The kind a file seems to be, by its name and the browser's belief.
pub fn seeming_kind(facts: &FileFacts, limits: &Limits) -> Option<Kind> {
    let extension = extension(&facts.name);
    let by_name = limits
        .kinds
        .iter()
        .find(|limit| limit.extensions.contains(&extension));
    let by_type = || {
        limits
            .kinds
            .iter()
            .find(|limit| limit.mimes.contains(&facts.mime))
    };
    by_name.or_else(by_type).map(|limit| limit.kind)
}

/// Finds what the server would refuse a file for, before any byte is sent.
pub fn find_problem(facts: &FileFacts, limits: &Limits) -> Option<Problem> {
    if facts.size == ByteSize::ZERO {
        return Some(empty(&facts.name));
    }
    let kind = seeming_kind(facts, limits);
    let largest = limits
        .kinds
        .iter()
        .filter(|limit| kind.is_none_or(|kind| limit.kind == kind))
        .max_by_key(|limit| limit.max_size)?;
    (facts.size > largest.max_size)
        .then(|| Problem::too_large(&facts.name, facts.size, largest.kind, largest.max_size))
}

/// Whether the browser can make a smaller copy of a file refused for its size.
pub fn can_shrink(facts: &FileFacts, problem: &Problem) -> bool {
    const READABLE: [&str; 5] = ["jpg", "jpeg", "png", "webp", "avif"];
    problem.code == ProblemCode::TooLarge
        && problem.kind == Some(Kind::Image)
        && problem.limit.is_some()
        && problem.reason != Some(Reason::NotShrunk)
        && READABLE.contains(&extension(&facts.name).as_str())
}

/// Whether the browser can cut a part of a file, as far as its name tells.
pub fn can_crop(facts: &FileFacts) -> bool {
    const EXTENSIONS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];
    const TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
    EXTENSIONS.contains(&extension(&facts.name).as_str()) || TYPES.contains(&facts.mime.as_str())
}

/// Whether a smaller part of a refused picture may be taken.
pub fn can_be_mended(problem: &Problem) -> bool {
    matches!(
        problem.code,
        ProblemCode::TooLarge | ProblemCode::TooManyPixels
    )
}

/// Whether only a smaller copy helps, or a higher limit.
pub fn needs_smaller_copy(problem: &Problem) -> bool {
    problem.code == ProblemCode::TooLarge
}

/// A picture that no smaller copy could be made of.
pub fn not_shrunk(name: &str, problem: Problem) -> Problem {
    problem.because(Reason::NotShrunk).named(name)
}

fn empty(name: &str) -> Problem {
    Problem {
        size: Some(ByteSize::ZERO),
        ..Problem::new(
            ProblemCode::EmptyFile,
            format!("{name} is empty (0 bytes). Check the original and choose it again."),
        )
    }
}

/// What follows the last dot, in lower case.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map(|(_, extension)| extension.to_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use model::KindLimit;

    use super::*;

    pub fn limits() -> Limits {
        let limit = |kind, megabytes, mime: &str, extension: &str| KindLimit {
            kind,
            max_size: ByteSize::megabytes(megabytes),
            mimes: vec![mime.into()],
            extensions: vec![extension.into()],
        };
        Limits {
            kinds: vec![
                limit(Kind::Image, 5, "image/jpeg", "jpg"),
                limit(Kind::Video, 100, "video/mp4", "mp4"),
            ],
            max_pixels: 100_000_000,
            folder_images: 50,
            max_name_chars: 255,
            quota: None,
            retention_days: 30,
            max_assets: 1_000_000,
        }
    }

    pub fn facts(name: &str, mime: &str, bytes: u64) -> FileFacts {
        FileFacts {
            name: name.into(),
            size: ByteSize::bytes(bytes),
            mime: mime.into(),
            last_modified: 0,
        }
    }

    #[test]
    fn a_large_picture_is_refused_with_rule_and_figure() {
        let problem = find_problem(&facts("beach.JPG", "", 7_200_000), &limits()).unwrap();

        assert_eq!(problem.detail, "beach.JPG is 7.2 MB; images may be 5 MB.");
        assert!(can_shrink(&facts("beach.JPG", "", 7_200_000), &problem));
    }

    #[test]
    fn a_large_video_cannot_be_made_smaller_here() {
        let film = facts("film.mp4", "video/mp4", 200_000_000);
        let problem = find_problem(&film, &limits()).unwrap();

        assert!(!can_shrink(&film, &problem));
        assert!(needs_smaller_copy(&problem));
    }

    #[test]
    fn a_picture_is_made_smaller_once() {
        let beach = facts("beach.jpg", "", 7_200_000);
        let problem = find_problem(&beach, &limits()).unwrap();
        let problem = not_shrunk("beach.jpg", problem);

        assert!(!can_shrink(&beach, &problem));
        assert!(needs_smaller_copy(&problem));
    }

    #[test]
    fn pictures_that_browsers_read_and_write_can_be_cropped() {
        assert!(can_crop(&facts("Beach.JPG", "", 1)));
        assert!(can_crop(&facts("pasted", "image/png", 1)));
        assert!(!can_crop(&facts("spinner.gif", "image/gif", 1)));
        assert!(!can_crop(&facts("film.mp4", "video/mp4", 1)));
    }

    #[test]
    fn an_empty_file_is_named() {
        let problem = find_problem(&facts("notes.txt", "text/plain", 0), &limits()).unwrap();

        assert_eq!(problem.code, ProblemCode::EmptyFile);
        assert!(problem.detail.contains("notes.txt"));
    }

    #[test]
    fn what_seems_of_no_kind_is_left_to_the_server() {
        assert_eq!(
            find_problem(&facts("photo", "", 60_000_000), &limits()),
            None
        );
        assert!(find_problem(&facts("photo", "", 600_000_000), &limits()).is_some());
    }

    #[test]
    fn the_name_counts_before_the_type() {
        let kind = seeming_kind(&facts("a.mp4", "image/jpeg", 1), &limits());

        assert_eq!(kind, Some(Kind::Video));
        assert_eq!(
            seeming_kind(&facts("a", "image/jpeg", 1), &limits()),
            Some(Kind::Image)
        );
    }
}

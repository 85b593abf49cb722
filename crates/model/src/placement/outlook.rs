//! Whether any placement at all would take a file, told before it is sent.

use super::{Bound, BoundName, Facts, Finding, Outcome, Placement, Verdict, judge};
use crate::ByteSize;

/// What a file may look forward to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// A placement takes it, as far as anybody knows.
    Somewhere,
    /// Its pixels would tell whether one does.
    AskPixels,
    /// None takes it.
    Nowhere(Nowhere),
}

/// Why no placement takes a file, by those that come nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nowhere {
    /// Its bytes alone are too many: at most so many would be taken.
    TooLarge(ByteSize),
    /// Its pixels alone are too few.
    TooSmall,
    /// Its type, or more than one thing about it.
    Otherwise,
}

/// Looks at a file for all placements at once.
pub fn foresee(placements: &[Placement], facts: &Facts) -> Outlook {
    let mut asks_pixels = placements.is_empty();
    let mut nearest = Nowhere::Otherwise;
    for placement in placements {
        let verdict = judge(placement, facts);
        match &verdict.outcome {
            Outcome::Unsure if hangs_on_pixels(&verdict) => asks_pixels = true,
            Outcome::Fits | Outcome::Cut { .. } | Outcome::Unsure => return Outlook::Somewhere,
            Outcome::TooSmall { .. } => nearest = nearer(nearest, Nowhere::TooSmall),
            Outcome::Refused { broken } => {
                if let Some(most) = most_bytes(broken) {
                    nearest = nearer(nearest, Nowhere::TooLarge(most));
                }
            }
        }
    }
    if asks_pixels {
        Outlook::AskPixels
    } else {
        Outlook::Nowhere(nearest)
    }
}

fn hangs_on_pixels(verdict: &Verdict) -> bool {
    verdict.unknown.iter().any(|name| {
        matches!(
            name,
            BoundName::Pixels | BoundName::Ratio | BoundName::Stretch | BoundName::EdgeSum
        )
    })
}

/// How many bytes would be taken, where nothing but bytes is against a file.
fn most_bytes(broken: &[Finding]) -> Option<ByteSize> {
    let most = |finding: &Finding| match finding.limit {
        Bound::Bytes { max } => Some(max),
        _ => None,
    };
    let all: Option<Vec<_>> = broken.iter().map(most).collect();
    all?.into_iter().min()
}

/// What is easier to mend: fewer bytes, the more of them may stay, before more pixels.
fn nearer(one: Nowhere, other: Nowhere) -> Nowhere {
    match (one, other) {
        (Nowhere::TooLarge(one), Nowhere::TooLarge(other)) => Nowhere::TooLarge(one.max(other)),
        (Nowhere::TooLarge(_), _) | (Nowhere::TooSmall, Nowhere::Otherwise) => one,
        _ => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::placement::{Extent, catalogue};
    use crate::{Kind, Mime};

    use super::*;

    fn facts(kind: Kind, mime: &str, bytes: u64) -> Facts {
        Facts::new(kind, Mime(mime.to_owned()), ByteSize::bytes(bytes))
    }

    /// Those placements of the catalogue whose channel it is.
    fn channel(id: &str) -> Vec<Placement> {
        let all = catalogue().iter();
        let found = all.filter(|one| one.channel.id.as_str() == id);
        found.cloned().collect()
    }

    #[test]
    fn a_film_too_large_for_all_is_told_how_large_it_may_be() {
        let film = |bytes| facts(Kind::Video, "video/quicktime", bytes);

        assert_eq!(foresee(catalogue(), &film(50_000_000)), Outlook::Somewhere);
        assert_eq!(
            foresee(catalogue(), &film(50_000_001)),
            Outlook::Nowhere(Nowhere::TooLarge(ByteSize::megabytes(50)))
        );
    }

    #[test]
    fn a_type_that_nobody_takes_fits_nowhere() {
        let odd = facts(Kind::Image, "image/tiff", 1);

        assert_eq!(foresee(catalogue(), &odd), Outlook::Somewhere);
        assert_eq!(
            foresee(&channel("push"), &odd),
            Outlook::Nowhere(Nowhere::Otherwise)
        );
    }

    #[test]
    fn pixels_are_asked_for_where_they_decide() {
        let mut places = channel("in-app");
        places.retain(|one| one.id.as_str() == "in-app-full-image-text");
        let unknown = facts(Kind::Image, "image/png", 1);
        let sized = |width, height| Facts {
            pixels: Some(Extent { width, height }),
            ..unknown.clone()
        };

        assert_eq!(foresee(&places, &unknown), Outlook::AskPixels);
        assert_eq!(foresee(&places, &sized(4_000, 3_000)), Outlook::Somewhere);
        assert_eq!(
            foresee(&places, &sized(4, 3)),
            Outlook::Nowhere(Nowhere::TooSmall)
        );
    }

    #[test]
    fn where_no_placement_is_known_nothing_is_foretold() {
        let note = facts(Kind::Document, "text/plain", 1);

        assert_eq!(foresee(&[], &note), Outlook::AskPixels);
    }
}

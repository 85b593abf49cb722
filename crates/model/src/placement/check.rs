//! What a placement must be, before anything is judged by it.

use super::{Bound, LocalText, Placement, Rule};
use crate::{Problem, Reason};

/// The most rules of a placement.
const RULES: usize = 40;
/// The most entries of a list in a rule.
const ENTRIES: usize = 60;

impl Placement {
    /// Checks that its texts, figures and sources make sense.
    pub fn check(&self) -> Result<(), Problem> {
        let texts = [&self.channel.name, &self.name];
        if !texts.into_iter().all(|text| is_text(text, 100))
            || !self.note.iter().all(|note| is_text(note, 500))
        {
            return Err(Problem::invalid(
                "name",
                "Names have 1 to 100 characters on one line, notes at most 500.",
            )
            .because(Reason::PlacementName));
        }
        if !(1..=RULES).contains(&self.rules.len()) {
            let detail = format!("A placement has 1 to {RULES} rules.");
            let problem = Problem::invalid("rules", detail);
            return Err(problem
                .because(Reason::PlacementRules)
                .at_most(RULES as u64));
        }
        self.rules.iter().try_for_each(Rule::check)
    }
}

fn is_text(text: &LocalText, most: usize) -> bool {
    let is_good = |text: &str| {
        !text.trim().is_empty()
            && text.chars().count() <= most
            && !text.chars().any(char::is_control)
    };
    is_good(&text.en) && text.pt_br.as_deref().is_none_or(is_good)
}

impl Rule {
    fn check(&self) -> Result<(), Problem> {
        let name = self.limit.name();
        let wrong = |what: &str, reason| {
            let detail = format!("The rule about {name}: {what}.");
            Err(Problem::invalid("rules", detail).because(reason))
        };
        if self.unit != name.unit() {
            return wrong("its unit is another one", Reason::PlacementFigures);
        }
        let is_address = self.source.starts_with("https://")
            && self.source.len() <= 500
            && !self
                .source
                .contains(|c: char| c.is_whitespace() || c.is_control());
        if !is_address {
            return wrong("its source is no https address", Reason::PlacementSource);
        }
        if !self.limit.makes_sense() {
            return wrong("its figures cannot be met", Reason::PlacementFigures);
        }
        Ok(())
    }
}

impl Bound {
    /// Whether some file could meet it, and some could not.
    fn makes_sense(&self) -> bool {
        match self {
            Self::Types { any } => is_list(any) && any.iter().all(|mime| is_mime(mime.as_str())),
            Self::Bytes { max } => max.as_u64() > 0,
            Self::Pixels {
                min_width,
                min_height,
                max_width,
                max_height,
                exact,
            } => {
                let given = [min_width, min_height, max_width, max_height];
                let is_some = given.iter().any(|one| one.is_some()) || !exact.is_empty();
                is_some
                    && given.into_iter().flatten().all(|pixels| *pixels > 0)
                    && in_order(*min_width, *max_width)
                    && in_order(*min_height, *max_height)
                    && exact.len() <= ENTRIES
                    && exact.iter().all(|size| size.width > 0 && size.height > 0)
            }
            Self::Ratio {
                width,
                height,
                tolerance,
                ..
            } => *width > 0 && *height > 0 && *tolerance <= 500,
            Self::Stretch { max }
            | Self::EdgeSum { max }
            | Self::Duration { max }
            | Self::Pages { max } => *max > 0,
            Self::Frames { min, max } => {
                (min.is_some() || max.is_some())
                    && max.is_none_or(|max| max > 0)
                    && in_order(*min, *max)
            }
            Self::Alpha { .. } => true,
            Self::Color { any, max_bits } => is_list(any) && (1..=32).contains(max_bits),
            Self::Codecs { any, .. } => {
                is_list(any) && any.iter().all(|codec| (1..=40).contains(&codec.len()))
            }
        }
    }
}

fn is_list<T>(entries: &[T]) -> bool {
    (1..=ENTRIES).contains(&entries.len())
}

fn in_order(min: Option<u32>, max: Option<u32>) -> bool {
    min.zip(max).is_none_or(|(min, max)| min <= max)
}

/// Whether a text is a media type such as `image/png`.
fn is_mime(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".+-".contains(&byte)
            })
    };
    text.len() <= 100
        && text
            .split_once('/')
            .is_some_and(|(kind, form)| is_word(kind) && is_word(form))
}

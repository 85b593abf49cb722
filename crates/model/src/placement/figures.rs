//! What an operator says a place takes, in the figures that differ most from contract to contract.

use super::{Bound, Confidence, Day, Placement, Rule, Strength};
use crate::{ByteSize, Mime};

/// Figures for a place; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The only types taken.
    pub types: Option<Vec<Mime>>,
    /// The largest file.
    pub max_bytes: Option<ByteSize>,
    pub min_width: Option<u32>,
    pub min_height: Option<u32>,
    pub max_width: Option<u32>,
    pub max_height: Option<u32>,
}

/// Who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The address of the page that says so.
    pub source: String,
    /// The day it was read.
    pub checked_on: Day,
    pub confidence: Confidence,
}

impl Placement {
    /// The same place with other figures, each in place of the rule about the same.
    #[must_use]
    pub fn with_figures(mut self, figures: Figures, witness: &Witness) -> Self {
        for limit in figures.limits() {
            let name = limit.name();
            self.rules
                .retain(|rule| rule.strength == Strength::Advised || rule.limit.name() != name);
            self.rules.push(Rule {
                unit: name.unit(),
                limit,
                strength: Strength::Must,
                source: witness.source.clone(),
                checked_on: witness.checked_on,
                confidence: witness.confidence,
            });
        }
        self
    }
}

impl Figures {
    fn limits(self) -> Vec<Bound> {
        let is_sized = [
            self.min_width,
            self.min_height,
            self.max_width,
            self.max_height,
        ];
        let is_sized = is_sized.iter().any(Option::is_some);
        let pixels = is_sized.then_some(Bound::Pixels {
            min_width: self.min_width,
            min_height: self.min_height,
            max_width: self.max_width,
            max_height: self.max_height,
            exact: Vec::new(),
        });
        let types = self.types.map(|any| Bound::Types { any });
        let bytes = self.max_bytes.map(|max| Bound::Bytes { max });
        types.into_iter().chain(bytes).chain(pixels).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::placement::{Facts, Outcome, catalogue, judge};
    use crate::{Kind, Problem};

    use super::*;

    fn witness() -> Witness {
        Witness {
            source: "https://mail.example.com/limits".to_owned(),
            checked_on: "2026-11-21".parse().unwrap(),
            confidence: Confidence::Provider,
        }
    }

    #[test]
    fn a_figure_takes_the_place_of_the_rule_about_the_same() {
        let all = catalogue().iter();
        let mut sticker = all.filter(|one| one.id.as_str() == "whatsapp-sticker");
        let sticker = sticker.next().unwrap().clone();
        let before = sticker.rules.len();
        let figures = Figures {
            max_bytes: Some(ByteSize::bytes(7)),
            ..Figures::default()
        };

        let changed = sticker.with_figures(figures, &witness());

        assert_eq!(
            changed.check().map_err(|problem: Problem| problem.detail),
            Ok(())
        );
        assert_eq!(changed.rules.len(), before);
        let mime = Mime("image/webp".to_owned());
        let facts = Facts::new(Kind::Image, mime, ByteSize::bytes(8));
        let Outcome::Refused { broken } = judge(&changed, &facts).outcome else {
            panic!("eight bytes are more than seven");
        };
        assert_eq!(broken[0].source, "https://mail.example.com/limits");
    }

    #[test]
    fn without_figures_a_place_stays_as_it_is() {
        let place = catalogue()[0].clone();

        assert_eq!(
            place.clone().with_figures(Figures::default(), &witness()),
            place
        );
    }
}

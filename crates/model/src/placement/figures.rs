//! What an operator says a place takes, in the figures that differ most from contract to contract.

use super::{Bound, Confidence, Day, Extent, Placement, Rule, Strength};
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
        let known = self.rules.iter().find_map(|rule| match &rule.limit {
            known @ Bound::Pixels { .. } if rule.strength == Strength::Must => Some(known.clone()),
            _ => None,
        });
        for limit in figures.limits(known) {
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
    /// The rules that these figures make, with what is known of pixels where they say nothing.
    fn limits(self, known: Option<Bound>) -> Vec<Bound> {
        let pixels = self.pixels(known);
        let types = self.types.map(|any| Bound::Types { any });
        let bytes = self.max_bytes.map(|max| Bound::Bytes { max });
        types.into_iter().chain(bytes).chain(pixels).collect()
    }

    fn pixels(&self, known: Option<Bound>) -> Option<Bound> {
        let told = [
            self.min_width,
            self.min_height,
            self.max_width,
            self.max_height,
        ];
        if told.iter().all(Option::is_none) {
            return None;
        }
        let (before, exact) = match known {
            Some(Bound::Pixels {
                min_width,
                min_height,
                max_width,
                max_height,
                exact,
            }) => ([min_width, min_height, max_width, max_height], exact),
            _ => ([None; 4], Vec::new()),
        };
        let figure = |at: usize| told[at].or(before[at]);
        let [min_width, min_height, max_width, max_height] = [0, 1, 2, 3].map(figure);
        // Of the only sizes there are, those that the figures still let in.
        let is_let_in = |size: &Extent| {
            min_width.is_none_or(|least| size.width >= least)
                && min_height.is_none_or(|least| size.height >= least)
                && max_width.is_none_or(|most| size.width <= most)
                && max_height.is_none_or(|most| size.height <= most)
        };
        Some(Bound::Pixels {
            min_width,
            min_height,
            max_width,
            max_height,
            exact: exact.into_iter().filter(is_let_in).collect(),
        })
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
    fn a_figure_about_pixels_leaves_the_others_as_they_are() {
        let pixels = |id: &str, figures: Figures| {
            let mut all = catalogue().iter();
            let place = all.find(|one| one.id.as_str() == id).unwrap().clone();
            let changed = place.with_figures(figures, &witness());
            let rules = changed.rules.into_iter();
            let musts = rules.filter(|rule| rule.strength == Strength::Must);
            let mut limits = musts.map(|rule| rule.limit);
            limits.find(|limit| matches!(limit, Bound::Pixels { .. }))
        };
        let wide = Figures {
            max_width: Some(600),
            ..Figures::default()
        };
        let narrow = Figures {
            max_width: Some(400),
            ..Figures::default()
        };

        let Some(Bound::Pixels {
            max_width, exact, ..
        }) = pixels("whatsapp-sticker", wide)
        else {
            panic!("a rule about pixels");
        };
        assert_eq!((max_width, exact.len()), (Some(600), 1));
        assert!(matches!(
            pixels("whatsapp-sticker", narrow),
            Some(Bound::Pixels { max_width: Some(400), exact, .. }) if exact.is_empty()
        ));
        let higher = Figures {
            min_width: Some(800),
            ..Figures::default()
        };
        let before = pixels("in-app-full-image-text", Figures::default());
        let after = pixels("in-app-full-image-text", higher);
        let (
            Some(Bound::Pixels { min_height, .. }),
            Some(Bound::Pixels {
                min_width: Some(800),
                min_height: kept,
                ..
            }),
        ) = (before, after)
        else {
            panic!("rules about pixels");
        };
        assert!(min_height.is_some() && min_height == kept);
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

//! Placements: the places in messages that files go to, and what each takes.
//!
//! What a place takes is data ([`catalogue()`]), dated and sourced, and never a constant in code. A
//! [`Verdict`] tells how a file would do there; it is the same wherever it is asked for.

#[cfg(not(target_arch = "wasm32"))]
mod catalogue;
mod check;
mod crop;
mod day;
mod facts;
mod figures;
mod fit;
mod judge;
mod outlook;
mod rule;
mod target;
mod verdict;

use serde::{Deserialize, Serialize};

use crate::{Language, Slug};

#[cfg(not(target_arch = "wasm32"))]
pub use catalogue::{CatalogueError, catalogue, parse_catalogue};
pub use crop::{Extent, Region};
pub use day::{Day, ParseDayError};
pub use facts::{Color, ColorMode, Facts, Learned};
pub use figures::{Figures, Witness};
pub use fit::{Backdrop, FitAnswer, Fitted, Focus, ParseRgbError, Plan, Rgb, Step, plan};
pub use judge::judge;
pub use outlook::{Nowhere, Outlook, foresee};
pub use rule::{Bound, BoundName, Confidence, Otherwise, Rule, Strength, Unit};
pub use target::Target;
pub use verdict::{Finding, Found, Outcome, Verdict};

/// A place in a message that files go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "email-newsletter",
    "channel": { "id": "email", "name": { "en": "Email" } },
    "name": { "en": "Newsletter", "pt-BR": "Boletim" },
    "rules": [{
        "limit": { "of": "bytes", "max": 200_000 }, "unit": "bytes", "confidence": "provider",
        "source": "https://example.com/rules", "checked_on": "2026-11-21"
    }]
}))))]
pub struct Placement {
    pub id: Slug,
    pub channel: Channel,
    pub name: LocalText,
    /// What a person should know besides the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<LocalText>,
    pub rules: Vec<Rule>,
    /// Whether an operator wrote it for this account.
    #[serde(default)]
    pub is_own: bool,
}

/// What carries messages to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub id: Slug,
    pub name: LocalText,
}

/// A text in the languages of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LocalText {
    /// In English.
    pub en: String,
    /// In Brazilian Portuguese; English is read where it is absent.
    #[serde(rename = "pt-BR", default, skip_serializing_if = "Option::is_none")]
    pub pt_br: Option<String>,
}

impl LocalText {
    /// The text for readers of a language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Portuguese => self.pt_br.as_deref().unwrap_or(&self.en),
        }
    }
}

/// The catalogue with an account's own placements: those of the same id instead, others after the
/// last of their channel.
pub fn with_own(catalogue: &[Placement], own: Vec<Placement>) -> Vec<Placement> {
    let mut all = catalogue.to_vec();
    for one in own {
        if let Some(known) = all.iter_mut().find(|known| known.id == one.id) {
            *known = one;
            continue;
        }
        let last = all
            .iter()
            .rposition(|known| known.channel.id == one.channel.id);
        all.insert(last.map_or(all.len(), |last| last + 1), one);
    }
    all
}

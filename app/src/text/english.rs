//! What the interface says in English.

#[cfg(not(feature = "picker"))]
mod browse;
pub(super) mod crop;
pub(super) mod details;
#[cfg(feature = "ssr")]
mod embed;
pub(super) mod entry;
#[cfg(feature = "ssr")]
mod events;
pub(super) mod find;
mod general;
pub(super) mod order;
#[cfg(any(feature = "ssr", feature = "picker"))]
mod picker;
#[cfg(any(feature = "ssr", feature = "picker"))]
pub(super) mod placements;
mod problem;
#[cfg(feature = "ssr")]
mod settings;
pub(super) mod upload;
#[cfg(feature = "ssr")]
mod webhooks;

use model::Language;

use super::Text;

/// What the interface says in English.
pub static ENGLISH: Text = Text {
    language: Language::English,
    general: general::GENERAL,
    #[cfg(not(feature = "picker"))]
    browse: browse::BROWSE,
    #[cfg(feature = "ssr")]
    settings: settings::SETTINGS,
    #[cfg(feature = "ssr")]
    events: events::EVENTS,
    #[cfg(any(feature = "ssr", feature = "picker"))]
    picker: picker::PICKER,
    #[cfg(feature = "ssr")]
    webhooks: webhooks::WEBHOOKS,
    #[cfg(feature = "ssr")]
    embed: embed::EMBED,
    problem: problem::PROBLEM,
};

//! What the interface says in English.

mod browse;
mod details;
mod entry;
#[cfg(feature = "ssr")]
mod events;
pub(super) mod find;
mod general;
pub(super) mod order;
mod problem;
#[cfg(feature = "ssr")]
mod settings;
pub(super) mod upload;

use model::Language;

use super::Text;

/// What the interface says in English.
pub static ENGLISH: Text = Text {
    language: Language::English,
    general: general::GENERAL,
    entry: entry::ENTRY,
    browse: browse::BROWSE,
    details: details::DETAILS,
    #[cfg(feature = "ssr")]
    settings: settings::SETTINGS,
    #[cfg(feature = "ssr")]
    events: events::EVENTS,
    problem: problem::PROBLEM,
};

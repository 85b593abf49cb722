//! What the interface says in English.

mod browse;
mod details;
mod entry;
#[cfg(feature = "ssr")]
mod events;
pub(super) mod find;
mod general;
mod order;
mod problem;
#[cfg(feature = "ssr")]
mod settings;
mod upload;

use model::Language;

use super::Text;

/// What the interface says in English.
pub static ENGLISH: Text = Text {
    language: Language::English,
    general: general::GENERAL,
    entry: entry::ENTRY,
    browse: browse::BROWSE,
    details: details::DETAILS,
    order: order::ORDER,
    upload: upload::UPLOAD,
    #[cfg(feature = "ssr")]
    settings: settings::SETTINGS,
    #[cfg(feature = "ssr")]
    events: events::EVENTS,
    problem: problem::PROBLEM,
};

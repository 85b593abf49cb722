//! What the interface says in Portuguese, as Brazil writes it.

mod browse;
mod details;
mod entry;
mod general;
mod problem;
mod settings;
mod upload;

use model::Language;

use super::Text;

/// What the interface says in Portuguese, as Brazil writes it.
pub static PORTUGUESE: Text = Text {
    language: Language::Portuguese,
    general: general::GENERAL,
    entry: entry::ENTRY,
    browse: browse::BROWSE,
    details: details::DETAILS,
    upload: upload::UPLOAD,
    settings: settings::SETTINGS,
    problem: problem::PROBLEM,
};

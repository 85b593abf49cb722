//! What the interface says in Portuguese, as Brazil writes it.

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

/// What the interface says in Portuguese, as Brazil writes it.
pub static PORTUGUESE: Text = Text {
    language: Language::Portuguese,
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

pub use self::late::{here, load};

mod late {
    use std::sync::OnceLock;

    use super::super::ENGLISH;
    use super::{PORTUGUESE, Text};
    use crate::parts::{Absent, part};

    /// The table, once a browser has fetched it.
    static FETCHED: OnceLock<&Text> = OnceLock::new();

    part! { portuguese;
        fn table() -> &'static Text {
            &PORTUGUESE
        }
    }

    /// Fetches the table: most readers do without it.
    pub async fn load() -> Result<(), Absent> {
        let _ = FETCHED.set(table().await?);
        Ok(())
    }

    /// The table; in a browser that has not fetched it, the English one.
    pub fn here() -> &'static Text {
        if cfg!(target_arch = "wasm32") {
            FETCHED.get().copied().unwrap_or(&ENGLISH)
        } else {
            &PORTUGUESE
        }
    }
}

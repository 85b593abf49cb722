//! Finding: why something was found, and what narrows a place. All of it comes when it is wanted.

mod filters;
mod hits;
mod panel;

pub use filters::{FilterBar, use_choices};
pub use hits::{Instead, found_in, hit};

use crate::parts::Absent;

/// Fetches a part of finding by its name; any other name is not of one.
pub async fn load(name: &str) -> Result<(), Absent> {
    match name {
        hits::HIT => hits::load_hit().await,
        hits::INSTEAD => hits::load_instead().await,
        filters::CHIPS => filters::load_chips().await,
        panel::PANEL => panel::load_panel().await,
        _ => Ok(()),
    }
}

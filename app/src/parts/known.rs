//! The parts of the library by their names: a page that the server drew with one comes to life with
//! it.

use super::Absent;
use crate::browse::{breakdown, content, details, find, preview, tidy};
use crate::browser::page;
use crate::pages::{entry, told};
use crate::{text, upload};

/// The parts, by the names that the server writes around them.
async fn load(name: &str) -> Result<(), Absent> {
    match name {
        details::PART => details::load().await,
        breakdown::PART => breakdown::load().await,
        content::PART => content::load().await,
        preview::PART => preview::load().await,
        upload::PART => upload::load().await,
        told::PART => told::load().await,
        tidy::SHELF => tidy::load_shelf().await,
        page => {
            find::load(page).await?;
            entry::load(page).await
        }
    }
}

/// Fetches what the server drew this page with.
///
/// Without it the page cannot come to life, and stays as it works without a script.
pub async fn load_drawn() -> Result<(), Absent> {
    text::load().await?;
    for name in page::values_of("data-part") {
        load(&name).await?;
    }
    Ok(())
}

/// Fetches parts ahead of their use; where that fails, they are fetched when they are used.
pub fn load_soon(names: &'static [&'static str]) {
    leptos::task::spawn_local(async move {
        for name in names {
            let _ = load(name).await;
        }
    });
}

//! What people see: pages, the parts they are made of, and the typed doors to the library.

// The picker for other programs is a client of its own: what it does without is not compiled for it.

// Views are deeply nested types.
#![recursion_limit = "256"]

pub mod api;
#[cfg(not(feature = "picker"))]
pub mod browse;
pub mod browser;
pub mod components;
pub mod crop;
pub mod format;
#[cfg(not(feature = "picker"))]
pub mod pages;
pub mod parts;
pub mod picker;
#[cfg(not(feature = "picker"))]
pub mod query;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod text;
#[cfg(not(feature = "picker"))]
pub mod upload;

#[cfg(not(feature = "picker"))]
pub use pages::App;
#[cfg(feature = "ssr")]
pub use shell::{Now, Site, shell};

/// Brings the page that the server rendered to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    if parts::load_drawn().await.is_ok() {
        leptos::mount::hydrate_body(App);
    }
}

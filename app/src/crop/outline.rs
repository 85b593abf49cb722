//! Outlines that only the editor draws: of Lucide (<https://lucide.dev>), under the ISC license.

use leptos::prelude::*;

pub const CROP: &str = "M6 2v14a2 2 0 0 0 2 2h14M18 22V8a2 2 0 0 0-2-2H2";
pub const TURN: &str = "M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5";
pub const MIRROR: &str = "M8 3H5a2 2 0 0 0-2 2v14c0 1.1.9 2 2 2h3M16 3h3a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-3M12 20v2M12 14v2M12 8v2M12 2v2";
pub const OVERTURN: &str = "M21 8V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v3M21 16v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-3M4 12H2M10 12H8M16 12h-2M22 12h-2";
pub const UNDO: &str = "M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 0 11H11";
pub const REDO: &str = "M15 14l5-5-5-5M20 9H9.5a5.5 5.5 0 0 0 0 11H13";
pub const FOCAL: &str = "M22 12a10 10 0 1 1-20 0a10 10 0 1 1 20 0M22 12h-4M6 12H2M12 6V2M12 22v-4";

/// A picture of a word that stands beside it; silent for screen readers.
pub fn icon(outline: &'static str) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=outline />
        </svg>
    }
    .into_any()
}

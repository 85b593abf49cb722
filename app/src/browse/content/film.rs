//! Films, as far as this browser plays them.

use leptos::html::Video;
use leptos::prelude::*;
use model::{Asset, Preset};

use crate::browse::tile::alt;
use crate::browser::player;
use crate::text::use_text;

/// A player, and a word where this browser does not play the film.
pub fn player(asset: &Asset) -> AnyView {
    let video = NodeRef::<Video>::new();
    let fails = RwSignal::new(false);
    Effect::new(move |_| {
        // It may have failed before the page lived.
        if video.get().is_some_and(|video| player::is_broken(&video)) {
            fails.set(true);
        }
    });
    view! {
        <div class="film" class:failed=fails>
            <video
                node_ref=video
                controls=true
                preload="metadata"
                playsinline=true
                src=asset.content_path()
                poster=asset.has_renditions.then(|| asset.rendition_path(Preset::Preview))
                aria-label=alt(asset)
                on:error=move |_| fails.set(true)
            ></video>
            {move || fails.get().then(unplayable)}
        </div>
    }
    .into_any()
}

/// Says that this browser does not play it.
pub fn unplayable() -> AnyView {
    let text = use_text();
    view! { <p class="unplayable" role="status">{text.details().unplayable}</p> }.into_any()
}

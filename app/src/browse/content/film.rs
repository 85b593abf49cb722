//! Films, as far as this browser plays them.

use leptos::html::Video;
use leptos::prelude::*;
use model::{Asset, Preset};

use crate::browse::tile::alt;
use crate::browser::player;
use crate::text::use_text;

/// A player; where this browser does not play the film, a picture of it, and a word.
pub fn player(asset: &Asset) -> AnyView {
    let video = NodeRef::<Video>::new();
    let fails = RwSignal::new(false);
    Effect::new(move |_| {
        // It may have failed before the page lived.
        if video.get().is_some_and(|video| player::is_broken(&video)) {
            fails.set(true);
        }
    });
    let poster = asset
        .has_renditions
        .then(|| asset.rendition_path(Preset::Preview));
    let still = poster.clone();
    view! {
        <div class="film" class:failed=fails>
            <video
                node_ref=video
                controls=true
                preload="metadata"
                playsinline=true
                src=asset.content_path()
                poster=poster
                aria-label=alt(asset)
                on:error=move |_| fails.set(true)
            ></video>
            {move || {
                let still = still.clone().filter(|_| fails.get());
                still.map(|src| view! { <img src=src alt="" /> })
            }}
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

//! How the region will look in a message of the chosen place.

use leptos::prelude::*;

use super::picture::kept;
use super::studio::Studio;
use crate::text::use_text;

/// How it will look.
pub fn preview(studio: Studio) -> AnyView {
    let text = use_text();
    let words = text.crop();
    let channel = Memo::new(move |_| studio.place().map(|place| place.channel));
    let told = move || {
        let place = studio.place()?;
        let has = studio.now.with(|now| now.draft.region.extent());
        let least = place.target.least;
        if has.width < least.width || has.height < least.height {
            let told = text.pixels_told(words.too_small, least);
            return Some(view! { <p class="crop-warning">{told}</p> }.into_any());
        }
        let best = place.target.pixels?;
        let told = text.pixels_told(words.best, best);
        Some(view! { <p class="crop-hint">{told}</p> }.into_any())
    };
    view! {
        <section class="crop-preview" aria-labelledby="crop-preview">
            <h3 id="crop-preview">{words.preview}</h3>
            <div class="crop-mock">{move || mock(studio, channel.get().as_deref())}</div>
            {told}
        </section>
    }
    .into_any()
}

/// A message of a channel around the region.
fn mock(studio: Studio, channel: Option<&str>) -> AnyView {
    match channel {
        Some("push") => push(studio),
        Some("email") => framed(studio, "email", true, false),
        Some("in-app") => framed(studio, "in-app", false, true),
        Some("content-card" | "rcs") => framed(studio, "card", false, false),
        Some("whatsapp" | "telegram" | "messenger" | "instagram" | "mms") => bubble(studio),
        _ => kept(studio),
    }
}

fn push(studio: Studio) -> AnyView {
    let text = use_text().crop();
    view! {
        <div class="mock mock-push">
            <p class="mock-app">
                <i></i>
                <span>{text.mock_app}</span>
                <span>{text.mock_now}</span>
            </p>
            <b>{text.mock_title}</b>
            <p>{text.mock_text}</p>
            {kept(studio)}
        </div>
    }
    .into_any()
}

fn bubble(studio: Studio) -> AnyView {
    let text = use_text().crop();
    view! {
        <div class="mock mock-chat">
            <div class="mock-bubble">
                {kept(studio)} <p>{text.mock_text}</p> <small>"10:24"</small>
            </div>
        </div>
    }
    .into_any()
}

fn framed(studio: Studio, kind: &'static str, has_head: bool, has_button: bool) -> AnyView {
    let text = use_text().crop();
    let head = has_head.then(|| {
        view! {
            <p class="mock-app">
                <i></i>
                <span>{text.mock_app}</span>
                <span>"10:24"</span>
            </p>
        }
    });
    let button = has_button.then(|| view! { <span class="mock-button">{text.mock_button}</span> });
    view! {
        <div class=format!("mock mock-{kind}")>
            {head} {kept(studio)} <b>{text.mock_title}</b> <p>{text.mock_text}</p> {button}
        </div>
    }
    .into_any()
}

//! What would free most: the largest files, those that nobody used, and the trash.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Asset, Preset};

use super::when::ago;
use crate::api::settings::Review;
use crate::components::{Glyph, Icon};
use crate::text::{Word, use_text};

/// What would free most.
pub fn review(review: &Review) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let trash = format!("{} ({})", words.trash, text.size(review.usage.trash));
    view! {
        <section id="review">
            <h2>{words.review}</h2>
            <Moved />
            <p>
                <a href="/?state=trashed&sort=largest&view=list">{trash}</a>
            </p>
            {list(
                text.browse.unused,
                words.unused_hint,
                "/?used=false&sort=largest&view=list",
                &review.unused,
            )}
            {list(
                words.largest,
                words.largest_hint,
                "/?sort=largest&view=list",
                &review.largest,
            )}
        </section>
    }
}

/// Says what went to the trash just now.
#[component]
fn Moved() -> impl IntoView {
    let text = use_text();
    let params = use_query_map();
    move || {
        let count = params.with(|params| params.get("trashed")?.parse().ok());
        count.map(|count| {
            view! {
                <p class="done" role="status">
                    {text.moved_to_trash(count)} " "
                    <a href="/?state=trashed&view=list">{text.settings.open_trash}</a>
                </p>
            }
        })
    }
}

/// Files, each with a box, and a button that takes what is ticked to the trash.
fn list(title: Word, hint: Word, all: &'static str, assets: &[Asset]) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let rows: Vec<_> = assets.iter().map(row).collect();
    let content = if rows.is_empty() {
        view! { <p class="hint">{words.nothing}</p> }.into_any()
    } else {
        view! {
            <p class="hint">{hint}</p>
            <form method="post" action="/settings/storage/trash" aria-label=title>
                <ul class="rows">{rows}</ul>
                <div class="deeds">
                    <button type="submit">{words.to_trash}</button>
                    <a class="button" href=all>
                        {words.show_all}
                    </a>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <h3>{title}</h3>
        {content}
    }
}

fn row(asset: &Asset) -> impl IntoView + use<> {
    let text = use_text();
    let id = asset.id.to_string();
    let name = asset.name.to_string();
    view! {
        <li class="file">
            <input type="checkbox" name="id" value=id.clone() aria-label=text.choose(&name) />
            {picture(asset)}
            <span class="what">
                <a href=format!("/?asset={id}") dir="auto">
                    {name}
                </a>
                <span>{text.type_word(asset)} " · " {ago(asset.created_at)}</span>
            </span>
            <span class="figure">{text.size(asset.size)}</span>
        </li>
    }
}

fn picture(asset: &Asset) -> AnyView {
    if asset.has_renditions {
        let address = asset.rendition_path(Preset::Thumb);
        view! { <img src=address alt="" loading="lazy" /> }.into_any()
    } else {
        view! { <Icon glyph=Glyph::of_kind(asset.kind) /> }.into_any()
    }
}

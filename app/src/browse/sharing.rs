//! The public link of an asset: made, copied and taken away.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use model::{Asset, AssetId};

use super::desk::{Desk, use_desk};
use super::fields::hidden_id;
use crate::api::assets::{ShareAsset, UnshareAsset, share_asset, unshare_asset};
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::text::use_text;

const LINK_FIELD: &str = "public-link";

/// The public link of an asset.
#[component]
pub fn Sharing(
    /// Whose link.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    let id = asset.with_untracked(|asset| asset.id);
    let url = Memo::new(move |_| asset.with(|asset| asset.url.clone()));
    view! {
        <section class="sharing" aria-labelledby="sharing-title">
            <h3 id="sharing-title">{text.details().public_link}</h3>
            {move || match url.get() {
                Some(url) => shared(desk, id, url),
                None => private(desk, id),
            }}
        </section>
    }
    .into_any()
}

fn private(desk: Desk, id: AssetId) -> AnyView {
    let text = use_text();
    let share = move || {
        spawn_local(async move {
            match share_asset(id).await {
                Ok(asset) => {
                    let url = asset.url.clone().unwrap_or_default();
                    desk.put(asset);
                    page::focus_soon(LINK_FIELD.to_owned());
                    copy(desk, url).await;
                }
                Err(failure) => desk.complain(&failure),
            }
        });
    };
    view! {
        <form
            method="post"
            action=ShareAsset::url()
            on:submit=move |event| {
                event.prevent_default();
                share();
            }
        >
            {hidden_id(id)} <p>{text.details().share_explained}</p>
            <button type="submit">
                <Icon glyph=Glyph::Link />
                <span>{text.details().share}</span>
            </button>
        </form>
    }
    .into_any()
}

fn shared(desk: Desk, id: AssetId, url: String) -> AnyView {
    let text = use_text();
    let copied = url.clone();
    view! {
        <form
            method="post"
            action=UnshareAsset::url()
            on:submit=move |event| {
                event.prevent_default();
                desk.change(text.details().stopped_sharing, unshare_asset(id));
            }
        >
            {hidden_id(id)} <p>{text.details().shared_explained}</p>
            <input
                id=LINK_FIELD
                type="text"
                readonly=true
                value=url
                aria-label=text.details().public_link
                on:focus=move |event| page::select_all(&event)
            />
            <div class="row">
                <button
                    type="button"
                    class="primary"
                    disabled=move || !desk.lives.get()
                    on:click=move |_| spawn_local(copy(desk, copied.clone()))
                >
                    <Icon glyph=Glyph::Copy />
                    <span>{text.details().copy_link}</span>
                </button>
                <button type="submit">{text.details().stop_sharing}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Where the browser does not let us copy, the link stands there to be copied by hand.
async fn copy(desk: Desk, url: String) {
    let text = use_text();
    if page::copy(&page::absolute(&url)).await.is_ok() {
        desk.toasts.say(text.details().link_copied);
    }
}

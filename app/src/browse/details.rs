//! At the right: one asset with all that is known about it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{Asset, AssetState, Kind, Preset};

use super::content::{Seen, about, codecs, content_later, dimensions, page_count, use_seen};
use super::copies::Copies;
use super::desk::{Desk, use_desk};
use super::fields::{AltField, FolderField, NameField};
use super::find::found_in;
use super::history::History;
use super::marks::{TagsField, TeamsField};
use super::places::Places;
use super::sharing::Sharing;
use super::tidy::Order;
use super::tile::{alt, element_id, picture, shadow};
use super::used_in::UsedIn;
use crate::api::assets::{RestoreAssets, TrashAssets};
use crate::browser::page;
use crate::components::{Glyph, Icon, Moment};
use crate::crop;
use crate::format;
use crate::parts::{later, part};
use crate::text::use_text;

/// The id of the field that renames.
pub const RENAME_FIELD: &str = "name";

/// One asset with all that is known about it; nothing while none is open.
///
/// As long as it is the same asset its fields stay, whatever about it changes: somebody may be
/// writing in one while another is being saved.
#[component]
pub fn Details() -> impl IntoView {
    let desk = use_desk();
    let id = Memo::new(move |_| desk.opened.with(|open| open.as_ref().map(|asset| asset.id)));
    move || {
        // Read, not tracked: a memo that nobody reads follows nothing.
        id.get()?;
        let asset = desk.opened.get_untracked()?;
        Some(later(PART, move || details(desk, Arc::clone(&asset))))
    }
}

/// The name of the part.
pub const PART: &str = "details";

part! { details, load;
    pub fn details(desk: Desk, first: Arc<Asset>) -> AnyView {
        panel(desk, first)
    }
}

fn panel(desk: Desk, first: Arc<Asset>) -> AnyView {
    let text = use_text();
    let id = first.id;
    let asset = Memo::new(move |_| {
        let open = desk.opened.get().filter(|open| open.id == id);
        open.unwrap_or_else(|| Arc::clone(&first))
    });
    let version = Memo::new(move |_| asset.with(|asset| asset.version));
    let seen = use_seen(move || {
        let _ = version.get();
        asset.get_untracked()
    });
    let state = Memo::new(move |_| asset.with(|asset| asset.state));
    let made = Trigger::new();
    view! {
        <aside class="details" aria-label=text.details().details>
            <header>
                <h2>{text.details().details}</h2>
                <a
                    class="button quiet icon-only"
                    href=move || desk.query.with(|query| query.with_asset(None).href())
                    aria-label=text.general.close
                    data-noscroll="true"
                    on:click=move |_| page::focus_soon(element_id(id))
                >
                    <Icon glyph=Glyph::Close />
                </a>
            </header>
            <div class="scroll">
                {move || {
                    let _ = version.get();
                    asset.with_untracked(|asset| stage(desk, asset, seen))
                }} <NameField asset />
                {move || {
                    let _ = state.get();
                    asset.with_untracked(|asset| acts(desk, asset))
                }} <AltField asset /> <TagsField asset /> <TeamsField asset />
                {move || asset.with(|asset| found_in(&asset.hits))} {move || asset.with(|asset| facts(asset, seen))}
                <UsedIn asset />
                <Copies asset made />
                {move || {
                    (state.get() == AssetState::Active).then(|| view! { <Sharing asset /> })
                }} <Places asset made /> <History asset />
            </div>
        </aside>
    }
    .into_any()
}

/// The asset itself, as far as a browser shows or plays it.
fn stage(desk: Desk, asset: &Asset, seen: Seen) -> AnyView {
    let text = use_text();
    let id = asset.id;
    match asset.kind {
        Kind::Video | Kind::Audio => {
            view! { <div class=format!("stage plays {}", asset.kind)>{content_later(asset, seen)}</div> }
                .into_any()
        }
        Kind::Document | Kind::Contact => view! {
            <div class="stage reads">
                {content_later(asset, seen)}
                <button
                    type="button"
                    class="enlarge icon-only"
                    aria-label=text.details().preview
                    title=text.details().preview
                    disabled=move || !desk.lives.get()
                    on:click=move |_| desk.previewed.set(Some(id))
                >
                    <Icon glyph=Glyph::Expand />
                </button>
            </div>
        }
        .into_any(),
        Kind::Image => view! {
            <button
                type="button"
                class="stage"
                aria-label=text.details().preview
                title=text.details().preview
                disabled=move || !desk.lives.get()
                on:click=move |_| desk.previewed.set(Some(id))
            >
                {on_stage(asset)}
            </button>
        }
        .into_any(),
    }
}

/// The picture on the stage, which is four by three; no wider than it is itself.
fn on_stage(asset: &Asset) -> AnyView {
    let (across, down) = (asset.width.unwrap_or(4), asset.height.unwrap_or(3));
    let percent = tenths(u64::from(across) * 750 / u64::from(down.max(1)), 1_000);
    let sizes = format!(
        "(width < 48rem) min({across}px, {percent}vw), min({across}px, calc(22rem * {percent} / 100))"
    );
    // The stage may have been drawn wider than that.
    let style = format!("inline-size:min({across}px, {percent}%);");
    large_picture(asset, &sizes, &style)
}

/// Tenths as they are written, as many as can be seen and no more than the most.
pub fn tenths(tenths: u64, most: u64) -> String {
    let tenths = tenths.clamp(10, most);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The sizes that a picture comes in, with what each is across.
pub fn sources(asset: &Asset) -> String {
    let (width, height) = (asset.width.unwrap_or(1), asset.height.unwrap_or(1));
    let longest = width.max(height).max(1);
    let mut sources = Vec::new();
    for preset in [Preset::Tile, Preset::Preview, Preset::Screen] {
        let across = u64::from(width) * u64::from(preset.max_edge().min(longest));
        let across = (across / u64::from(longest)).max(1);
        sources.push(format!("{} {across}w", asset.rendition_path(preset)));
        if preset.max_edge() >= longest {
            break;
        }
    }
    sources.join(", ")
}

/// A picture in its own proportions, as fine as its place and the screen show it.
pub fn large_picture(asset: &Asset, sizes: &str, style: &str) -> AnyView {
    let (Some(width), Some(height), true) = (asset.width, asset.height, asset.has_renditions)
    else {
        return picture(asset, true);
    };
    let edge = width.max(height);
    view! {
        <img
            sizes=sizes.to_owned()
            srcset=sources(asset)
            src=asset.rendition_path(Preset::Preview)
            alt=alt(asset)
            width=width
            height=height
            decoding="async"
            style=format!("aspect-ratio:{width}/{height};{style}{}", shadow(asset, edge))
        />
    }
    .into_any()
}

/// What can be done with it.
fn acts(desk: Desk, asset: &Asset) -> AnyView {
    let text = use_text();
    let id = asset.id;
    let trashed = asset.state == AssetState::Trashed;
    let (action, glyph, word) = if trashed {
        (RestoreAssets::url(), Glyph::Restore, text.browse.restore)
    } else {
        (TrashAssets::url(), Glyph::Trash, text.browse.move_to_trash)
    };
    view! {
        <div class="acts">
            <a class="button" href=asset.download_path() download="" rel="external">
                <Icon glyph=Glyph::Download />
                <span>{text.details().download}</span>
            </a>
            {asset.can_be_cropped().then(|| crop::door(desk, id))}
            <form
                method="post"
                action=action
                on:submit=move |event| {
                    event.prevent_default();
                    if trashed {
                        desk.restore(vec![id]);
                    } else {
                        desk.order(Order::TrashAsset(id));
                    }
                }
            >
                <input type="hidden" name="ids[0]" value=id.to_string() />
                <button type="submit">
                    <Icon glyph />
                    <span>{word}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}

/// The facts, a line each.
fn facts(asset: &Arc<Asset>, seen: Seen) -> AnyView {
    let text = use_text();
    let line = |name: &'static str, value: String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
            </div>
        }
    };
    let added_by = asset.created_by_name.as_deref().map(|name| text.by(name));
    view! {
        <dl class="facts">
            {line(text.details().kind, format!("{} ({})", text.type_word(asset), asset.mime))}
            {line(text.details().size, text.size(asset.size))}
            {
                let asset = Arc::clone(asset);
                move || {
                    let pixels = dimensions(&asset, seen);
                    pixels.map(|pixels| line(text.details().dimensions, pixels))
                }
            }
            {asset.duration.map(|plays| line(text.details().duration, format::play_time(plays)))}
            {move || codecs(seen).map(|codecs| line(text.details().codecs, codecs))}
            {move || {
                page_count(seen).map(|count| line(text.details().pages, text.number(count.into())))
            }}
            {move || {
                let told = about(seen).into_iter();
                told.map(|(name, value)| line(name, value)).collect::<Vec<_>>()
            }}
            <div>
                <dt>{text.general.folder}</dt>
                <dd>
                    <FolderField asset=Arc::clone(asset) />
                </dd>
            </div>
            <div>
                <dt>{text.details().added}</dt>
                <dd>
                    <Moment at=asset.created_at />
                    {added_by.map(|by| view! { <span dir="auto">{by}</span> })}
                </dd>
            </div>
            {line(text.details().source, text.source(asset.source).to_owned())}
            {line(text.details().version, asset.version.to_string())}
            {asset
                .purge_at
                .map(|at| {
                    view! {
                        <div>
                            <dt>{text.details().deleted_for_good}</dt>
                            <dd>
                                <Moment at />
                            </dd>
                        </div>
                    }
                })}
            {asset
                .trashed_by_name
                .as_deref()
                .map(|name| line(text.browse.trash, text.naming(text.order().trashed_by, name)))}
        </dl>
    }
    .into_any()
}

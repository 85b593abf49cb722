//! One asset in the grid or the list.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Asset, AssetId, Kind, Preset, Timestamp};

use super::desk::{Desk, use_desk};
use super::find::hit;
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::query::View;
use crate::text::use_text;

/// The attribute that tells handlers which asset an element stands for.
pub const ASSET: &str = "data-asset";
/// The attribute of the mark that chooses an asset.
pub const MARK: &str = "data-mark";

/// The id of an asset's element.
pub fn element_id(id: AssetId) -> String {
    format!("tile-{id}")
}

/// One asset: its picture in an even frame, its name and what it is.
///
/// A link, so that it opens before the page lives; an option, so that it can be chosen after. It
/// stays where it is, with the focus, whatever about the asset changes.
#[component]
pub fn Tile(
    /// What it shows at first.
    asset: Arc<Asset>,
    /// Where it stands at first.
    place: usize,
    /// Whether its picture is seen at once, and so is not put off.
    at_once: bool,
) -> impl IntoView {
    let desk = use_desk();
    let id = asset.id;
    let selection = desk.selection;
    let href = desk
        .query
        .with_untracked(|query| query.with_asset(Some(id)).href());
    let is_open = move || desk.query.with(|query| query.asset == Some(id));
    let tab = move || {
        let here = selection.active.get().is_none_or(|active| active == id);
        if here || !desk.lives.get() { "0" } else { "-1" }
    };
    let shown = shown_now(desk, asset, place);
    view! {
        <a
            class="tile"
            class:open=is_open
            id=element_id(id)
            href=href
            role="option"
            data-asset=id.to_string()
            aria-selected=move || if selection.has(id) { "true" } else { "false" }
            tabindex=tab
            draggable=move || desk.draggable()
        >
            {move || contents(&shown.get(), at_once)}
        </a>
    }
    .into_any()
}

/// The asset as it is now; the one before, once it is gone.
fn shown_now(desk: Desk, first: Arc<Asset>, place: usize) -> Memo<Arc<Asset>> {
    let place = StoredValue::new(place);
    Memo::new(move |before: Option<&Arc<Asset>>| {
        let before = before.unwrap_or(&first);
        let found = desk.shelf.find_near(before.id, place.get_value());
        found.map_or_else(
            || Arc::clone(before),
            |(at, asset)| {
                place.set_value(at);
                asset
            },
        )
    })
}

fn contents(asset: &Arc<Asset>, at_once: bool) -> AnyView {
    let text = use_text();
    let is_told = asset.alt_text.as_str().is_empty() && asset.has_renditions;
    let public = asset.url.is_some().then(|| {
        view! {
            <span class="badge public">
                <Icon glyph=Glyph::Globe />
            </span>
        }
    });
    view! {
        <span class="frame">
            {picture(asset, at_once)}
            {badge(asset).map(|badge| view! { <span class="badge">{badge}</span> })} {public}
        </span>
        // Without alt text the picture goes by the name already.
        <span class="name" dir="auto" aria-hidden=is_told.then_some("true")>
            {asset.name.to_string()}
        </span>
        <span class="facts">{hit(asset).unwrap_or_else(|| facts(asset))}</span>
        <span class="size">{text.size(asset.size)}</span>
        {day(asset.created_at)}
        <span class="mark" data-mark=asset.id.to_string()>
            <Icon glyph=Glyph::Check />
        </span>
    }
    .into_any()
}

/// The day an asset was added, which the list has a column for; by the calendar of UTC until the
/// page lives.
fn day(at: Timestamp) -> impl IntoView {
    let desk = use_desk();
    let told = move || {
        let is_list = desk.query.with(|query| query.view == View::List);
        is_list.then(|| day_of(desk, at))
    };
    view! { <time class="day" datetime=at.to_string()>{told}</time> }
}

/// A day by the reader's calendar; by that of UTC until the page lives.
pub fn day_of(desk: Desk, at: Timestamp) -> String {
    let text = use_text();
    let local = desk.lives.get().then(|| page::local_day(at, text.language));
    local.flatten().unwrap_or_else(|| text.day(at))
}

/// The picture of an asset in its own proportions, its blurred shadow behind it until it comes.
pub fn picture(asset: &Asset, at_once: bool) -> AnyView {
    let text = use_text();
    let Some((width, height)) = picture_size(asset) else {
        if asset.has_renditions {
            let dense = format!("{} 2x", asset.rendition_path(Preset::Tile));
            return view! {
                <img
                    class="whole"
                    srcset=dense
                    src=asset.rendition_path(Preset::Thumb)
                    alt=alt(asset)
                    loading=if at_once { "eager" } else { "lazy" }
                    decoding="async"
                    draggable="false"
                />
            }
            .into_any();
        }
        let sign = match asset.kind {
            Kind::Contact => {
                view! { <span class="initial">{initial(asset.name.as_str())}</span> }.into_any()
            }
            kind => view! { <Icon glyph=Glyph::of_kind(kind) /> }.into_any(),
        };
        return view! {
            <span class=format!("glyph {}", asset.kind)>
                {sign}
                <span class="type">{text.type_word(asset)}</span>
            </span>
        }
        .into_any();
    };
    let shape = if width < height { "tall" } else { "wide" };
    let is_whole = (asset.width, asset.height) == (Some(width), Some(height));
    let moving = asset.frames.is_some_and(|frames| frames > 1);
    // One that moves under the mouse has its source exchanged, and no other that would win.
    let dense =
        (!is_whole && !moving).then(|| format!("{} 2x", asset.rendition_path(Preset::Tile)));
    view! {
        <img
            class=shape
            srcset=dense
            src=asset.rendition_path(Preset::Thumb)
            alt=alt(asset)
            width=width
            height=height
            loading=if at_once { "eager" } else { "lazy" }
            decoding="async"
            draggable="false"
            data-moving=moving.then(|| asset.content_path())
            style=shadow(asset, width.max(height))
        />
    }
    .into_any()
}

/// The letter a name goes by; styles write it large.
pub fn initial(name: &str) -> Option<char> {
    name.chars()
        .find(|letter| !letter.is_ascii_punctuation() && *letter != ' ')
}

/// What stands in for the picture: what somebody wrote, or its name.
pub fn alt(asset: &Asset) -> String {
    match asset.alt_text.as_str() {
        "" => asset.name.to_string(),
        alt => alt.to_owned(),
    }
}

/// The blurred picture, or the color, that is there before the real one.
pub fn shadow(asset: &Asset, edge: u32) -> String {
    let size = if edge < Preset::Thumb.max_edge() {
        format!("max-width:{edge}px;max-height:{edge}px;")
    } else {
        String::new()
    };
    match (&asset.placeholder, &asset.color) {
        (Some(picture), _) => format!("{size}background-image:url({picture})"),
        (None, Some(color)) => format!("{size}background-color:{color}"),
        (None, None) => size,
    }
}

/// The pixels of the thumbnail, where there is one and they are known: of a film only those are
/// that are stored, which telephones lay on their side.
fn picture_size(asset: &Asset) -> Option<(u32, u32)> {
    let is_known = asset.has_renditions && asset.kind != Kind::Video;
    is_known.then(|| thumb_size(asset)).flatten()
}

/// The pixels that a thumbnail has.
fn thumb_size(asset: &Asset) -> Option<(u32, u32)> {
    let (width, height) = (asset.width?.max(1), asset.height?.max(1));
    let edge = Preset::Thumb.max_edge();
    let longest = width.max(height);
    if longest <= edge {
        return Some((width, height));
    }
    let scale = |side: u32| {
        let scaled = u64::from(side) * u64::from(edge) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(edge).max(1)
    };
    Some((scale(width), scale(height)))
}

fn badge(asset: &Asset) -> Option<String> {
    let text = use_text();
    match asset.kind {
        Kind::Image => asset
            .frames
            .filter(|frames| *frames > 1)
            .map(|_| text.type_word(asset)),
        _ => asset.duration.map(format::play_time),
    }
}

/// What it is; in the trash, when it goes for good and who moved it there.
fn facts(asset: &Asset) -> AnyView {
    let text = use_text();
    if let Some(at) = asset.purge_at {
        let desk = use_desk();
        let by = asset.trashed_by_name.clone();
        let told = move || {
            let until = text.naming(text.browse.until, &day_of(desk, at));
            match &by {
                Some(name) => format!("{until} · {name}"),
                None => until,
            }
        };
        return told.into_any();
    }
    match format::dimensions(asset) {
        Some(dimensions) => format!("{} · {dimensions}", text.type_word(asset)),
        None => format!("{} · {}", text.type_word(asset), text.kind(asset.kind)),
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_initials_in_every_script() {
        let initials = ["ana", "+55 11", "王小明", "🦊", "..."].map(initial);
        assert_eq!(
            initials,
            [Some('a'), Some('5'), Some('王'), Some('🦊'), None]
        );
    }
}

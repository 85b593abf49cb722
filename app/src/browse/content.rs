//! What is in an asset that is no picture, as it is best seen: players, cards, words, lists.

mod archive;
mod cards;
mod film;
mod pages;
mod sound;
mod words;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::preview::Content;
use model::{Asset, Kind, Preview};

use super::tile::picture;
use crate::api::Failure;
use crate::api::previews::preview_asset;
use crate::components::late_sheet;
use crate::format;
use crate::parts::{later, part};
use crate::text::use_text;

/// What there is to see of an asset, once it is known.
pub type Seen = RwSignal<Option<Result<Preview, Failure>>>;

/// The name of the part.
pub const PART: &str = "content";

/// Asks what there is to see of an asset; of pictures there is nothing but pictures.
///
/// No resource: the page around would wait for one, and be taken away meanwhile.
pub fn use_seen(asset: impl Fn() -> Arc<Asset> + 'static) -> Seen {
    let seen = RwSignal::new(None);
    Effect::new(move |_| {
        let asset = asset();
        if asset.kind == Kind::Image {
            seen.set(Some(Ok(Preview::default())));
            return;
        }
        spawn_local(async move {
            let found = preview_asset(asset.id).await;
            let _ = seen.try_set(Some(found));
        });
    });
    seen
}

/// An asset as it is best seen, small beside the grid or large on the whole screen.
pub fn content_later(asset: &Asset, seen: Seen) -> AnyView {
    let asset = Arc::new(asset.clone());
    later(PART, move || content(Arc::clone(&asset), seen))
}

part! { content, load;
    pub fn content(asset: Arc<Asset>, seen: Seen) -> AnyView {
        match asset.kind {
            Kind::Audio => sound::player(asset, seen),
            Kind::Video => film::player(&asset),
            _ => read(asset, seen),
        }
    }
}

/// The codecs of what plays, as people call them; nothing until they are known.
pub fn codecs(seen: Seen) -> Option<String> {
    let seen = seen.get()?.ok()?;
    let names: Vec<_> = seen.codecs.iter().map(|codec| named(codec)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The pixels of a picture as it is seen; of a film nothing until it is known whether it is played
/// as it is stored.
pub fn dimensions(asset: &Asset, seen: Seen) -> Option<String> {
    if asset.kind != Kind::Video {
        return format::dimensions(asset);
    }
    let (width, height) = (asset.width?, asset.height?);
    // What nobody could look at is told as it is stored.
    let is_turned = seen.get()?.is_ok_and(|seen| seen.is_turned);
    let (across, down) = if is_turned {
        (height, width)
    } else {
        (width, height)
    };
    Some(format!("{across} × {down}"))
}

/// How many pages there are; nothing until it is known.
pub fn page_count(seen: Seen) -> Option<u32> {
    let seen = seen.get()?.ok()?;
    match seen.content {
        Content::Pages(pages) => Some(pages.total),
        _ => seen.about.pages,
    }
}

/// What an office file says about itself, each with its name.
pub fn about(seen: Seen) -> Vec<(&'static str, String)> {
    let Some(Ok(Preview { about, .. })) = seen.get() else {
        return Vec::new();
    };
    let text = use_text();
    let words = text.details();
    let counted = |count: Option<u32>| count.map(|count| text.number(count.into()));
    let lines = [
        (words.title, about.title),
        (words.author, about.author),
        (words.slides, counted(about.slides)),
        (words.sheets, counted(about.sheets)),
        (words.words, counted(about.words)),
    ];
    let told = lines.into_iter();
    told.filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// A codec as people call it.
fn named(codec: &str) -> String {
    let known = match codec {
        "h264" => "H.264",
        "hevc" => "H.265",
        "mpeg4" => "MPEG-4",
        "amrnb" => "AMR",
        "amrwb" => "AMR-WB",
        "opus" => "Opus",
        "vorbis" => "Vorbis",
        _ if codec.starts_with("pcm") => "PCM",
        _ => return codec.to_ascii_uppercase(),
    };
    known.to_owned()
}

/// What is read of a file; its icon until then, and where there is nothing to read.
fn read(asset: Arc<Asset>, seen: Seen) -> AnyView {
    let drawn = move || match seen.get() {
        None => picture(&asset, true),
        Some(Ok(Preview { content, .. })) => match content {
            Content::None | Content::Waveform(_) => nothing(&asset),
            content => styled(&asset, content),
        },
        Some(Err(_)) => nothing(&asset),
    };
    drawn.into_any()
}

/// What is read of a file, once its styles are here.
fn styled(asset: &Arc<Asset>, content: Content) -> AnyView {
    let (sheet, is_styled) = late_sheet();
    let asset = Arc::clone(asset);
    let drawn = move || {
        is_styled.get().then(|| match &content {
            Content::Contacts(found) => cards::cards(found),
            Content::Text(page) => words::page(page),
            Content::Archive(list) => archive::list(list),
            Content::Pages(found) => pages::pages(&asset, found),
            Content::None | Content::Waveform(_) => nothing(&asset),
        })
    };
    view! {
        {sheet}
        {drawn}
    }
    .into_any()
}

/// What stands where nothing can be shown.
fn nothing(asset: &Asset) -> AnyView {
    let text = use_text();
    view! {
        <div class="no-preview">
            {picture(asset, true)} <p>{text.details().no_preview}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codecs_are_called_as_people_call_them() {
        let named = ["h264", "aac", "pcm_s16le", "amrnb", "vp8"].map(named);

        assert_eq!(named, ["H.264", "AAC", "PCM", "AMR", "VP8"]);
    }
}

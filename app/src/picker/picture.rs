//! Pictures of files: fetched with the session's token, which an address must not carry.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, Preset};
use web_sys::Url;

use super::door::Door;
use super::state::Picker;
use crate::components::{Glyph, Icon};
use crate::text::use_text;

/// From so many pixels of the screen to one of the page on, a larger picture is worth its bytes.
const DENSE: f64 = 1.5;

/// A picture of a file, kept in its own proportions by whoever shows it.
pub fn picture(picker: Picker, asset: &Asset) -> AnyView {
    if !asset.has_renditions {
        return view! {
            <span class=format!("glyph {}", asset.kind)>
                <Icon glyph=Glyph::of_kind(asset.kind) />
                <span class="type">{use_text().type_word(asset)}</span>
            </span>
        }
        .into_any();
    }
    let shadow = asset
        .placeholder
        .as_ref()
        .map(|address| format!("background-image:url({address})"))
        .or_else(|| {
            asset
                .color
                .as_ref()
                .map(|color| format!("background:{color}"))
        });
    let (width, height) = (asset.width, asset.height);
    match picker.door() {
        Door::Cookies => {
            let dense = format!("{} 2x", asset.rendition_path(Preset::Tile));
            view! {
                <img
                    src=asset.rendition_path(Preset::Thumb)
                    srcset=dense
                    width=width
                    height=height
                    style=shadow
                    loading="lazy"
                    decoding="async"
                    draggable="false"
                    alt=""
                />
            }
            .into_any()
        }
        Door::Session(_) => {
            let source = fetched(picker, asset.rendition_path(preset()));
            view! {
                <img
                    src=move || source.get()
                    width=width
                    height=height
                    style=shadow
                    decoding="async"
                    draggable="false"
                    alt=""
                />
            }
            .into_any()
        }
    }
}

/// As large as this screen shows it.
fn preset() -> Preset {
    if window().device_pixel_ratio() > DENSE {
        Preset::Tile
    } else {
        Preset::Thumb
    }
}

/// The address of bytes once they are here, as long as somebody looks at them.
fn fetched(picker: Picker, address: String) -> RwSignal<Option<String>> {
    let source = RwSignal::new(None::<String>);
    on_cleanup(move || {
        if let Some(Some(address)) = source.try_get_untracked() {
            let _ = Url::revoke_object_url(&address);
        }
    });
    let door = picker.door();
    spawn_local(async move {
        let Ok(bytes) = door.bytes(&address).await else {
            return;
        };
        if let Ok(address) = Url::create_object_url_with_blob(&bytes)
            && source.try_set(Some(address.clone())).is_some()
        {
            let _ = Url::revoke_object_url(&address);
        }
    });
    source
}

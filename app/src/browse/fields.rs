//! What of an asset a person writes: fields that save themselves, and plain forms before that.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{Asset, AssetId, FolderId};

use super::desk::{Desk, use_desk};
use super::details::RENAME_FIELD;
use super::tile::element_id;
use crate::api::assets::{
    DescribeAsset, RenameAsset, TagAsset, describe_asset, rename_asset, tag_asset,
};
use crate::browser::page;
use crate::text;

/// The id of the field that moves to another folder.
pub const FOLDER_FIELD: &str = "folder";
const ALT_FIELD: &str = "alt-text";
const TAGS_FIELD: &str = "tags";

/// The name, which reads as a title until somebody writes in it.
#[component]
pub fn NameField(
    /// Whose name.
    asset: Arc<Asset>,
) -> impl IntoView {
    let desk = use_desk();
    let (id, name) = (asset.id, asset.name.to_string());
    let before = name.clone();
    let save = move || {
        let name = page::value_of(RENAME_FIELD).trim().to_owned();
        if name != before {
            desk.change(text::NEW_NAME_SAVED, rename_asset(id, name));
        }
    };
    let (submit, leave, written) = (save.clone(), save, name.clone());
    view! {
        <form
            class="name-field"
            method="post"
            action=RenameAsset::url()
            on:submit=move |event| {
                event.prevent_default();
                submit();
                page::focus(&element_id(id));
            }
        >
            {hidden_id(id)}
            <input
                id=RENAME_FIELD
                type="text"
                name="name"
                value=name
                dir="auto"
                required=true
                maxlength="255"
                autocomplete="off"
                spellcheck="false"
                aria-label=text::NAME
                aria-keyshortcuts="F2"
                on:blur=move |_| leave()
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.prevent_default();
                        event.stop_propagation();
                        page::set_value(RENAME_FIELD, &written);
                        page::focus(&element_id(id));
                    }
                }
            />
            {save_button()}
        </form>
    }
    .into_any()
}

/// What a person who cannot see it should know.
#[component]
pub fn AltField(
    /// Whose alt text.
    asset: Arc<Asset>,
) -> impl IntoView {
    let desk = use_desk();
    let (id, alt) = (asset.id, asset.alt_text.to_string());
    let before = alt.clone();
    let save = move || {
        let alt = page::value_of(ALT_FIELD).trim().to_owned();
        if alt != before {
            desk.change(text::ALT_SAVED, describe_asset(id, alt));
        }
    };
    let leave = save.clone();
    view! {
        <form
            class="field"
            method="post"
            action=DescribeAsset::url()
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            {hidden_id(id)} <label for=ALT_FIELD>{text::ALT_TEXT}</label>
            <textarea
                id=ALT_FIELD
                name="alt_text"
                rows="2"
                maxlength="2000"
                dir="auto"
                placeholder=text::ALT_HINT
                on:change=move |_| leave()
                inner_html=escape(&alt)
            ></textarea>
            {save_button()}
        </form>
    }
    .into_any()
}

/// Words people find it by.
#[component]
pub fn TagsField(
    /// Whose tags.
    asset: Arc<Asset>,
) -> impl IntoView {
    let desk = use_desk();
    let (id, tags) = (asset.id, asset.tags.join(", "));
    let before = tags.clone();
    let save = move || {
        let tags = page::value_of(TAGS_FIELD).trim().to_owned();
        if tags != before {
            desk.change(text::TAGS_SAVED, tag_asset(id, tags));
        }
    };
    let leave = save.clone();
    view! {
        <form
            class="field"
            method="post"
            action=TagAsset::url()
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            {hidden_id(id)} <label for=TAGS_FIELD>{text::TAGS}</label>
            <input
                id=TAGS_FIELD
                type="text"
                name="tags"
                value=tags
                dir="auto"
                autocomplete="off"
                placeholder=text::TAGS_HINT
                on:change=move |_| leave()
            />
            {save_button()}
        </form>
    }
    .into_any()
}

/// The folder it lies in; chosen from all there are.
#[component]
pub fn FolderField(
    /// Whose folder.
    asset: Arc<Asset>,
) -> impl IntoView {
    let desk = use_desk();
    let (id, at) = (asset.id, asset.folder_id);
    view! {
        <select
            id=FOLDER_FIELD
            aria-label=text::FOLDER
            aria-keyshortcuts="M"
            disabled=move || !desk.lives.get()
            on:change=move |event| {
                let folder: Option<FolderId> = event_target_value(&event).parse().ok();
                desk.move_to(vec![id], folder);
            }
        >
            <option value="" selected=at.is_none()>
                {text::NO_FOLDER}
            </option>
            {move || folder_options(desk, at)}
        </select>
    }
    .into_any()
}

/// All folders as choices, indented as they nest.
pub fn folder_options(desk: Desk, at: Option<FolderId>) -> AnyView {
    let options = desk.folders.with(|folders| {
        folders
            .iter()
            .map(|folder| {
                let indent = "\u{2003}".repeat(depth(folders, folder.parent_id));
                view! {
                    <option value=folder.id.to_string() selected=Some(folder.id) == at>
                        {format!("{indent}{}", folder.name)}
                    </option>
                }
            })
            .collect_view()
    });
    options.into_any()
}

fn depth(folders: &[model::Folder], parent: Option<FolderId>) -> usize {
    let Some(parent) = parent else { return 0 };
    let above = folders.iter().find(|folder| folder.id == parent);
    above.map_or(0, |folder| 1 + depth(folders, folder.parent_id))
}

/// Text as markup: a field that is empty must hold nothing, not even the space a view would put.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Tells a plain form which asset it is about.
pub fn hidden_id(id: AssetId) -> impl IntoView {
    view! { <input type="hidden" name="id" value=id.to_string() /> }
}

/// Where no script runs a form needs a button; where one does, fields save themselves.
fn save_button() -> impl IntoView {
    view! {
        <button type="submit" class="plain" tabindex="-1">
            {text::SAVE}
        </button>
    }
}

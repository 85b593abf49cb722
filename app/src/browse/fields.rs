//! What of an asset a person writes: fields that save themselves, and plain forms before that.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use model::{Asset, AssetId, Folder, FolderId};

use super::desk::{Desk, use_desk};
use super::details::RENAME_FIELD;
use super::tidy::Order;
use super::tile::element_id;
use crate::api::Failure;
use crate::api::assets::{DescribeAsset, RenameAsset, describe_asset, get_asset, rename_asset};
use crate::browser::page;
use crate::text::use_text;

/// The id of the field that moves to another folder.
pub const FOLDER_FIELD: &str = "folder";
/// The choice that asks for any other folder.
const OTHER_FOLDER: &str = "other";
const ALT_FIELD: &str = "alt-text";

/// The name, which reads as a title until somebody writes in it.
#[component]
pub fn NameField(
    /// Whose name.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let text = use_text();
    let id = asset.with_untracked(|asset| asset.id);
    let name = Memo::new(move |_| asset.with(|asset| asset.name.to_string()));
    let save = use_saving(
        id,
        RENAME_FIELD,
        name,
        text.details().renamed,
        move |it, before| rename_asset(id, it, before),
    );
    view! {
        <form
            class="name-field"
            method="post"
            action=RenameAsset::url()
            on:submit=move |event| {
                event.prevent_default();
                save();
                page::focus(&element_id(id));
            }
        >
            {hidden_id(id)} <input type="hidden" name="before" value=name.get_untracked() />
            <input
                id=RENAME_FIELD
                type="text"
                name="name"
                value=name.get_untracked()
                dir="auto"
                required=true
                maxlength="255"
                autocomplete="off"
                spellcheck="false"
                aria-label=text.details().name
                aria-keyshortcuts="F2"
                on:blur=move |_| save()
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.prevent_default();
                        event.stop_propagation();
                        page::set_value(RENAME_FIELD, &name.get_untracked());
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
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let text = use_text();
    let id = asset.with_untracked(|asset| asset.id);
    let alt = Memo::new(move |_| asset.with(|asset| asset.alt_text.to_string()));
    let save = use_saving(
        id,
        ALT_FIELD,
        alt,
        text.details().alt_saved,
        move |it, before| describe_asset(id, it, before),
    );
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
            {hidden_id(id)} <input type="hidden" name="before" value=alt.get_untracked() />
            <label for=ALT_FIELD>{text.details().alt_text}</label>
            <textarea
                id=ALT_FIELD
                name="alt_text"
                rows="2"
                maxlength="2000"
                dir="auto"
                placeholder=text.details().alt_hint
                on:change=move |_| save()
                inner_html=escape(&alt.get_untracked())
            ></textarea>
            {save_button()}
        </form>
    }
    .into_any()
}

/// Saves what a field holds, where it differs from what is; a field nobody is in shows what is.
///
/// What is sent says from what the person began, so that nobody's words are written over unseen.
fn use_saving<F>(
    id: AssetId,
    field: &'static str,
    current: Memo<String>,
    said: &'static str,
    send: impl Fn(String, Option<String>) -> F + Copy + 'static,
) -> impl Fn() + Copy + 'static
where
    F: Future<Output = Result<Asset, Failure>> + 'static,
{
    let desk = use_desk();
    let began = StoredValue::new(current.get_untracked());
    // Enter, a change and leaving the field may all ask for the same.
    let pending = StoredValue::new(None::<String>);
    Effect::new(move |before: Option<()>| {
        let current = current.get();
        if before.is_some() && !page::has_focus(field) {
            page::set_value(field, &current);
            began.set_value(current);
        }
    });
    move || {
        let value = page::value_of(field).trim().to_owned();
        // What was written while the last change was on its way follows it.
        let is_busy = pending.with_value(Option::is_some);
        if pending
            .with_value(|pending| *pending.as_ref().unwrap_or(&current.get_untracked()) == value)
        {
            return;
        }
        pending.set_value(Some(value.clone()));
        if is_busy {
            return;
        }
        spawn_local(async move {
            let mut value = value;
            loop {
                let outcome = send(value.clone(), began.try_get_value()).await;
                let now = if outcome.is_ok() {
                    Some(value.clone())
                } else {
                    if let Ok(asset) = get_asset(id).await {
                        desk.put(asset);
                    }
                    current.try_get_untracked()
                };
                if let Some(now) = now {
                    if outcome.is_err() && !page::has_focus(field) {
                        page::set_value(field, &now);
                    }
                    let _ = began.try_set_value(now);
                }
                let latest = pending.try_get_value().flatten();
                if latest.as_ref().is_none_or(|latest| *latest == value) {
                    let _ = pending.try_set_value(None);
                    return desk.conclude(outcome, said);
                }
                value = latest.unwrap_or_default();
            }
        });
    }
}

/// The folder it lies in; chosen from all there are.
#[component]
pub fn FolderField(
    /// Whose folder.
    asset: Arc<Asset>,
) -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    let (id, at) = (asset.id, asset.folder_id);
    Effect::new(move || {
        if let Some(at) = at.filter(|at| untrack(|| desk.folder(*at)).is_none()) {
            desk.learn_path(at);
        }
    });
    view! {
        <select
            id=FOLDER_FIELD
            aria-label=text.general.folder
            disabled=move || !desk.lives.get()
            on:change=move |event| {
                match event_target_value(&event).as_str() {
                    OTHER_FOLDER => {
                        page::set_value(FOLDER_FIELD, &at.map_or(String::new(), |at| at.to_string()));
                        desk.order(Order::MoveAsset(id));
                    }
                    folder => desk.move_to(vec![id], folder.parse().ok()),
                }
            }
        >
            <option value="" selected=at.is_none()>
                {text.details().no_folder}
            </option>
            {move || folder_options(desk, at)}
            <option value=OTHER_FOLDER>{text.order().other_folder}</option>
        </select>
    }
    .into_any()
}

/// The folders that are known here as choices, indented as they nest.
fn folder_options(desk: Desk, at: Option<FolderId>) -> AnyView {
    let option = |folder: Folder| {
        let indent = "\u{2003}".repeat(folder.path.len());
        view! {
            <option value=folder.id.to_string() selected=Some(folder.id) == at>
                {format!("{indent}{}", folder.name)}
            </option>
        }
    };
    let known = desk.folders.known().into_iter();
    known.map(option).collect_view().into_any()
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
pub fn save_button() -> impl IntoView {
    let text = use_text();
    view! {
        <button type="submit" class="plain" tabindex="-1">
            {text.general.save}
        </button>
    }
}

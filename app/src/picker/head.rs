//! Above the files: words to search, what narrows the list, and what brings files.

use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;
use model::{Folder, Kind};

use super::bring::files_of;
use super::grid::views;
use super::state::Picker;
use crate::components::{Glyph, Icon};
use crate::text::{use_language, use_text};

/// So long after the last letter the search begins.
const PAUSE: Duration = Duration::from_millis(200);

/// What stands above the files.
pub fn head(picker: Picker) -> AnyView {
    let text = use_text();
    let words = text.picker();
    let language = use_language();
    let place = move || {
        let place = picker.place.get()?;
        let told = place.name(language);
        Some(view! { <p>{text.picking(words.for_place, &told)}</p> })
    };
    let has_place = Memo::new(move |_| picker.place.with(Option::is_some));
    let upload = picker
        .rights
        .with_value(|rights| rights.upload)
        .then(|| upload(picker));
    view! {
        <header class="picker-head">
            <div class="picker-title">
                <h1 id="picker-title">{words.title}</h1>
                {place}
                <button
                    type="button"
                    class="quiet icon-only"
                    aria-label=text.general.close
                    title=text.general.close
                    on:click=move |_| picker.cancel()
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <div class="picker-tools">
                {search(picker)}
                {upload}
                {move || has_place.get().then(|| views(picker))}
                {folder(picker)}
                {kind(picker)}
                {tag(picker)}
            </div>
        </header>
    }
    .into_any()
}

fn search(picker: Picker) -> AnyView {
    let text = use_text();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let write = move |words: String| {
        if let Some(before) = waiting.get_value() {
            before.clear();
        }
        let search = move || picker.query.update(|query| query.words.clone_from(&words));
        waiting.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    view! {
        <div class="picker-search" role="search">
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                id="picker-search"
                aria-label=text.general.search
                placeholder=text.general.search_hint
                autocomplete="off"
                maxlength="200"
                on:input=move |event| write(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

fn folder(picker: Picker) -> AnyView {
    let text = use_text();
    let choice = move |folder: Folder| {
        let id = folder.id;
        let is_here = move || picker.query.with(|query| query.folder == Some(id));
        let path = folder.path.iter().map(ToString::to_string);
        let path: Vec<_> = path.chain([folder.name.to_string()]).collect();
        view! {
            <option value=id.to_string() prop:selected=is_here>
                {path.join(" / ")}
            </option>
        }
    };
    let choices = move || {
        let folders = picker.folders.get();
        folders.into_iter().map(choice).collect_view()
    };
    view! {
        <select
            aria-label=text.general.folder
            on:change=move |event| {
                let folder = event_target_value(&event).parse().ok();
                picker.query.update(|query| query.folder = folder);
            }
        >
            <option value="">{text.picker().every_folder}</option>
            {choices}
        </select>
    }
    .into_any()
}

fn kind(picker: Picker) -> AnyView {
    let text = use_text();
    let allowed = picker.kinds.get_value();
    if allowed.len() == 1 {
        return ().into_any();
    }
    let choices = Kind::ALL
        .into_iter()
        .filter(|kind| allowed.is_empty() || allowed.contains(kind))
        .map(|kind| view! { <option value=kind.as_str()>{text.kind(kind)}</option> })
        .collect_view();
    view! {
        <select
            aria-label=text.general.kind
            on:change=move |event| {
                let kind = event_target_value(&event).parse().ok();
                picker.query.update(|query| query.kind = kind);
            }
        >
            <option value="">{text.general.every_kind}</option>
            {choices}
        </select>
    }
    .into_any()
}

fn tag(picker: Picker) -> AnyView {
    let words = use_text().picker();
    let choices = move || {
        let tags = picker.tags.get();
        let choice = |tag: String| view! { <option value=tag.clone()>{tag.clone()}</option> };
        tags.into_iter().map(choice).collect_view()
    };
    view! {
        <select
            aria-label=words.tag
            hidden=move || picker.tags.with(Vec::is_empty)
            on:change=move |event| {
                let tag = Some(event_target_value(&event)).filter(|tag| !tag.is_empty());
                picker.query.update(|query| query.tag = tag);
            }
        >
            <option value="">{words.every_tag}</option>
            {choices}
        </select>
    }
    .into_any()
}

fn upload(picker: Picker) -> AnyView {
    let text = use_text();
    let field = NodeRef::<Input>::new();
    view! {
        <button
            type="button"
            class="picker-upload"
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            <Icon glyph=Glyph::Upload />
            <span>{text.general.upload}</span>
        </button>
        <input
            type="file"
            hidden
            multiple
            aria-label=text.general.files_to_upload
            node_ref=field
            on:change=move |_| {
                if let Some(field) = field.get_untracked() {
                    picker.bring(files_of(field.files()));
                    field.set_value("");
                }
            }
        />
    }
    .into_any()
}

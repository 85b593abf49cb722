//! One file in the tray: its name, how it stands, and what can be done.

use leptos::{either::Either, prelude::*};

use super::{
    item::{Actions, Group, Item, ItemId, Sending},
    uploads::Uploads,
    words,
};
use crate::components::{Glyph, Icon};
use crate::crop::outline;
use crate::text::use_text;

/// One file in the tray.
#[component]
pub fn UploadRow(
    /// The uploads.
    uploads: Uploads,
    /// Which file.
    id: ItemId,
) -> impl IntoView {
    let text = use_text();
    let item = Memo::new(move |_| uploads.queue.with(|queue| queue.find(id).cloned()));
    let of = move |read: fn(&Item) -> String| item.read().as_ref().map(read).unwrap_or_default();
    let name = Memo::new(move |_| of(|item| item.facts.name.clone()));
    let state = Memo::new(move |_| {
        let item = item.read();
        item.as_ref()
            .map(|item| words::state(text, item))
            .unwrap_or_default()
    });
    let hint = Memo::new(move |_| {
        item.read()
            .as_ref()
            .and_then(|item| words::hint(text, item))
    });
    let group = Memo::new(move |_| item.read().as_ref().map(|item| item.state.group()));
    view! {
        <li
            class="upload-row"
            class:is-done=move || group.get() == Some(Group::Done)
            class:needs-you=move || group.get() == Some(Group::NeedsYou)
        >
            <span class="upload-mark" aria-hidden="true">
                {move || match group.get() {
                    Some(Group::Done) => view! { <Icon glyph=Glyph::Check /> },
                    Some(Group::NeedsYou) => view! { <Icon glyph=Glyph::Alert /> },
                    _ => view! { <Icon glyph=Glyph::Upload /> },
                }}
            </span>
            <div class="upload-words">
                <span class="upload-name" title=move || name.get()>
                    <bdi>{move || name.get()}</bdi>
                </span>
                <span class="upload-state">{move || state.get()}</span>
                {move || hint.get().map(|hint| view! { <span class="upload-hint">{hint}</span> })}
                <Bar item name />
            </div>
            <RowActions uploads id item name />
        </li>
    }
}

/// How far a file is, while that says something.
#[component]
fn Bar(item: Memo<Option<Item>>, name: Memo<String>) -> impl IntoView {
    let text = use_text();
    let percent = Memo::new(move |_| item.read().as_ref().and_then(shown_percent));
    move || {
        percent.get().is_some().then(|| {
            view! {
                <progress
                    max="100"
                    value=move || percent.get().unwrap_or(100).to_string()
                    aria-label=move || words::progress_of(text, &name.read())
                ></progress>
            }
        })
    }
}

fn shown_percent(item: &Item) -> Option<u64> {
    let percent = item.percent();
    match item.state {
        Sending::Moving { .. } => Some(percent),
        Sending::Resting { .. }
        | Sending::Paused { .. }
        | Sending::Absent { .. }
        | Sending::Waiting { .. } => Some(percent).filter(|percent| *percent > 0),
        _ => None,
    }
}

#[component]
fn RowActions(
    uploads: Uploads,
    id: ItemId,
    item: Memo<Option<Item>>,
    name: Memo<String>,
) -> impl IntoView {
    let text = use_text();
    let actions = Memo::new(move |_| item.read().as_ref().map(Item::actions).unwrap_or_default());
    let button = move |is_there: fn(&Actions) -> bool,
                       verb: &'static str,
                       glyph: Option<Glyph>,
                       act: fn(Uploads, ItemId)| {
        move || {
            actions.with(is_there).then(|| {
                let face = match glyph {
                    Some(glyph) => Either::Left(view! { <Icon glyph /> }),
                    None => Either::Right(verb),
                };
                view! {
                    <button
                        type="button"
                        class:icon-only=glyph.is_some()
                        class:quiet=glyph.is_some()
                        title=verb
                        aria-label=move || format!("{verb}: {}", name.get())
                        on:click=move |_| act(uploads, id)
                    >
                        {face}
                    </button>
                }
            })
        }
    };
    let crop = move || {
        actions
            .with(|can| can.crop)
            .then(|| crop_act(uploads, id, item, name))
    };
    view! {
        <div class="upload-actions">
            {crop}
            {button(|can| can.shrink, text.uploading().make_smaller, None, Uploads::shrink)}
            {button(
                |can| can.choose_again,
                text.uploading().choose_again,
                None,
                |uploads, _| uploads.choose(uploads.again),
            )} {button(|can| can.retry, text.uploading().retry, Some(Glyph::Restore), Uploads::retry)}
            {button(|can| can.pause, text.uploading().pause, Some(Glyph::Pause), Uploads::pause)}
            {button(|can| can.resume, text.uploading().resume, Some(Glyph::Play), Uploads::resume)}
            {button(|can| can.cancel, text.general.cancel, Some(Glyph::Close), Uploads::cancel)}
            {button(|can| can.dismiss, text.uploading().dismiss, Some(Glyph::Close), Uploads::cancel)}
        </div>
    }
}

/// Opens the editor: of the file that waits, or of the asset it has become.
fn crop_act(uploads: Uploads, id: ItemId, item: Memo<Option<Item>>, name: Memo<String>) -> AnyView {
    let verb = use_text().general.crop;
    let label = move || format!("{verb}: {}", name.get());
    let icon = outline::icon(outline::CROP);
    let asset = item.with_untracked(|item| match item.as_ref()?.state {
        Sending::Done(asset_id) => Some(asset_id),
        _ => None,
    });
    match asset {
        Some(asset_id) => view! {
            <a
                class="button quiet icon-only"
                href=format!("?asset={asset_id}&crop=open")
                title=verb
                aria-label=label
            >
                {icon}
            </a>
        }
        .into_any(),
        None => view! {
            <button
                type="button"
                class="quiet icon-only"
                title=verb
                aria-label=label
                on:click=move |_| uploads.crop(id)
            >
                {icon}
            </button>
        }
        .into_any(),
    }
}

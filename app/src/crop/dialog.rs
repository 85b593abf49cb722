//! The editor put together: stage, tools, panel.

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::studio::Studio;
use super::subject::Subject;
use super::{keys, outline, panel, stage, tools};
use crate::browser::page;
use crate::components::{Glyph, Icon, late_sheet};
use crate::text::{use_language, use_text};

/// The editor, once what it needs is here.
pub fn editor(subject: Subject) -> AnyView {
    let opener = page::focused_id().unwrap_or_else(|| subject.home());
    on_cleanup(move || page::focus_soon(opener));
    let (sheet, is_styled) = late_sheet();
    let studio = RwSignal::new(None::<Studio>);
    let owner = Owner::current().unwrap_or_default();
    let language = use_language();
    spawn_local(async move {
        let Some(bench) = subject.begin(language).await else {
            return;
        };
        if owner.paused() {
            subject.clean_up(&bench);
            return;
        }
        let shown = bench.clone();
        let made = owner.with(|| {
            on_cleanup(move || subject.clean_up(&shown));
            let studio = Studio::new(subject, bench);
            studio.choose_only_place();
            studio
        });
        let _ = studio.try_set(Some(made));
    });
    let shown = move || studio.get().filter(|_| is_styled.get()).map(dialog);
    view! {
        {sheet}
        {shown}
    }
    .into_any()
}

fn dialog(studio: Studio) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    page::show_while(dialog, || true);
    let text = use_text();
    let name = studio.bench.with_value(|bench| bench.name.to_string());
    view! {
        <dialog
            class="crop"
            node_ref=dialog
            aria-labelledby="crop-title"
            on:close=move |_| studio.close()
            on:keydown=move |event| {
                if keys::press(studio, &event) {
                    event.prevent_default();
                }
            }
        >
            <header>
                <h2 id="crop-title" dir="auto">
                    {text.cropping(&name)}
                </h2>
                {act(studio, outline::UNDO, text.crop().undo, Studio::can_undo, Studio::undo)}
                {act(studio, outline::REDO, text.crop().redo, Studio::can_redo, Studio::redo)}
                <button
                    type="button"
                    class="quiet icon-only"
                    aria-label=text.general.close
                    title=text.general.close
                    on:click=move |_| studio.close()
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </header>
            {stage::stage(studio)}
            {tools::tools(studio)}
            {panel::panel(studio)}
        </dialog>
    }
    .into_any()
}

fn act(
    studio: Studio,
    outline: &'static str,
    name: &'static str,
    can: fn(Studio) -> bool,
    act: fn(Studio),
) -> AnyView {
    view! {
        <button
            type="button"
            class="quiet icon-only"
            aria-label=name
            title=name
            // Kept in the order of keys: it would lose the focus where it was just pressed.
            aria-disabled=move || if can(studio) { "false" } else { "true" }
            on:click=move |_| act(studio)
        >
            {outline::icon(outline)}
        </button>
    }
    .into_any()
}

//! The question a dropped folder asks: keep it as a folder, or take its files alone.

use leptos::{html::Dialog, prelude::*};

use super::{
    uploads::{Question, Uploads},
    words,
};
use crate::browser::page;
use crate::text::{Text, use_text};

/// Asks what becomes of dropped folders.
#[component]
pub fn FolderQuestion(
    /// The uploads.
    uploads: Uploads,
) -> impl IntoView {
    let text = use_text();
    let dialog = NodeRef::<Dialog>::new();
    page::show_while(dialog, move || uploads.question.read().is_some());
    let said = move |say: fn(&Text, &Question) -> String| {
        uploads
            .question
            .read()
            .as_ref()
            .map(|question| say(text, question))
            .unwrap_or_default()
    };
    view! {
        <dialog
            class="folder-question"
            aria-labelledby="folder-question-title"
            node_ref=dialog
            on:close=move |_| {
                if page::is_closed(dialog) && uploads.question.read_untracked().is_some() {
                    uploads.withdraw();
                }
            }
        >
            <h2 id="folder-question-title">{move || said(words::question)}</h2>
            <p>{move || said(words::question_details)}</p>
            <div class="folder-question-answers">
                <button
                    type="button"
                    class="primary"
                    autofocus
                    on:click=move |_| uploads.answer(true)
                >
                    {move || said(words::keep)}
                </button>
                <button type="button" on:click=move |_| uploads.answer(false)>
                    {move || said(words::put_here)}
                </button>
                <button type="button" class="quiet" on:click=move |_| uploads.withdraw()>
                    {text.general.cancel}
                </button>
            </div>
        </dialog>
    }
}

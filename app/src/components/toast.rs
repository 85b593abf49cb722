//! Short words about what just happened, with a way back.

use std::time::Duration;

use leptos::prelude::*;

use super::{Glyph, Icon, Item, keyed_list};
use crate::browser::page;
use crate::text::use_text;

/// How long words stay, unless the mouse or the keys are at them.
const STAY: Duration = Duration::from_secs(7);
/// What holds the words.
const TRAY: &str = "toasts";

/// The words on show; cheap to copy.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    is_problem: bool,
    undo: Option<Callback<()>>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self {
            list: RwSignal::default(),
            last: StoredValue::new(0),
        }
    }
}

impl Toasts {
    /// Says what happened.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), false, None);
    }

    /// Says what happened, with a way back.
    pub fn offer_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(text.into(), false, Some(Callback::new(move |()| undo())));
    }

    /// Says what did not work.
    pub fn complain(self, text: impl Into<String>) {
        self.show(text.into(), true, None);
    }

    fn show(self, text: String, is_problem: bool, undo: Option<Callback<()>>) {
        let id = self.last.get_value() + 1;
        self.last.set_value(id);
        self.list.update(|list| {
            if list.len() == 3 {
                list.remove(0);
            }
            list.push(Toast {
                id,
                text,
                is_problem,
                undo,
            });
        });
        self.dismiss_later(id);
    }

    /// Takes words off once they were there long enough, and no hand is on its way to them.
    fn dismiss_later(self, id: u32) {
        let over = move || {
            if page::is_touched(TRAY) {
                self.dismiss_later(id);
            } else {
                self.dismiss(id);
            }
        };
        set_timeout(over, STAY);
    }

    fn dismiss(self, id: u32) {
        let _ = self
            .list
            .try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where the words appear.
#[component]
pub fn ToastTray(
    /// The words.
    toasts: Toasts,
) -> impl IntoView {
    let items = move || {
        let draw =
            |toast: Toast| Item::new(toast.id.to_string(), move || toast_view(toasts, &toast));
        toasts.list.get().into_iter().map(draw).collect()
    };
    view! {
        <div class="toasts" id=TRAY role="status" aria-live="polite">
            {keyed_list(items)}
        </div>
    }
}

fn toast_view(toasts: Toasts, toast: &Toast) -> AnyView {
    let text = use_text();
    let id = toast.id;
    let undo = toast.undo.map(|undo| {
        let undo = move |_| {
            toasts.dismiss(id);
            undo.run(());
        };
        view! {
            <button type="button" class="link" on:click=undo>
                {text.general.undo}
            </button>
        }
    });
    view! {
        <div class="toast" class:problem=toast.is_problem>
            <span>{toast.text.clone()}</span>
            {undo}
            <button
                type="button"
                class="quiet icon-only"
                aria-label=text.general.close
                on:click=move |_| toasts.dismiss(id)
            >
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
    .into_any()
}

//! The color that transparency is laid on, where a place takes none.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use model::placement::Rgb;

use crate::text::{Word, use_text};

/// What was chosen last, for as long as the page is open; only hands in a browser change it.
static CHOSEN: AtomicU32 = AtomicU32::new(0x00ff_ffff);

/// The color that transparency is laid on.
#[derive(Clone, Copy)]
pub struct Backdrop {
    color: RwSignal<Rgb>,
    /// Whether it is neither white nor black, or about to be.
    is_own: RwSignal<bool>,
}

const BLACK: Rgb = Rgb([0; 3]);

impl Backdrop {
    /// The color that was chosen last, or white.
    pub fn chosen() -> Self {
        let [_, r, g, b] = CHOSEN.load(Ordering::Relaxed).to_be_bytes();
        let color = Rgb([r, g, b]);
        Self {
            color: RwSignal::new(color),
            is_own: RwSignal::new(![Rgb::WHITE, BLACK].contains(&color)),
        }
    }

    /// The color now.
    pub fn color(self) -> Rgb {
        self.color.get_untracked()
    }

    fn choose(self, color: Rgb, is_own: bool) {
        let Rgb([r, g, b]) = color;
        CHOSEN.store(u32::from_be_bytes([0, r, g, b]), Ordering::Relaxed);
        self.color.set(color);
        self.is_own.set(is_own);
    }

    /// White, black, or one of one's own.
    pub fn view(self) -> AnyView {
        let words = use_text().details();
        view! {
            <fieldset class="backdrop">
                <legend>{words.backdrop}</legend>
                {self.known(words.white, Rgb::WHITE)}
                {self.known(words.black, BLACK)}
                <label>
                    <input
                        type="radio"
                        name="backdrop"
                        prop:checked=self.is_own
                        on:change=move |_| self.choose(self.color(), true)
                    />
                    {words.own_color}
                </label>
                {move || self.is_own.get().then(|| self.own())}
            </fieldset>
        }
        .into_any()
    }

    fn own(self) -> AnyView {
        view! {
            <input
                type="color"
                aria-label=use_text().details().own_color
                prop:value=self.color.get_untracked().to_string()
                on:input=move |event| {
                    if let Ok(color) = event_target_value(&event).parse() {
                        self.choose(color, true);
                    }
                }
            />
        }
        .into_any()
    }

    fn known(self, word: Word, color: Rgb) -> AnyView {
        let is_it = move || self.color.get() == color && !self.is_own.get();
        view! {
            <label>
                <input
                    type="radio"
                    name="backdrop"
                    prop:checked=is_it
                    on:change=move |_| self.choose(color, false)
                />
                {word}
            </label>
        }
        .into_any()
    }
}

//! The folders that words find, a page at a time.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Cursor, Folder, Page};

use crate::api::folders::find_folders;
use crate::browse::desk::Desk;
use crate::text::use_text;

/// What words find; cheap to copy.
#[derive(Clone, Copy)]
pub struct Found {
    words: RwSignal<String>,
    page: RwSignal<Page<Folder>>,
}

impl Found {
    /// The folders that words find; those of the words before stay until they are here.
    pub fn by(desk: Desk, words: RwSignal<String>) -> Self {
        let page = Page {
            items: Vec::new(),
            next_cursor: None,
        };
        let page = RwSignal::new(page);
        let found = Self { words, page };
        Effect::new(move || found.fetch(desk, words.get(), None));
        found
    }

    /// Those that are here.
    pub fn folders(self) -> Vec<Folder> {
        self.page.with(|page| page.items.clone())
    }

    /// The way to those that follow, where some do.
    pub fn more(self, desk: Desk) -> AnyView {
        let has_more = move || self.page.with(|page| page.next_cursor.is_some());
        let fetch = move |_: leptos::ev::MouseEvent| {
            let next = self.page.with_untracked(|page| page.next_cursor.clone());
            if next.is_some() {
                self.fetch(desk, self.words.get_untracked(), next);
            }
        };
        view! {
            <Show when=has_more>
                <li>
                    <button type="button" class="quiet more" on:click=fetch>
                        {use_text().browse.more_folders}
                    </button>
                </li>
            </Show>
        }
        .into_any()
    }

    fn fetch(self, desk: Desk, asked: String, after: Option<Cursor>) {
        spawn_local(async move {
            let outcome = find_folders(asked.clone(), after.clone()).await;
            if self.words.try_get_untracked().as_ref() != Some(&asked) {
                return;
            }
            match outcome {
                Ok(more) => self.page.update(|page| match after {
                    None => *page = more,
                    // Asked for twice, it comes once.
                    Some(_) if page.next_cursor == after => {
                        page.items.extend(more.items);
                        page.next_cursor = more.next_cursor;
                    }
                    Some(_) => {}
                }),
                Err(failure) => desk.complain(&failure),
            }
        });
    }
}

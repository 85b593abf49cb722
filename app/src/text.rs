//! What the interface says: one table a language, and the sentences that are made of it.
//!
//! A table is plain data. The compiler sees to it that both have every entry, and the tests that
//! none is empty, forgotten or without a figure the other has.

#[cfg(not(feature = "picker"))]
mod browse;
mod crop;
mod details;
#[cfg(feature = "ssr")]
mod embed;
mod english;
mod entry;
#[cfg(feature = "ssr")]
mod events;
mod find;
mod general;
mod order;
#[cfg(any(feature = "ssr", feature = "picker"))]
mod picker;
#[cfg(any(feature = "ssr", feature = "picker"))]
mod placements;
mod portuguese;
mod problem;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(test)]
mod tests;
mod upload;
#[cfg(feature = "ssr")]
mod webhooks;

use leptos::prelude::use_context;
use model::Language;

#[cfg(not(feature = "picker"))]
pub use browse::BrowseText;
pub use crop::CropText;
pub use details::DetailsText;
#[cfg(feature = "ssr")]
pub use embed::EmbedText;
pub use english::ENGLISH;
pub use entry::EntryText;
#[cfg(feature = "ssr")]
pub use events::EventsText;
pub use find::{FindText, find_text};
pub use general::GeneralText;
pub use order::OrderText;
#[cfg(any(feature = "ssr", feature = "picker"))]
pub use picker::PickerText;
#[cfg(any(feature = "ssr", feature = "picker"))]
pub use placements::PlacementsText;
pub use portuguese::PORTUGUESE;
pub use problem::ProblemText;
#[cfg(feature = "ssr")]
pub use settings::SettingsText;
pub use upload::UploadText;
#[cfg(feature = "ssr")]
pub use webhooks::WebhooksText;

use crate::browser;
use crate::parts::Absent;

/// The name of the product, which is the same everywhere.
pub const SATCHEL: &str = "Satchel";

/// A word or a sentence; `{name}` stands for what is filled in.
pub type Word = &'static str;

/// A sentence about one or many; `{count}` stands for how many.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub one: Word,
    pub many: Word,
}

/// Declares a part of the table, whose entries the tests can walk.
macro_rules! words {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$when:meta])* $entry:ident: $shape:ty,)* }) => {
        $(#[$doc])*
        pub struct $name {
            $($(#[$when])* pub $entry: $shape,)*
        }

        #[cfg(test)]
        impl $crate::text::tests::Entries for $name {
            fn walk(&self, path: &str, found: &mut Vec<(String, $crate::text::Word)>) {
                $(
                    $(#[$when])*
                    {
                        let inner = format!("{path}.{}", stringify!($entry));
                        $crate::text::tests::Entries::walk(&self.$entry, &inner, found);
                    }
                )*
            }
        }
    };
}
use words;

words! {
    /// All that the interface says in one language, by surface.
    pub struct Text {
        language: Language,
        general: GeneralText,
        #[cfg(not(feature = "picker"))]
        browse: BrowseText,
        // The client draws none of these pages.
        #[cfg(feature = "ssr")]
        settings: SettingsText,
        #[cfg(feature = "ssr")]
        events: EventsText,
        #[cfg(any(feature = "ssr", feature = "picker"))]
        picker: PickerText,
        #[cfg(feature = "ssr")]
        webhooks: WebhooksText,
        #[cfg(feature = "ssr")]
        embed: EmbedText,
        problem: ProblemText,
    }
}

/// What the interface says in the reader's language.
///
/// In the browser it is the language of the page, wherever it is asked for; on the server it is
/// the reader's whose page is being drawn.
pub fn use_text() -> &'static Text {
    Text::of(use_language())
}

/// The reader's language.
pub fn use_language() -> Language {
    browser::page::language()
        .or_else(use_context::<Language>)
        .unwrap_or_default()
}

/// Fetches what the interface says to the reader of this page.
pub async fn load() -> Result<(), Absent> {
    match use_language() {
        Language::English => Ok(()),
        Language::Portuguese => portuguese::load().await,
    }
}

impl Text {
    /// What the interface says in a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Portuguese => portuguese::here(),
        }
    }

    /// A sentence about so many places, with the titles of the first.
    fn in_places<'a>(
        &self,
        counted: &Counted,
        count: u64,
        titles: impl Iterator<Item = &'a str>,
    ) -> String {
        let titles = titles.take(3).map(|title| format!("“{title}”"));
        let titles = titles.collect::<Vec<_>>().join(", ");
        self.counted(counted, count, &[("places", &titles)])
    }

    /// A sentence about so many, with what else it names.
    fn counted(&self, counted: &Counted, count: u64, values: &[(&str, &str)]) -> String {
        let is_one = match self.language {
            Language::English => count == 1,
            // Portuguese says nothing in the singular, as CLDR has it.
            Language::Portuguese => count <= 1,
        };
        let template = if is_one { counted.one } else { counted.many };
        let number = self.number(count);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        fill(template, &all)
    }
}

/// A sentence with what it names filled in.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        text.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name);
        text.push_str(value.map_or(name, |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}

//! What office files say about themselves: title, author, how many pages, words, sheets or slides.
//!
//! It is what the program wrote that saved them, and nobody has counted.

use std::path::Path;

use model::preview::About;

use super::{Facts, compound};
use crate::{
    Format, Result, Source,
    archive::{Entry, entries, unpack},
    source::read_at,
    text::{
        markup::{attribute, element},
        rtf,
    },
};

/// The most of a part that is unpacked.
const PART_MOST: u64 = 256 * 1024;
/// How much of RTF is read: what it says of itself stands at its beginning.
const RTF_MOST: usize = 256 * 1024;
/// The most letters of a title or a name.
const LETTERS: usize = 300;

/// What an office file says; what it does not say, and what is broken, stays unknown.
pub(super) fn probe(source: &mut dyn Source, format: Format) -> Result<Facts> {
    let about = match format {
        Format::Rtf => rtf::read(&read_at(source, 0, RTF_MOST)?, 1).about,
        Format::Docx | Format::Xlsx | Format::Pptx => of_parts(source, format),
        Format::Odt | Format::Ods | Format::Odp => of_meta(source, format),
        Format::Doc | Format::Xls | Format::Ppt => of_values(source, format),
        _ => About::default(),
    };
    Ok(Facts {
        pages: about.pages.or(about.slides),
        about,
        ..Facts::new(format)
    })
}

fn of_parts(source: &mut dyn Source, format: Format) -> About {
    let parts = entries(source).unwrap_or_default();
    let core = part(source, &parts, "docProps/core.xml");
    let app = part(source, &parts, "docProps/app.xml");
    let counted = |folder: &str| {
        let is_one = |part: &&Entry| {
            let name = part.name.strip_prefix(folder).map(Path::new);
            let is_markup = |name: &Path| name.extension().is_some_and(|ending| ending == "xml");
            name.is_some_and(|name| is_markup(name) && name.components().count() == 1)
        };
        let count = parts.iter().filter(is_one).count();
        u32::try_from(count).ok().filter(|count| *count > 0)
    };
    let number = |name| number(element(&app, name));
    About {
        title: word(element(&core, "title")),
        author: word(element(&core, "creator")),
        pages: number("Pages").filter(|_| format == Format::Docx),
        words: number("Words"),
        sheets: counted("xl/worksheets/").filter(|_| format == Format::Xlsx),
        slides: counted("ppt/slides/").filter(|_| format == Format::Pptx),
    }
}

fn of_meta(source: &mut dyn Source, format: Format) -> About {
    let parts = entries(source).unwrap_or_default();
    let meta = part(source, &parts, "meta.xml");
    let number = |name| number(attribute(&meta, "document-statistic", name));
    let author = element(&meta, "initial-creator").or_else(|| element(&meta, "creator"));
    About {
        title: word(element(&meta, "title")),
        author: word(author),
        pages: number("page-count").filter(|_| format == Format::Odt),
        words: number("word-count"),
        sheets: number("table-count").filter(|_| format == Format::Ods),
        slides: number("page-count").filter(|_| format == Format::Odp),
    }
}

fn of_values(source: &mut dyn Source, format: Format) -> About {
    let about = compound::about(source, format);
    About {
        title: word(about.title),
        author: word(about.author),
        ..about
    }
}

/// A part as text; empty where there is none.
fn part(source: &mut dyn Source, parts: &[Entry], name: &str) -> String {
    let found = parts.iter().find(|part| part.name == name && part.is_plain);
    let bytes = found.and_then(|found| unpack(source, found, PART_MOST).ok());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

fn number(told: Option<String>) -> Option<u32> {
    told?.trim().parse().ok().filter(|number| *number > 0)
}

/// A title or a name, without what no line holds.
fn word(told: Option<String>) -> Option<String> {
    let told = told?;
    let plain = told.trim().chars().filter(|letter| !letter.is_control());
    let word: String = plain.take(LETTERS).collect();
    (!word.is_empty()).then_some(word)
}

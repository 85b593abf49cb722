//! What office files of today say, part by part within a measure.

use super::markup::{Meant, text};
use crate::{
    Format, Result, Source,
    archive::{Entry, entries, unpack},
};

/// The most of one part that is unpacked.
const PART_MOST: u64 = 8 << 20;
/// The most of all parts together.
const ALL_MOST: u64 = 16 << 20;
/// The most parts that are read.
const PARTS_MOST: usize = 200;

/// What an office file says; nothing for formats that are not read.
pub(super) fn read(source: &mut dyn Source, format: Format, most: usize) -> Result<String> {
    let (is_read, meant): (fn(&str) -> bool, Meant) = match format {
        Format::Docx => (is_of_letter, Meant::InRuns),
        Format::Xlsx => (is_of_table, Meant::InRuns),
        Format::Pptx => (is_of_slides, Meant::InRuns),
        Format::Odt | Format::Ods | Format::Odp => (|name| name == "content.xml", Meant::All),
        _ => return Ok(String::new()),
    };
    let mut parts: Vec<Entry> = entries(source)?
        .into_iter()
        .filter(|entry| entry.is_plain && is_read(&entry.name))
        .collect();
    // Slide 10 comes after slide 9.
    parts.sort_by_key(|entry| (entry.name.len(), entry.name.clone()));
    let (mut out, mut left) = (String::new(), ALL_MOST);
    for part in parts.iter().take(PARTS_MOST) {
        if out.len() >= most || left == 0 {
            break;
        }
        let bytes = unpack(source, part, PART_MOST.min(left))?;
        left -= (bytes.len() as u64).min(left);
        let markup = String::from_utf8_lossy(&bytes);
        out.push_str(&text(&markup, meant, most - out.len()));
        out.push('\n');
    }
    Ok(out)
}

fn is_xml(name: &str, folder: &str, beginnings: &[&str]) -> bool {
    name.strip_prefix(folder)
        .and_then(|name| name.strip_suffix(".xml"))
        .is_some_and(|name| {
            !name.contains('/')
                && beginnings
                    .iter()
                    .any(|beginning| name.starts_with(beginning))
        })
}

fn is_of_letter(name: &str) -> bool {
    is_xml(
        name,
        "word/",
        &[
            "document",
            "header",
            "footer",
            "footnotes",
            "endnotes",
            "comments",
        ],
    )
}

fn is_of_table(name: &str) -> bool {
    is_xml(name, "xl/", &["sharedStrings"]) || is_xml(name, "xl/worksheets/", &["sheet"])
}

fn is_of_slides(name: &str) -> bool {
    is_xml(name, "ppt/slides/", &["slide"]) || is_xml(name, "ppt/notesSlides/", &["notesSlide"])
}

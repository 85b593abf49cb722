//! Contact cards as people read them: versions 2.1, 3.0 and 4.0, of phones that keep to none of them.
//!
//! Nothing a card points to is ever fetched, and a picture in it is not opened.

mod line;

use std::borrow::Cow;

use encoding_rs::Encoding;
use model::preview::{Card, CardField, CardLine, Contacts};

use self::line::{Line, lines};
use crate::{Result, Source, sniff::decode_text, source::read_at};

/// The most of a file that is read.
const MOST: usize = 16 << 20;
/// How far into a file its character set is looked for.
const DECLARED: usize = 64 * 1024;
/// The most cards that are shown.
const CARDS: usize = 100;
/// The most lines of one card.
const LINES: usize = 50;
/// The most letters of one value.
const LETTERS: usize = 1_000;

/// The cards of a file.
pub(super) fn read(source: &mut dyn Source) -> Result<Contacts> {
    let bytes = read_at(source, 0, MOST)?;
    Ok(parse(&text_of(&bytes)))
}

/// The text of a file; bytes beyond ASCII that are no UTF-8 are of the set that the first card
/// names, as phones of version 2.1 write it.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let set = declared(bytes).filter(|_| std::str::from_utf8(bytes).is_err());
    let text = set.and_then(|set| set.decode_without_bom_handling_and_without_replacement(bytes));
    text.unwrap_or_else(|| decode_text(bytes).0)
}

/// The first character set that a file names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"CHARSET=";
    let head = &bytes[..bytes.len().min(DECLARED)];
    let mut windows = head.windows(NAME.len());
    let at = windows.position(|window| window.eq_ignore_ascii_case(NAME))? + NAME.len();
    let mut parts = head[at..].split(|byte| matches!(byte, b';' | b':' | b'\r' | b'\n'));
    Encoding::for_label(parts.next()?)
}

fn parse(text: &str) -> Contacts {
    let mut found = Contacts::default();
    let mut draft: Option<Draft> = None;
    // A card within a card, as 2.1 has for agents, is not one of the file's own.
    let (mut nested, mut is_agent) = (0_u32, false);
    for line in lines(text) {
        let is = |value: &str| line.value.trim().eq_ignore_ascii_case(value);
        if line.name == "BEGIN" && is("VCARD") {
            if draft.is_some() && (is_agent || nested > 0) {
                nested += 1;
            } else {
                found.keep(draft.replace(Draft::default()));
            }
        } else if line.name == "END" && is("VCARD") {
            if nested > 0 {
                nested -= 1;
            } else {
                found.keep(draft.take());
            }
        } else if let Some(draft) = draft.as_mut().filter(|_| nested == 0) {
            draft.take(&line);
        }
        is_agent = line.name == "AGENT";
    }
    found.keep(draft);
    found
}

trait Keep {
    fn keep(&mut self, draft: Option<Draft>);
}

impl Keep for Contacts {
    fn keep(&mut self, draft: Option<Draft>) {
        let Some(draft) = draft else { return };
        self.total += 1;
        if self.cards.len() < CARDS {
            self.cards.push(draft.card());
        }
    }
}

/// A card as it is read.
#[derive(Default)]
struct Draft {
    card: Card,
    /// The name in its parts, where nobody wrote it out.
    parts: String,
    nickname: String,
    /// Which group each line is of, for labels that come after.
    groups: Vec<String>,
    labels: Vec<(String, String)>,
}

impl Draft {
    fn take(&mut self, line: &Line) {
        let whole = || clean(&line.text());
        match line.name.as_str() {
            "FN" if self.card.name.is_empty() => self.card.name = whole(),
            "N" if self.parts.is_empty() => self.parts = name(&line.parts()),
            "NICKNAME" if self.nickname.is_empty() => self.nickname = whole(),
            "ORG" if self.card.organization.is_empty() => {
                self.card.organization = joined(&line.parts(), ", ");
            }
            "TITLE" | "ROLE" if self.card.title.is_empty() => self.card.title = whole(),
            "TEL" => self.add(CardField::Phone, line, uri(&whole(), "tel:")),
            "EMAIL" => self.add(CardField::Email, line, uri(&whole(), "mailto:")),
            "ADR" => self.add(CardField::Address, line, address(&line.parts())),
            "URL" => self.add(CardField::Url, line, whole()),
            "BDAY" => self.add(CardField::Birthday, line, day(&whole())),
            "NOTE" => self.add(CardField::Note, line, whole()),
            "IMPP" => self.add(CardField::Chat, line, whole()),
            "PHOTO" => self.card.has_photo = true,
            "X-ABLABEL" => {
                // Apple writes its own labels so.
                let label = whole();
                let label = label.trim_start_matches("_$!<").trim_end_matches(">!$_");
                self.labels.push((line.group.clone(), label.to_owned()));
            }
            _ => {}
        }
    }

    fn add(&mut self, field: CardField, line: &Line, value: String) {
        if value.is_empty() || self.card.lines.len() >= LINES {
            return;
        }
        self.groups.push(line.group.clone());
        self.card.lines.push(CardLine {
            field,
            label: line.label(),
            value,
        });
    }

    /// The card, with a name to go by wherever it has any.
    fn card(self) -> Card {
        let mut card = self.card;
        for (line, group) in card.lines.iter_mut().zip(&self.groups) {
            let label = self.labels.iter().find(|(of, _)| of == group);
            if let Some((_, label)) = label.filter(|_| !group.is_empty()) {
                line.label.clone_from(label);
            }
        }
        let lines = card.lines.iter().map(|line| line.value.clone());
        let names = [
            card.name,
            self.parts,
            self.nickname,
            card.organization.clone(),
        ];
        let mut names = names.into_iter().chain(lines);
        card.name = names.find(|name| !name.is_empty()).unwrap_or_default();
        if card.name == card.organization {
            card.organization.clear();
        }
        card
    }
}

/// Family, given, middle, before and after it: as it is spoken.
fn name(parts: &[String]) -> String {
    let spoken = [3, 1, 2, 0, 4].map(|at| parts.get(at).cloned().unwrap_or_default());
    joined(&spoken, " ")
}

/// An address, a line each; a post box and an apartment come first, as they are written.
fn address(parts: &[String]) -> String {
    let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
    let town = joined(&[part(5), part(3), part(4)], " ");
    joined(&[part(0), part(1), part(2), town, part(6)], "\n")
}

fn joined(parts: &[String], between: &str) -> String {
    let parts: Vec<_> = parts.iter().map(|part| clean(part)).collect();
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).collect();
    let parts: Vec<_> = parts.into_iter().map(String::as_str).collect();
    cut(&parts.join(between))
}

/// What an address of this scheme names.
fn uri(value: &str, scheme: &str) -> String {
    match value.split_at_checked(scheme.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(scheme) => rest.to_owned(),
        _ => value.to_owned(),
    }
}

/// `19850412` as `1985-04-12`; other days as they are.
fn day(value: &str) -> String {
    let date = value.split(['T', ' ']).next().unwrap_or_default();
    match (date.len(), date.bytes().all(|byte| byte.is_ascii_digit())) {
        (8, true) => format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]),
        _ => date.to_owned(),
    }
}

/// A value without what nobody sees, and not too long.
fn clean(value: &str) -> String {
    let seen = value.chars().filter(|c| !c.is_control() || *c == '\n');
    cut(seen.collect::<String>().trim())
}

fn cut(value: &str) -> String {
    value.chars().take(LETTERS).collect()
}

#[cfg(test)]
mod tests;

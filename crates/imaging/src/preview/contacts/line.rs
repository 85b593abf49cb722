//! Lines of a contact file: unfolded, with their parameters, decoded.

use encoding_rs::{Encoding, UTF_8};

use crate::sniff::decode_legacy;

/// The most bytes that the lines of one property are joined to; a picture is longer.
const LONGEST: usize = 256 * 1024;

/// A property.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What it belongs to, in lower case; mostly nothing.
    pub group: String,
    /// In upper case.
    pub name: String,
    /// Names in upper case; parameters without a name are of `TYPE`.
    params: Vec<(String, String)>,
    /// As it stands, in the encoding of the line.
    pub value: String,
}

/// The properties of a text, one after the other; lines that are none are left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut rest = text.lines().peekable();
    std::iter::from_fn(move || {
        loop {
            let mut whole = rest.next()?.to_owned();
            let is_quoted = is_quoted_printable(&whole);
            loop {
                let more = rest.peek().copied();
                let more = match more {
                    // A soft break of quoted-printable; what follows is not folded.
                    Some(more) if is_quoted && whole.ends_with('=') => {
                        whole.pop();
                        more
                    }
                    Some(more) if more.starts_with([' ', '\t']) => &more[1..],
                    _ => break,
                };
                if whole.len() < LONGEST {
                    whole.push_str(more);
                }
                rest.next();
            }
            if let Some(line) = read(&whole) {
                return Some(line);
            }
        }
    })
}

fn is_quoted_printable(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn read(line: &str) -> Option<Line> {
    let (head, value) = split_outside_quotes(line, ':')?;
    let mut parts = Vec::new();
    let mut head = head;
    while let Some((part, more)) = split_outside_quotes(head, ';') {
        parts.push(part);
        head = more;
    }
    parts.push(head);
    let name = parts.remove(0).trim();
    let (group, name) = name.rsplit_once('.').unwrap_or(("", name));
    let params = parts.into_iter().map(|part| {
        let (name, value) = part.split_once('=').unwrap_or(("TYPE", part));
        let value = value.trim().trim_matches('"').to_owned();
        (name.trim().to_ascii_uppercase(), value)
    });
    Some(Line {
        group: group.to_ascii_lowercase(),
        name: name.to_ascii_uppercase(),
        params: params.collect(),
        value: value.to_owned(),
    })
}

fn split_outside_quotes(text: &str, at: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    let found = text.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        !quoted && *letter == at
    });
    found.map(|(place, _)| (&text[..place], &text[place + at.len_utf8()..]))
}

impl Line {
    /// The value as text.
    pub fn text(&self) -> String {
        unescape(&self.decoded())
    }

    /// The value in its parts, each as text.
    pub fn parts(&self) -> Vec<String> {
        let value = self.decoded();
        let mut parts = vec![String::new()];
        let mut escaped = false;
        for letter in value.chars() {
            match letter {
                ';' if !escaped => parts.push(String::new()),
                _ => parts
                    .last_mut()
                    .into_iter()
                    .for_each(|part| part.push(letter)),
            }
            escaped = letter == '\\' && !escaped;
        }
        parts.iter().map(|part| unescape(part)).collect()
    }

    /// What kind of number or address it is, such as `work`; technical words are left out.
    pub fn label(&self) -> String {
        const TECHNICAL: [&str; 8] = [
            "pref",
            "voice",
            "internet",
            "text",
            "x-internet",
            "dom",
            "parcel",
            "postal",
        ];
        let types = self.params.iter().filter(|(name, _)| name == "TYPE");
        let mut words = types
            .flat_map(|(_, value)| value.split(','))
            .map(|word| word.trim().trim_matches('"').to_ascii_lowercase())
            .filter(|word| !word.is_empty() && !TECHNICAL.contains(&word.as_str()));
        let word = words.next().unwrap_or_default();
        let plain = word.chars().filter(|c| !c.is_control()).take(40);
        plain.collect()
    }

    fn decoded(&self) -> String {
        let is_quoted = self.params.iter().any(|(name, value)| {
            matches!(name.as_str(), "ENCODING" | "TYPE")
                && value.eq_ignore_ascii_case("quoted-printable")
        });
        if !is_quoted {
            return self.value.clone();
        }
        let bytes = quoted_printable(self.value.as_bytes());
        let told = self.params.iter().find(|(name, _)| name == "CHARSET");
        let told = told.and_then(|(_, label)| Encoding::for_label(label.as_bytes()));
        // It is whole, so what does not fit a set is not of it.
        let mut sets = told.into_iter().chain([UTF_8]);
        let text =
            sets.find_map(|set| set.decode_without_bom_handling_and_without_replacement(&bytes));
        text.unwrap_or_else(|| decode_legacy(&bytes).0).into_owned()
    }
}

/// Bytes of quoted-printable; what is no code stays as it is.
fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| {
        let digit = char::from(*text.get(at)?).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
    while at < text.len() {
        match (text[at], digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                at += 3;
            }
            (byte, ..) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    bytes
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other @ (',' | ';' | '\\' | ':')) => text.push(other),
                Some(other) => text.extend(['\\', other]),
                None => text.push('\\'),
            },
            _ => text.push(letter),
        }
    }
    text
}

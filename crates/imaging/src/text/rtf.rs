//! What RTF says, and what it says about itself: control words are skipped, not obeyed.

use encoding_rs::{Encoding, WINDOWS_1252};
use model::preview::About;

/// Groups within groups that are told apart; what is deeper is left out.
const DEEPEST: usize = 500;
/// The most letters of a title or a name.
const LETTERS: usize = 300;

/// What was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Rtf {
    pub text: String,
    pub about: About,
}

/// What becomes of what stands in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    Text,
    Title,
    Author,
    Nothing,
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    aim: Aim,
    /// How many signs stand behind a letter of Unicode for readers that do not know it.
    twins: usize,
}

/// Reads a file, until it has said so many bytes.
pub(crate) fn read(bytes: &[u8], most: usize) -> Rtf {
    let mut reader = Reader::new(bytes);
    while reader.found.text.len() < most && reader.step().is_some() {}
    reader.flush();
    reader.found
}

struct Reader<'a> {
    rest: &'a [u8],
    group: Group,
    outer: Vec<Group>,
    /// Groups deeper than are told apart.
    deeper: usize,
    /// The character set of bytes that are no Unicode, and those of them that are not read yet.
    set: &'static Encoding,
    bytes: Vec<u8>,
    /// Signs that are left out because Unicode said the same.
    twins: usize,
    found: Rtf,
}

impl<'a> Reader<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self {
            rest,
            group: Group {
                aim: Aim::Text,
                twins: 1,
            },
            outer: Vec::new(),
            deeper: 0,
            set: WINDOWS_1252,
            bytes: Vec::new(),
            twins: 0,
            found: Rtf::default(),
        }
    }

    /// Takes the next sign, word or brace; nothing at the end.
    fn step(&mut self) -> Option<()> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        match first {
            b'{' => self.open(),
            b'}' => self.close(),
            b'\\' => return self.control(),
            b'\r' | b'\n' => {}
            byte => self.byte(*byte),
        }
        Some(())
    }

    fn open(&mut self) {
        self.flush();
        self.twins = 0;
        if self.outer.len() < DEEPEST {
            self.outer.push(self.group);
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        self.flush();
        self.twins = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
    }

    fn control(&mut self) -> Option<()> {
        let first = *self.rest.first()?;
        if first.is_ascii_alphabetic() {
            let (word, number) = self.word();
            self.obey(&word, number);
            return Some(());
        }
        self.rest = &self.rest[1..];
        match first {
            b'\'' => {
                let digits = self.rest.get(..2)?;
                self.rest = &self.rest[2..];
                let digits = std::str::from_utf8(digits).ok();
                if let Some(byte) = digits.and_then(|it| u8::from_str_radix(it, 16).ok()) {
                    self.byte(byte);
                }
            }
            // A group for newer readers, which only some of them know.
            b'*' => self.group.aim = Aim::Nothing,
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'\r' | b'\n' => self.letter('\n'),
            b'\\' | b'{' | b'}' => self.byte(first),
            _ => {}
        }
        Some(())
    }

    /// A control word, and the number behind it.
    fn word(&mut self) -> (String, Option<i32>) {
        let end = |bytes: &[u8], is: fn(&u8) -> bool| {
            bytes
                .iter()
                .position(|byte| !is(byte))
                .unwrap_or(bytes.len())
        };
        let (word, rest) = self.rest.split_at(end(self.rest, u8::is_ascii_alphabetic));
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = end(&rest[sign..], u8::is_ascii_digit);
        let (number, mut rest) = if digits == 0 {
            (None, rest)
        } else {
            let (number, rest) = rest.split_at(sign + digits);
            let number = std::str::from_utf8(number).ok();
            (number.and_then(|number| number.parse().ok()), rest)
        };
        // The blank behind a word belongs to it.
        if rest.first() == Some(&b' ') {
            rest = &rest[1..];
        }
        self.rest = rest;
        (String::from_utf8_lossy(word).into_owned(), number)
    }

    fn obey(&mut self, word: &str, number: Option<i32>) {
        let count = number.and_then(|number| u32::try_from(number).ok());
        match word {
            "u" => {
                // Above 32 767 they are written as below nothing; pairs of halves are rare enough.
                let code = number.unwrap_or(0);
                let code = u32::try_from(if code < 0 { code + 65_536 } else { code });
                let letter = code.ok().and_then(char::from_u32);
                self.letter(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
                self.twins = self.group.twins;
            }
            "uc" => {
                let twins = usize::try_from(number.unwrap_or(1).clamp(0, 8));
                self.group.twins = twins.unwrap_or(1);
            }
            "bin" => {
                let skipped = count.map_or(0, |count| count as usize);
                self.rest = self.rest.get(skipped..).unwrap_or_default();
            }
            "ansicpg" => self.set = count.map_or(WINDOWS_1252, code_page),
            "nofpages" => self.found.about.pages = count,
            "nofwords" => self.found.about.words = count,
            "title" => self.group.aim = Aim::Title,
            "author" => self.group.aim = Aim::Author,
            "par" | "line" | "row" | "sect" | "page" => self.letter('\n'),
            "tab" | "cell" | "emspace" | "enspace" => self.letter(' '),
            "emdash" => self.letter('—'),
            "endash" => self.letter('–'),
            "bullet" => self.letter('•'),
            "lquote" => self.letter('‘'),
            "rquote" => self.letter('’'),
            "ldblquote" => self.letter('“'),
            "rdblquote" => self.letter('”'),
            _ if HIDDEN.contains(&word) => self.group.aim = Aim::Nothing,
            _ => {}
        }
    }

    /// A sign in the character set of the file.
    fn byte(&mut self, byte: u8) {
        if self.twins > 0 {
            self.twins -= 1;
        } else if self.deeper == 0 && self.group.aim != Aim::Nothing {
            self.bytes.push(byte);
        }
    }

    fn letter(&mut self, letter: char) {
        self.flush();
        if self.deeper > 0 {
            return;
        }
        let about = &mut self.found.about;
        match self.group.aim {
            Aim::Text => self.found.text.push(letter),
            Aim::Title => add(&mut about.title, letter),
            Aim::Author => add(&mut about.author, letter),
            Aim::Nothing => {}
        }
    }

    /// Reads the bytes that were gathered.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.set.decode_without_bom_handling(&bytes).0;
        let about = &mut self.found.about;
        match self.group.aim {
            Aim::Text => self.found.text.push_str(&text),
            Aim::Title => text.chars().for_each(|c| add(&mut about.title, c)),
            Aim::Author => text.chars().for_each(|c| add(&mut about.author, c)),
            Aim::Nothing => {}
        }
    }
}

fn add(told: &mut Option<String>, letter: char) {
    let told = told.get_or_insert_default();
    if told.len() < LETTERS && !letter.is_control() {
        told.push(letter);
    }
}

/// A character set of Windows by its number.
fn code_page(number: u32) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// Groups that hold no words of the text.
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "objdata",
    "fldinst",
    "filetbl",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "nonshppict",
    "shppict",
    "bkmkstart",
    "bkmkend",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rtf: &str) -> String {
        read(rtf.as_bytes(), 9_999).text
    }

    #[test]
    fn words_are_read_and_what_is_around_them_is_not() {
        let rtf = concat!(
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Word;}\pard Ol\'e1, ",
            r"\b mar\b0\par {\field{\*\fldinst HYPERLINK x}{\fldrslt sand}}{\pict\bin2 }}} \{sun\}}",
        );

        assert_eq!(text(rtf), "Olá, mar\nsand {sun}");
    }

    #[test]
    fn unicode_is_taken_once_and_other_character_sets_are_read() {
        assert_eq!(text(r"{\rtf1 caf\u233 e\u8364\'80!}"), "café€!");
        assert_eq!(text(r"{\rtf1{\uc0 \u26085\u26412}}"), "日本");
        assert_eq!(text(r"{\rtf1\ansicpg1251 \'cf\'f0\'e8}"), "При");
        assert_eq!(text(r"{\rtf1\ansicpg932 \'93\'63}"), "田");
    }

    #[test]
    fn it_says_who_wrote_it_and_how_long_it_is() {
        let rtf = br"{\rtf1{\info{\title Autumn}{\author J\'f3an}\nofpages3\nofwords120}Text}";

        let found = read(rtf, 999);

        assert_eq!(found.text, "Text");
        assert_eq!(found.about.title.as_deref(), Some("Autumn"));
        assert_eq!(found.about.author.as_deref(), Some("Jóan"));
        assert_eq!((found.about.pages, found.about.words), (Some(3), Some(120)));
    }

    #[test]
    fn what_is_broken_ends_there() {
        let deep = "{".repeat(100_000);
        for rtf in [
            deep.as_str(),
            "}}}}x",
            "\\",
            "\\'",
            "\\'z",
            "\\bin99999999999 a",
            "\\u-99999999 ?",
        ] {
            let _ = text(rtf);
        }
        assert_eq!(
            text(&format!("{}x{}y", "{".repeat(900), "}".repeat(900))),
            "y"
        );
    }
}

//! Names in archives whose programs did not say which character set they are of.
//!
//! Most that say nothing write UTF-8. The rest is of the set of the machine it was packed on: what
//! a whole archive's names look like tells which.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::sniff::decode_legacy;

/// The upper half of the set that archives were made with at first.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
                     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// That of its twin for Western Europe and Brazil.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
                     └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
/// The last letter of Latin scripts, but for rare ones.
const LAST_LATIN: char = '\u{24f}';

/// How names are read that say nothing of their character set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Set {
    Utf8,
    /// One of DOS, by the upper half of its letters.
    Dos(&'static str),
    Other(&'static Encoding),
}

impl Set {
    /// The set of all such names of an archive, and whether it was packed on a machine like DOS.
    pub fn of(names: &[&[u8]], is_dos: bool) -> Self {
        let all = names.join(&b'\n');
        if std::str::from_utf8(&all).is_ok() {
            return Self::Utf8;
        }
        let (text, set) = decode_legacy(&all);
        let guessed = Encoding::for_label(set.as_bytes()).unwrap_or(WINDOWS_1252);
        let latin = [CP437, CP850]
            .into_iter()
            .find(|set| is_latin(&dos(&all, set)));
        match latin {
            _ if !is_dos => Self::Other(guessed),
            Some(latin) if is_western(&text) || is_mixed(&text) => Self::Dos(latin),
            None if is_western(&text) => Self::Dos(CP437),
            _ => Self::Other(guessed),
        }
    }

    /// A name in letters.
    pub fn read(self, name: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(name),
            Self::Dos(upper) => Cow::Owned(dos(name, upper)),
            Self::Other(set) => set.decode_without_bom_handling(name).0,
        }
    }
}

fn dos(bytes: &[u8], upper: &str) -> String {
    let upper: Vec<char> = upper.chars().collect();
    let letter = |byte: &u8| match byte.checked_sub(0x80) {
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
        None => char::from(*byte),
    };
    bytes.iter().map(letter).collect()
}

/// Whether all beyond ASCII are letters as names of the West have them.
fn is_latin(text: &str) -> bool {
    let mut beyond = text.chars().filter(|letter| !letter.is_ascii());
    beyond.all(|letter| letter.is_alphabetic() && letter <= LAST_LATIN)
}

/// Whether no letter is of another script.
fn is_western(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    letters.all(|letter| letter <= LAST_LATIN)
}

/// Whether a word has letters of two scripts, as it has where its set was guessed wrong.
fn is_mixed(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_other = |letter: char| letter.is_alphabetic() && letter > LAST_LATIN;
    letters.windows(2).any(|pair| {
        let [one, two] = [pair[0], pair[1]];
        (one.is_ascii_alphabetic() && is_other(two)) || (is_other(one) && two.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GBK, IBM866, SHIFT_JIS};

    use super::*;

    fn read(names: &[&[u8]], is_dos: bool) -> Vec<String> {
        let set = Set::of(names, is_dos);
        names
            .iter()
            .map(|name| set.read(name).into_owned())
            .collect()
    }

    #[test]
    fn both_sets_of_dos_are_whole() {
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(CP850.chars().count(), 128);
    }

    #[test]
    fn names_of_the_west_are_of_the_set_that_makes_them_letters() {
        let german: &[&[u8]] = &[b"\x9abung.txt", b"M\x84rz/Gr\x94\xe1e.doc"];
        assert_eq!(read(german, true), ["Übung.txt", "März/Größe.doc"]);
        let brazilian: &[&[u8]] = &[b"A\x87\xc6o.docx", b"Informa\x87\xe4es.pdf", b"plain.txt"];
        let wanted = ["Ação.docx", "Informações.pdf", "plain.txt"];
        assert_eq!(read(brazilian, true), wanted);
        assert_eq!(read(&[b"caf\xe9.txt"], false), ["café.txt"]);
    }

    #[test]
    fn names_of_other_scripts_are_told_by_what_they_look_like() {
        for (set, names) in [
            (IBM866, ["Счёт за ноябрь.pdf", "Отчет.doc"]),
            (SHIFT_JIS, ["請求書.pdf", "写真/十一月分.txt"]),
            (GBK, ["账单.pdf", "照片/十一月.txt"]),
        ] {
            let packed = names.map(|name| set.encode(name).0);
            let packed: Vec<&[u8]> = packed.iter().map(AsRef::as_ref).collect();
            assert_eq!(read(&packed, true), names, "{}", set.name());
        }
    }

    #[test]
    fn most_that_say_nothing_write_utf_8() {
        assert_eq!(read(&["João.txt".as_bytes()], true), ["João.txt"]);
    }
}

//! What office files of the time before 2007 say about themselves: numbered values in two streams.

use std::io::Read;

use encoding_rs::Encoding;
use model::preview::About;

use crate::{
    Format, Source,
    compound::{Compound, look_into},
    sniff::decode_text,
    source::{Numbers, read_at},
};

const SUMMARY: &str = "/\u{5}SummaryInformation";
const OF_DOCUMENT: &str = "/\u{5}DocumentSummaryInformation";
/// The most of such a stream that is read: a few values of some letters, and perhaps a tiny picture.
const MOST: u64 = 256 * 1024;

/// The most records of a table that are looked at for its sheets, which come first.
const RECORDS_MOST: usize = 20_000;

/// What it says, as it is written; nothing of what is missing or broken.
pub(super) fn about(source: &mut dyn Source, format: Format) -> About {
    look_into(source, |file| Some(told(file, format))).unwrap_or_default()
}

fn told(file: &mut Compound<'_>, format: Format) -> About {
    let mut values = |name| {
        let mut bytes = Vec::new();
        // What was read before a damage is of use, too.
        let _ = file
            .open_stream(name)
            .and_then(|stream| stream.take(MOST).read_to_end(&mut bytes));
        Values { bytes }
    };
    let (summary, of_document) = (values(SUMMARY), values(OF_DOCUMENT));
    About {
        title: summary.text(2),
        author: summary.text(4),
        pages: summary.number(14).filter(|_| format == Format::Doc),
        words: summary.number(15).filter(|_| format != Format::Xls),
        sheets: (format == Format::Xls).then(|| sheets(file)).flatten(),
        slides: of_document.number(7).filter(|_| format == Format::Ppt),
    }
}

/// How many sheets a table names before its first one begins.
fn sheets(file: &mut Compound<'_>) -> Option<u32> {
    const SHEET: u16 = 0x85;
    const END: u16 = 0x0a;
    let mut table = file.open_stream("/Workbook").ok()?;
    let (mut at, mut count) = (0_u64, 0_u32);
    for _ in 0..RECORDS_MOST {
        let head = read_at(&mut table, at, 10).unwrap_or_default();
        match (head.le16(0), head.le16(2)) {
            (None | Some(END), _) | (_, None) => break,
            (Some(kind), Some(length)) => {
                // Charts and macros are of other sorts.
                count += u32::from(kind == SHEET && head.get(9) == Some(&0));
                at += 4 + u64::from(length);
            }
        }
    }
    Some(count).filter(|count| *count > 0)
}

/// Values by their numbers.
struct Values {
    bytes: Vec<u8>,
}

impl Values {
    /// A value: its type, and what follows it.
    fn find(&self, wanted: u32) -> Option<(u32, &[u8])> {
        let start = usize::try_from(self.bytes.le32(44)?).ok()?;
        let section = self.bytes.get(start..)?;
        let count = usize::try_from(section.le32(4)?).ok()?;
        let mut places = section.get(8..)?.chunks_exact(8).take(count);
        let place = places.find(|place| place.le32(0) == Some(wanted))?;
        let at = usize::try_from(place.le32(4)?).ok()?;
        let value = section.get(at..)?;
        Some((value.le32(0)? & 0xffff, value.get(4..)?))
    }

    fn number(&self, wanted: u32) -> Option<u32> {
        let (3, value) = self.find(wanted)? else {
            return None;
        };
        value.le32(0).filter(|number| (1..1 << 31).contains(number))
    }

    fn text(&self, wanted: u32) -> Option<String> {
        let (kind, value) = self.find(wanted)?;
        let length = usize::try_from(value.le32(0)?).ok()?;
        let letters = |size: usize| value.get(4..4_usize.checked_add(length.checked_mul(size)?)?);
        let text = match kind {
            30 => self.decoded(letters(1)?),
            31 => encoding_rs::UTF_16LE.decode(letters(2)?).0.into_owned(),
            _ => return None,
        };
        // It ends with a zero, and what is behind it is left over.
        text.split('\0').next().map(str::to_owned)
    }

    /// Letters of the page that the first value names.
    fn decoded(&self, bytes: &[u8]) -> String {
        let page = self.find(1).and_then(|(_, page)| page.le16(0));
        let label = match page {
            Some(65_001) => "utf-8".to_owned(),
            Some(1200) => "utf-16le".to_owned(),
            Some(932) => "shift_jis".to_owned(),
            Some(936) => "gbk".to_owned(),
            Some(949) => "euc-kr".to_owned(),
            Some(950) => "big5".to_owned(),
            Some(10_000) => "macintosh".to_owned(),
            Some(page) => format!("windows-{page}"),
            None => String::new(),
        };
        if let Some(set) = Encoding::for_label(label.as_bytes()) {
            return set.decode(bytes).0.into_owned();
        }
        let end = bytes.iter().position(|byte| *byte == 0);
        let (text, ..) = decode_text(&bytes[..end.unwrap_or(bytes.len())]);
        text.into_owned()
    }
}

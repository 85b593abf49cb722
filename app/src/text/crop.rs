//! Words of cropping.
//!
//! A table of its own, beside the one that the first page needs: only the editor says these.

use model::Language;
#[cfg(not(feature = "picker"))]
use model::UsageCount;
use model::placement::Extent;

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words of cropping.
    pub struct CropText {
        title: Word,
        region: Word,
        region_keys: Word,
        handles: [Word; 8],
        handle_keys: Word,
        shape: Word,
        free: Word,
        as_it_is: Word,
        numbers: Word,
        left: Word,
        top: Word,
        width: Word,
        height: Word,
        turn: Word,
        mirror: Word,
        overturn: Word,
        straighten: Word,
        focal: Word,
        focal_keys: Word,
        focal_remove: Word,
        undo: Word,
        redo: Word,
        start_over: Word,
        save_copy: Word,
        apply: Word,
        apply_told: Word,
        changes_in: Counted,
        send: Word,
        send_whole: Word,
        send_told: Word,
        not_cut: Word,
        remembered: Word,
        preview: Word,
        kept: Word,
        best: Word,
        too_small: Word,
        copied: Word,
        applied: Word,
        mock_app: Word,
        mock_now: Word,
        mock_title: Word,
        mock_text: Word,
        mock_button: Word,
    }
}

impl Text {
    /// Words of cropping; only the editor says them.
    pub const fn crop(&self) -> &'static CropText {
        match self.language {
            Language::English => &super::english::crop::CROP,
            Language::Portuguese => &super::portuguese::crop::CROP,
        }
    }

    /// What is cropped.
    pub fn cropping(&self, name: &str) -> String {
        fill(self.crop().title, &[("name", name)])
    }

    /// In how many places something else is seen once it is applied.
    #[cfg(not(feature = "picker"))]
    pub fn crop_changes_in(&self, count: &UsageCount) -> String {
        let titles = count.latest.iter().map(String::as_str);
        self.in_places(&self.crop().changes_in, count.places, titles)
    }

    /// An angle of so many tenths of a degree.
    pub fn degrees(&self, tenths: i16) -> String {
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
        let point = match self.language {
            Language::English => '.',
            Language::Portuguese => ',',
        };
        format!("{sign}{whole}{point}{part}°")
    }

    /// What a copy is called.
    pub fn copied_as(&self, name: &str) -> String {
        fill(self.crop().copied, &[("name", name)])
    }

    /// A sentence about so many pixels across and down.
    pub fn pixels_told(&self, told: Word, size: Extent) -> String {
        let (width, height) = (
            self.number(size.width.into()),
            self.number(size.height.into()),
        );
        fill(told, &[("width", &width), ("height", &height)])
    }
}

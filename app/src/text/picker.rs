//! Words of the picker, which pages of other programs show.
//!
//! The client of the library says none of them.

use model::placement::Outcome;

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words of the picker.
    pub struct PickerText {
        title: Word,
        for_place: Word,
        recent: Word,
        suggested: Word,
        order: Word,
        every_folder: Word,
        tag: Word,
        every_tag: Word,
        details: Word,
        more: Word,
        loading_more: Word,
        nothing: Word,
        nothing_hint: Word,
        empty: Word,
        empty_hint: Word,
        failed: Word,
        chosen: Word,
        at_most: Counted,
        full: Word,
        number: Word,
        use_it: Word,
        using: Word,
        misfits: Counted,
        fits: Word,
        cut: Word,
        too_small: Word,
        refused: Word,
        unsure: Word,
        fitted: Word,
        make_it_fit: Word,
        making: Word,
        copy_used: Word,
        use_original: Word,
        no_description: Word,
        not_public: Word,
        not_opened: Word,
        drop: Word,
        uploads: Word,
        sending: Word,
        sent: Word,
        cancel_one: Word,
        dismiss_one: Word,
        no_connection: Word,
        ended: Word,
        ended_hint: Word,
        alone: Word,
        alone_hint: Word,
        unknown_place: Word,
        shut: Word,
        crop_told: Word,
    }
}

impl Text {
    /// Words of the picker.
    pub const fn picker(&self) -> &PickerText {
        &self.picker
    }

    /// A sentence of the picker that names something.
    pub fn picking(&self, sentence: Word, name: &str) -> String {
        fill(sentence, &[("name", name)])
    }

    /// How many are chosen, and how many may be.
    pub fn chosen(&self, count: u64, most: u64) -> String {
        if count == 0 {
            return self.counted(&self.picker().at_most, most, &[]);
        }
        let (count, most) = (self.number(count), self.number(most));
        fill(self.picker().chosen, &[("count", &count), ("most", &most)])
    }

    /// No more than so many may be chosen.
    pub fn at_most_told(&self, most: u64) -> String {
        fill(self.picker().full, &[("most", &self.number(most))])
    }

    /// The place of one among those chosen.
    pub fn chosen_as(&self, number: usize) -> String {
        let number = self.number(u64::try_from(number).unwrap_or(u64::MAX));
        fill(self.picker().number, &[("number", &number)])
    }

    /// How many of those chosen would not do.
    pub fn misfits(&self, count: u64) -> String {
        self.counted(&self.picker().misfits, count, &[])
    }

    /// How far a file has gone up.
    pub fn sending(&self, percent: u32) -> String {
        let percent = self.number(percent.into());
        fill(self.picker().sending, &[("percent", &percent)])
    }

    /// How a file would do, in a word or two.
    pub const fn badge(&self, outcome: &Outcome) -> Word {
        let words = self.picker();
        match outcome {
            Outcome::Fits => words.fits,
            Outcome::Cut { .. } => words.cut,
            Outcome::TooSmall { .. } => words.too_small,
            Outcome::Refused { .. } => words.refused,
            Outcome::Unsure => words.unsure,
        }
    }
}

//! Words of every page.

use model::Kind;

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words of every page.
    pub struct GeneralText {
        description: Word,
        close: Word,
        cancel: Word,
        crop: Word,
        undo: Word,
        try_again: Word,
        part_absent: Word,
        save: Word,
        create: Word,
        loading: Word,
        sign_in: Word,
        sign_out: Word,
        library: Word,
        folder: Word,
        upload: Word,
        files: Counted,
        file_list: Word,
        files_to_upload: Word,
        search: Word,
        search_hint: Word,
        kind: Word,
        every_kind: Word,
        images: Word,
        videos: Word,
        audio: Word,
        documents: Word,
        contacts: Word,
        plain_text: Word,
        contact_card: Word,
        bytes: Counted,
        months: [Word; 12],
        day: Word,
        moment: Word,
        not_found: Word,
        not_found_hint: Word,
        to_library: Word,
    }
}

impl Text {
    /// One or many files.
    pub fn files(&self, count: u64) -> String {
        self.counted(&self.general.files, count, &[])
    }

    /// So many bytes, where they are few.
    pub(crate) fn bytes(&self, count: u64) -> String {
        self.counted(&self.general.bytes, count, &[])
    }

    /// A day of the calendar; months count from 0.
    pub(crate) fn day_of(&self, year: i64, month: usize, day: i64) -> String {
        let name = self.general.months.get(month).unwrap_or(&"");
        let (year, day) = (year.to_string(), day.to_string());
        let values = [("year", &*year), ("month", name), ("day", &*day)];
        fill(self.general.day, &values)
    }

    /// A day with the time of day.
    pub(crate) fn moment_of(&self, day: &str, time: &str) -> String {
        fill(self.general.moment, &[("day", day), ("time", time)])
    }

    /// A kind, as a filter.
    pub const fn kind(&self, kind: Kind) -> Word {
        let general = &self.general;
        match kind {
            Kind::Image => general.images,
            Kind::Video => general.videos,
            Kind::Audio => general.audio,
            Kind::Document => general.documents,
            Kind::Contact => general.contacts,
        }
    }
}

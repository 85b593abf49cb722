//! Words of finding and marking: hits, filters, tags and teams.
//!
//! A table of its own, beside the one that the first page needs: only parts that come later and
//! pages without a client say these.

use model::{HitField, Language, Orientation};

use super::{Counted, Text, Word, fill, use_language, words};

words! {
    /// Words of finding and marking.
    pub struct FindText {
        teams: Word,
        in_name: Word,
        in_tag: Word,
        in_team: Word,
        in_alt_text: Word,
        in_folder: Word,
        in_content: Word,
        found_in: Word,
        instead: Word,
        close: Word,
        apply: Word,
        clear_all: Word,
        any: Word,
        add_tag: Word,
        add_team: Word,
        choose_team: Word,
        remove: Word,
        tags_saved: Word,
        teams_saved: Word,
        team: Word,
        my_teams: Word,
        source: Word,
        person: Word,
        myself: Word,
        since: Word,
        until: Word,
        size_min: Word,
        size_max: Word,
        shape: Word,
        shapes: [Word; 3],
        width_min: Word,
        height_min: Word,
        undescribed: Word,
        mark: Word,
        unassign_these: Word,
        tag_these: Word,
        untag_these: Word,
        tagged: Counted,
        untagged: Counted,
        assign_these: Word,
        assigned: Counted,
        unassigned: Counted,
        filter_of: Word,
    }
}

/// Words of finding and marking, in the reader's language.
pub fn find_text() -> &'static FindText {
    match use_language() {
        Language::English => &super::english::find::FIND,
        Language::Portuguese => &super::portuguese::find::FIND,
    }
}

impl FindText {
    /// Where words were found.
    pub const fn field(&self, field: HitField) -> Word {
        match field {
            HitField::Name => self.in_name,
            HitField::Tag => self.in_tag,
            HitField::Team => self.in_team,
            HitField::AltText => self.in_alt_text,
            HitField::Folder => self.in_folder,
            HitField::Content => self.in_content,
        }
    }

    /// Which way a picture lies.
    pub const fn orientation(&self, orientation: Orientation) -> Word {
        match orientation {
            Orientation::Landscape => self.shapes[0],
            Orientation::Portrait => self.shapes[1],
            Orientation::Square => self.shapes[2],
        }
    }

    /// What was looked for instead.
    pub fn instead(&self, asked: &str, found: &str) -> String {
        fill(self.instead, &[("asked", asked), ("found", found)])
    }

    /// A filter and what it is set to.
    pub fn filter(&self, name: Word, value: &str) -> String {
        fill(self.filter_of, &[("name", name), ("value", value)])
    }

    /// A sentence that names something.
    pub fn naming(&self, sentence: Word, name: &str) -> String {
        fill(sentence, &[("name", name)])
    }
}

impl Text {
    /// A sentence of finding about so many.
    pub fn of_found(&self, sentence: &Counted, count: u64, name: &str) -> String {
        self.counted(sentence, count, &[("name", name)])
    }
}

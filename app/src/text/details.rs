//! Words about one asset: its details, its public link, and the whole screen.

use model::{ByteSize, Language, Source, UsageKind};

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words about one asset.
    pub struct DetailsText {
        storage: Word,
        in_archive: Word,
        in_trash: Word,
        you_brought: Word,
        free_room: Word,
        details: Word,
        name: Word,
        alt_text: Word,
        alt_hint: Word,
        tags: Word,
        tags_hint: Word,
        kind: Word,
        size: Word,
        dimensions: Word,
        duration: Word,
        added: Word,
        by: Word,
        no_folder: Word,
        source: Word,
        version: Word,
        deleted_for_good: Word,
        download: Word,
        preview: Word,
        no_preview: Word,
        unplayable: Word,
        codecs: Word,
        reading: Word,
        phone: Word,
        email: Word,
        address: Word,
        website: Word,
        chat: Word,
        birthday: Word,
        note: Word,
        unnamed: Word,
        has_photo: Word,
        cards_shown: Word,
        charset: Word,
        text_cut: Word,
        words_of_it: Word,
        pages: Word,
        title: Word,
        author: Word,
        slides: Word,
        sheets: Word,
        words: Word,
        page_at: Word,
        page_fails: Word,
        go_to_page: Word,
        earlier_pages: Word,
        more_pages: Word,
        files_in_it: Counted,
        list_cut: Word,
        used_in: Counted,
        template: Word,
        campaign: Word,
        message: Word,
        web_page: Word,
        other_place: Word,
        locked: Word,
        position: Word,
        previous: Word,
        next: Word,
        renamed: Word,
        alt_saved: Word,
        tags_saved: Word,
        public_link: Word,
        share: Word,
        share_explained: Word,
        shared_explained: Word,
        copy_link: Word,
        link_copied: Word,
        stop_sharing: Word,
        stopped_sharing: Word,
        where_it_fits: Word,
        fits_in: Counted,
        cut_in: Word,
        placements: Word,
        make_it_fit: Word,
        make_set: Word,
        making: Word,
        backdrop: Word,
        white: Word,
        black: Word,
        own_color: Word,
        history: Word,
        version_at: Word,
        earlier_versions: Word,
        compare: Word,
        bring_back: Word,
        brought_back: Word,
        replace_file: Word,
        replace_title: Word,
        replace_now: Word,
        changes_in: Counted,
        replacing: Word,
        replaced: Word,
        made_of: Word,
        cropped_from: Word,
        made_for: Word,
        replaced_since: Word,
        make_again: Word,
        made_again: Word,
        copies_of_it: Word,
        outdated: Word,
        from_upload: Word,
        from_conversation: Word,
        from_crm: Word,
        from_task: Word,
        from_catalog: Word,
        from_import: Word,
        from_generation: Word,
    }
}

impl Text {
    /// Words of the details; only parts that come later say them.
    pub const fn details(&self) -> &'static DetailsText {
        match self.language {
            Language::English => &super::english::details::DETAILS,
            Language::Portuguese => &super::portuguese::details::DETAILS,
        }
    }

    /// By whom a file was added.
    pub fn by(&self, person: &str) -> String {
        fill(self.details().by, &[("name", person)])
    }

    /// Which one of many the preview shows.
    pub fn position(&self, at: usize, of: u64) -> String {
        let (at, all) = (self.number(at as u64), self.number(of));
        fill(self.details().position, &[("at", &at), ("all", &all)])
    }

    /// What a version is called.
    pub fn version(&self, number: u32) -> String {
        let number = self.number(number.into());
        fill(self.details().version_at, &[("number", &number)])
    }

    /// In so many places something else is seen from then on; the first are named.
    pub fn changes_in<'a>(&self, count: u64, titles: impl Iterator<Item = &'a str>) -> String {
        self.in_places(&self.details().changes_in, count, titles)
    }

    /// How far the bytes of another file have left.
    pub fn replacing(&self, sent: f64, all: f64) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a hundred"
        )]
        let percent = (sent * 100.0 / all.max(1.0)).clamp(0.0, 100.0) as u64;
        let percent = self.number(percent);
        fill(self.details().replacing, &[("percent", &percent)])
    }

    /// Which page of a document it is.
    pub fn page_at(&self, at: u32, of: u32) -> String {
        let (at, all) = (self.number(u64::from(at)), self.number(u64::from(of)));
        fill(self.details().page_at, &[("at", &at), ("all", &all)])
    }

    /// How many of so many cards are shown.
    pub fn cards_shown(&self, shown: usize, of: u32) -> String {
        let (shown, all) = (self.number(shown as u64), self.number(u64::from(of)));
        fill(
            self.details().cards_shown,
            &[("shown", &shown), ("all", &all)],
        )
    }

    /// In which character set a text was read.
    pub fn charset(&self, name: &str) -> String {
        fill(self.details().charset, &[("name", name)])
    }

    /// How many files an archive has, and how large they are.
    pub fn files_in_it(&self, files: u32, size: ByteSize) -> String {
        let size = self.size(size);
        let counted = &self.details().files_in_it;
        self.counted(counted, u64::from(files), &[("size", &size)])
    }

    /// In how many placements of a channel a file fits, and in how many it is cut.
    pub fn fits_in(&self, fitting: usize, cut: usize, of: usize) -> String {
        let words = self.details();
        let all = self.number(of as u64);
        let fits = self.counted(&words.fits_in, fitting as u64, &[("all", &all)]);
        match cut {
            0 => fits,
            cut => fits + &fill(words.cut_in, &[("count", &self.number(cut as u64))]),
        }
    }

    /// What a copy was made for.
    pub fn made_for(&self, place: Option<&str>) -> String {
        let words = self.details();
        place.map_or_else(
            || words.cropped_from.to_owned(),
            |place| fill(words.made_for, &[("place", place)]),
        )
    }

    /// What sort of place uses an asset.
    pub const fn usage_kind(&self, kind: UsageKind) -> Word {
        let details = self.details();
        match kind {
            UsageKind::Template => details.template,
            UsageKind::Campaign => details.campaign,
            UsageKind::Message => details.message,
            UsageKind::Page => details.web_page,
            UsageKind::Other => details.other_place,
        }
    }

    /// Where an asset came from.
    pub const fn source(&self, source: Source) -> Word {
        let details = self.details();
        match source {
            Source::Upload => details.from_upload,
            Source::Conversation => details.from_conversation,
            Source::Crm => details.from_crm,
            Source::Task => details.from_task,
            Source::Catalog => details.from_catalog,
            Source::Import => details.from_import,
            Source::Generation => details.from_generation,
        }
    }
}

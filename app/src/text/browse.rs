//! Words of the library page: tree, toolbar, grid, and what just happened.

use model::{AssetSort, Fullness};

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words of the library page.
    pub struct BrowseText {
        skip_to_files: Word,
        open_menu: Word,
        all_files: Word,
        unused: Word,
        folders: Word,
        trash: Word,
        new_folder: Word,
        folder_name: Word,
        folder_created: Word,
        used_of: Word,
        nearly_full: Word,
        room_runs_out: Word,
        used: Word,
        no_files: Word,
        filters: Word,
        sort: Word,
        newest: Word,
        oldest: Word,
        by_name: Word,
        largest: Word,
        best_match: Word,
        show_as_grid: Word,
        show_as_list: Word,
        tile_size: Word,
        next_page: Word,
        clear: Word,
        selected: Counted,
        move_to: Word,
        move_to_trash: Word,
        restore: Word,
        trashed: Counted,
        restored: Counted,
        moved: Counted,
        empty_library: Word,
        empty_library_hint: Word,
        empty_folder: Word,
        empty_folder_hint: Word,
        empty_trash: Word,
        empty_trash_hint: Counted,
        no_hits: Word,
        no_hits_filtered: Word,
        no_hits_hint: Word,
        show_all: Word,
        not_shown: Word,
        settings: Word,
        archive: Word,
        sources: Word,
        people: Word,
        empty_archive: Word,
        empty_archive_hint: Word,
        empty_source: Word,
        empty_source_hint: Word,
        empty_people: Word,
        empty_people_hint: Word,
        show_folders: Word,
        hide_folders: Word,
        find_folder: Word,
        more_folders: Word,
        archived: Counted,
        unarchived: Counted,
        until: Word,
        elsewhere: Word,
        a_file: Word,
        drop_to_library: Word,
        drop_to_folder: Word,
        pasted_file: Word,
        pasted_image: Word,
    }
}

impl Text {
    /// How many files there are; counting ends at ten thousand.
    pub fn total(&self, count: u64) -> String {
        match count {
            0 => self.browse.no_files.to_owned(),
            10_000 => {
                let at_least = format!("{}+", self.number(count));
                fill(self.general.files.many, &[("count", &at_least)])
            }
            _ => self.files(count),
        }
    }

    /// How many are selected.
    pub fn selected(&self, count: usize) -> String {
        self.counted(&self.browse.selected, count as u64, &[])
    }

    /// Files went to the trash.
    pub fn trashed(&self, count: usize, first: &str) -> String {
        self.counted(&self.browse.trashed, count as u64, &[("name", first)])
    }

    /// Files came back from the trash.
    pub fn restored(&self, count: usize, first: &str) -> String {
        self.counted(&self.browse.restored, count as u64, &[("name", first)])
    }

    /// Files went into a folder.
    pub fn moved(&self, count: usize, folder: &str) -> String {
        self.counted(&self.browse.moved, count as u64, &[("folder", folder)])
    }

    /// A folder was made.
    pub fn folder_created(&self, name: &str) -> String {
        fill(self.browse.folder_created, &[("name", name)])
    }

    /// A search found nothing.
    pub fn no_hits(&self, words: &str) -> String {
        match words {
            "" => self.browse.no_hits_filtered.to_owned(),
            _ => fill(self.browse.no_hits, &[("words", words)]),
        }
    }

    /// What the trash is for.
    pub fn empty_trash_hint(&self, days: u32) -> String {
        self.counted(&self.browse.empty_trash_hint, u64::from(days), &[])
    }

    /// The storage meter with a quota.
    pub fn used_of(&self, used: &str, quota: &str) -> String {
        fill(self.browse.used_of, &[("used", used), ("quota", quota)])
    }

    /// The storage meter without a quota.
    pub fn used(&self, used: &str) -> String {
        fill(self.browse.used, &[("used", used)])
    }

    /// That the room is nearly used up, where it was just now.
    pub fn nearly_full(&self, fullness: Fullness) -> String {
        fill(self.browse.nearly_full, &[("percent", mark(fullness))])
    }

    /// The same, as long as nobody has said that they have seen it.
    pub fn room_runs_out(&self, fullness: Fullness) -> String {
        fill(self.browse.room_runs_out, &[("percent", mark(fullness))])
    }

    /// An order, as a choice.
    pub const fn sort(&self, sort: AssetSort) -> Word {
        let browse = &self.browse;
        match sort {
            AssetSort::Newest => browse.newest,
            AssetSort::Oldest => browse.oldest,
            AssetSort::Name => browse.by_name,
            AssetSort::Largest => browse.largest,
            AssetSort::Relevance => browse.best_match,
        }
    }
}

/// The mark that was passed, in percent.
const fn mark(fullness: Fullness) -> &'static str {
    match fullness {
        Fullness::Critical => "95",
        Fullness::High | Fullness::Fine => "80",
    }
}

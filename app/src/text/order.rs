//! Words of keeping order: folders, the archive, the trash, and many at once.

use model::{Batch, BatchState, FolderColor, Language, UsageCount};

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words of keeping order.
    pub struct OrderText {
        archive_it: Word,
        unarchive: Word,
        no_folder_found: Word,
        actions: Word,
        open: Word,
        crop: Word,
        new_folder_in: Word,
        rename: Word,
        renamed: Word,
        move_folder: Word,
        move_title: Word,
        top: Word,
        other_folder: Word,
        folder_moved: Word,
        color: Word,
        no_color: Word,
        red: Word,
        orange: Word,
        yellow: Word,
        green: Word,
        teal: Word,
        blue: Word,
        purple: Word,
        pink: Word,
        delete_folder: Word,
        delete_title: Word,
        delete_nothing: Word,
        delete_files: Counted,
        delete_folders: Counted,
        delete_shared: Counted,
        delete_kept: Counted,
        to_trash: Word,
        trash_title: Word,
        used_in: Counted,
        folder_trashed: Word,
        folder_restored: Word,
        download_zip: Word,
        purged: Counted,
        refused: Counted,
        select_all: Word,
        all_selected: Word,
        purge: Word,
        purge_title: Word,
        purge_hint: Counted,
        empty_the_trash: Word,
        empty_title: Word,
        empty_hint: Word,
        type_word: Word,
        delete_word: Word,
        delete_now: Word,
        emptied: Word,
        working: Word,
        finished: Word,
        stopped: Word,
        failed: Word,
        unchanged: Word,
        stop: Word,
        trashed_folders: Word,
        trashed_by: Word,
        gone_on: Word,
        folder_elsewhere: Word,
        elsewhere: Counted,
        turned_back: Counted,
        left_as_is: Counted,
        tree_edge: Word,
        details_edge: Word,
        hide_tree: Word,
        show_tree: Word,
    }
}

impl Text {
    /// Words of keeping order; only parts that come later say them.
    pub const fn order(&self) -> &'static OrderText {
        match self.language {
            Language::English => &super::english::order::ORDER,
            Language::Portuguese => &super::portuguese::order::ORDER,
        }
    }

    /// A sentence of keeping order that names something.
    pub fn naming(&self, sentence: Word, name: &str) -> String {
        fill(
            sentence,
            &[
                ("name", name),
                ("folder", name),
                ("word", name),
                ("day", name),
            ],
        )
    }

    /// A sentence of keeping order about so many.
    pub fn so_many(&self, sentence: &Counted, count: u64) -> String {
        self.counted(sentence, count, &[])
    }

    /// A sentence of keeping order with a figure in it.
    pub fn with_count(&self, sentence: Word, count: u64) -> String {
        fill(sentence, &[("count", &self.number(count))])
    }

    /// A folder went to another place.
    pub fn folder_moved(&self, name: &str, folder: &str) -> String {
        fill(
            self.order().folder_moved,
            &[("name", name), ("folder", folder)],
        )
    }

    /// How many are as they were, and how many somebody has changed since.
    pub fn turned_back(&self, back: u64, left: u64) -> String {
        let words = self.order();
        let back = self.so_many(&words.turned_back, back);
        if left == 0 {
            return back;
        }
        format!("{back} · {}", self.so_many(&words.left_as_is, left))
    }

    /// How far long work has come, how it ended, and how many it could not change.
    pub fn progress(&self, batch: &Batch) -> String {
        let words = self.order();
        let sentence = match batch.state {
            BatchState::Running => words.working,
            BatchState::Finished => words.finished,
            BatchState::Cancelled => words.stopped,
            BatchState::Failed => words.failed,
        };
        let done = self.number(batch.done.saturating_sub(batch.refused));
        let total = self.number(batch.total);
        let said = fill(sentence, &[("done", &done), ("total", &total)]);
        let refused = (batch.refused > 0).then(|| self.so_many(&words.refused, batch.refused));
        let why = batch.problem.as_ref().map(|problem| self.problem(problem));
        let said: Vec<_> = [Some(said), refused, why].into_iter().flatten().collect();
        said.join(" · ")
    }

    /// In how many places files are used, and in which above all.
    pub fn used_in(&self, count: &UsageCount) -> String {
        let titles = count.latest.iter().map(String::as_str);
        self.in_places(&self.order().used_in, count.places, titles)
    }

    /// What a color of the palette is called.
    pub const fn color(&self, color: FolderColor) -> Word {
        match color {
            FolderColor::Red => self.order().red,
            FolderColor::Orange => self.order().orange,
            FolderColor::Yellow => self.order().yellow,
            FolderColor::Green => self.order().green,
            FolderColor::Teal => self.order().teal,
            FolderColor::Blue => self.order().blue,
            FolderColor::Purple => self.order().purple,
            FolderColor::Pink => self.order().pink,
        }
    }
}

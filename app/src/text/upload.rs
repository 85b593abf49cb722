//! Words of the upload tray; `upload::words` makes its sentences of them.

use model::Language;

use super::{Counted, Text, Word, fill, words};

words! {
    /// Words of the upload tray and of what brings files in.
    pub struct UploadText {
        tray: Word,
        uploads: Word,
        all_uploads: Word,
        pause_all: Word,
        resume_all: Word,
        cancel_all: Word,
        close_tray: Word,
        close_notice: Word,
        make_smaller: Word,
        choose_again: Word,
        retry: Word,
        pause: Word,
        resume: Word,
        dismiss: Word,
        choose_files: Word,
        crop_first: Word,
        choose_folder: Word,
        files_to_go_on: Word,
        folder_to_upload: Word,
        choose_files_again: Word,
        copy_list: Word,
        list_copied: Word,
        signed_out: Word,
        sign_in_again: Word,
        signed_out_short: Word,
        need_you: Counted,
        uploading: Word,
        paused_of: Word,
        uploaded: Counted,
        per_second: Word,
        seconds_left: Counted,
        minutes_left: Counted,
        hours_left: Word,
        waiting: Word,
        waiting_safe: Word,
        finishing: Word,
        sent_of: Word,
        resting: Word,
        paused_at: Word,
        shrinking: Word,
        converting: Word,
        absent: Word,
        absent_safe: Word,
        done: Word,
        done_was: Word,
        done_cropped: Word,
        done_jpeg: Word,
        unseen: Word,
        ask_smaller: Word,
        way_out: Word,
        nowhere: Word,
        nowhere_large: Word,
        nowhere_small: Word,
        hidden: Counted,
        empty_folder: Word,
        not_the_same: Word,
        not_cropped: Word,
        left_out: Counted,
        show_names: Counted,
        absent_uploads: Counted,
        question_one: Word,
        question_many: Counted,
        to_library: Word,
        to_folder: Word,
        will_be_left_out: Counted,
        keep_one: Word,
        keep_many: Counted,
        put_in_library: Word,
        put_in_folder: Word,
        more_moving: Counted,
        more_waiting: Counted,
        more_done: Counted,
        progress_of: Word,
        announce: Word,
        announce_percent: Word,
    }
}

impl Text {
    /// Words of uploading; only parts that come later say them.
    pub const fn uploading(&self) -> &'static UploadText {
        match self.language {
            Language::English => &super::english::upload::UPLOAD,
            Language::Portuguese => &super::portuguese::upload::UPLOAD,
        }
    }

    /// One sentence of the upload tray.
    pub fn upload(&self, template: fn(&UploadText) -> Word, values: &[(&str, &str)]) -> String {
        fill(template(self.uploading()), values)
    }

    /// One sentence of the upload tray about so many.
    pub fn uploads(
        &self,
        template: fn(&UploadText) -> &Counted,
        count: usize,
        values: &[(&str, &str)],
    ) -> String {
        self.counted(template(self.uploading()), count as u64, values)
    }
}

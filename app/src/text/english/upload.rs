//! Words of the upload tray, in English.

use crate::text::{Counted, UploadText};

pub static UPLOAD: UploadText = UploadText {
    tray: "Upload tray",
    uploads: "Uploads",
    all_uploads: "All uploads",
    pause_all: "Pause all",
    resume_all: "Resume all",
    cancel_all: "Cancel all",
    close_tray: "Close the tray",
    close_notice: "Close this notice",
    make_smaller: "Make it smaller",
    choose_again: "Choose again",
    retry: "Retry",
    pause: "Pause",
    resume: "Resume",
    dismiss: "Dismiss",
    choose_files_again: "Choose the files again",
    copy_list: "Copy list",
    list_copied: "List copied",
    signed_out: "You are signed out. Nothing is lost: uploads go on once you",
    sign_in_again: "sign in again",
    signed_out_short: "Signed out: uploads wait",
    need_you: Counted {
        one: "{count} of {all} needs you",
        many: "{count} of {all} need you",
    },
    uploading: "Uploading {at} of {all}",
    paused_of: "Paused: {done} of {all} uploaded",
    uploaded: Counted {
        one: "{count} file uploaded",
        many: "{count} files uploaded",
    },
    per_second: "{size}/s",
    seconds_left: Counted {
        one: "{count} second left",
        many: "{count} seconds left",
    },
    minutes_left: Counted {
        one: "{count} min left",
        many: "{count} min left",
    },
    hours_left: "{hours} h {minutes} min left",
    waiting: "Waiting · {size}",
    waiting_safe: "Waiting · {percent}% is safe",
    finishing: "Finishing",
    sent_of: "{sent} of {size}",
    resting: "No connection: tries again by itself",
    paused_at: "Paused at {percent}%",
    shrinking: "Being made smaller",
    absent: "Choose this file again to go on",
    absent_safe: "Choose this file again to go on; {percent}% is safe",
    done: "Uploaded · {size}",
    done_was: "Uploaded · {size}, was {was}",
    ask_smaller: "{problem} Make it smaller?",
    way_out: "{problem} Choose a smaller copy, or ask the operator to raise the limit.",
    hidden: Counted {
        one: "{count} hidden file left out.",
        many: "{count} hidden files left out.",
    },
    empty_folder: "“{name}” has no files in it.",
    not_the_same: "{names}: not a file that waits here. Its name, size or date differs.",
    left_out: Counted {
        one: "{count} image of “{folder}” left out: a folder brings at most {most} images. \
              Choose it as a file to add it too.",
        many: "{count} images of “{folder}” left out: a folder brings at most {most} images. \
               Choose them as files to add them too.",
    },
    show_names: Counted {
        one: "Show the name",
        many: "Show the {count} names",
    },
    absent_uploads: Counted {
        one: "{count} upload can go on where it stopped.",
        many: "{count} uploads can go on where they stopped.",
    },
    question_one: "Upload “{folder}” with {files}?",
    question_many: Counted {
        one: "Upload {count} folder with {files}?",
        many: "Upload {count} folders with {files}?",
    },
    to_library: "Everything goes to your library.",
    to_folder: "Everything goes to “{folder}”.",
    will_be_left_out: Counted {
        one: "A folder brings at most {most} images: {count} image will be left out, and named.",
        many: "A folder brings at most {most} images: {count} images will be left out, and named.",
    },
    keep_one: "Keep “{folder}” as a folder",
    keep_many: Counted {
        one: "Keep the folder",
        many: "Keep the {count} folders",
    },
    put_in_library: "Put all files in the library",
    put_in_folder: "Put all files in “{folder}”",
    more_moving: Counted {
        one: "{count} more on its way",
        many: "{count} more on their way",
    },
    more_waiting: Counted {
        one: "{count} more waiting",
        many: "{count} more waiting",
    },
    more_done: Counted {
        one: "{count} more uploaded",
        many: "{count} more uploaded",
    },
    progress_of: "Progress of {name}",
    announce: "Uploading {files}",
    announce_percent: "Uploading {files}: {percent}%",
};

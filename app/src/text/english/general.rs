//! Words of every page, in English.

use crate::text::{Counted, GeneralText};

pub const GENERAL: GeneralText = GeneralText {
    description: "The media library for teams that send messages.",
    close: "Close",
    cancel: "Cancel",
    undo: "Undo",
    try_again: "Try again",
    part_absent: "This part of the page did not arrive. Check the connection, then try again.",
    save: "Save",
    create: "Create",
    loading: "Loading…",
    sign_in: "Sign in",
    sign_out: "Sign out",
    library: "Library",
    folder: "Folder",
    upload: "Upload",
    files: Counted {
        one: "{count} file",
        many: "{count} files",
    },
    images: "Images",
    videos: "Videos",
    audio: "Audio",
    documents: "Documents",
    contacts: "Contacts",
    plain_text: "Text",
    contact_card: "Contact card",
    bytes: Counted {
        one: "{count} byte",
        many: "{count} bytes",
    },
    months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    day: "{month} {day}, {year}",
    moment: "{day}, {time}",
    not_found: "There is nothing here",
    not_found_hint: "It may have moved, or you have no access to it.",
    to_library: "Go to the library",
};

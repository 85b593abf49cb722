//! What the interface says, in English; another language is another file like this one.

use model::{AssetSort, Kind, ProblemCode, Source};

pub const SATCHEL: &str = "Satchel";
pub const DESCRIPTION: &str = "The media library for teams that send messages.";
pub const OFFLINE: &str = "Satchel cannot be reached. Check the connection and try again.";
pub const MALFORMED: &str =
    "The page and the server do not understand each other. Reload the page.";
pub const NOT_DONE: &str = "This could not be done. Check what you wrote, then try again.";
pub const UNEXPECTED: &str =
    "Something went wrong on our side. Nothing was lost; please try again.";

pub const SKIP_TO_FILES: &str = "Skip to the files";
pub const OPEN_MENU: &str = "Folders and storage";
pub const CLOSE: &str = "Close";
pub const UNDO: &str = "Undo";
pub const TRY_AGAIN: &str = "Try again";
pub const SAVE: &str = "Save";
pub const LOADING: &str = "Loading…";

pub const LIBRARY: &str = "Library";
pub const ALL_FILES: &str = "All files";
pub const FOLDERS: &str = "Folders";
pub const TRASH: &str = "Trash";
pub const NEW_FOLDER: &str = "New folder";
pub const FOLDER_NAME: &str = "Folder name";
pub const CREATE: &str = "Create";
pub const STORAGE: &str = "Storage";
pub const SIGN_OUT: &str = "Sign out";

pub const FILES: &str = "Files";
pub const SEARCH: &str = "Search";
pub const SEARCH_HINT: &str = "Search names and tags";
pub const KIND: &str = "Kind";
pub const EVERY_KIND: &str = "Every kind";
pub const SORT: &str = "Sort";
pub const SHOW_AS_GRID: &str = "Show as a grid";
pub const SHOW_AS_LIST: &str = "Show as a list";
pub const TILE_SIZE: &str = "Size of pictures";
pub const UPLOAD: &str = "Upload";
pub const CHOOSE_FILES: &str = "Choose a file";
pub const NEXT_PAGE: &str = "Next page";
pub const CLEAR: &str = "Clear";
pub const CLEAR_SELECTION: &str = "Clear selection";

pub const DETAILS: &str = "Details";
pub const NAME: &str = "Name";
pub const ALT_TEXT: &str = "Alt text";
pub const ALT_HINT: &str = "What should a person who cannot see it know?";
pub const TAGS: &str = "Tags";
pub const TAGS_HINT: &str = "Words, separated by commas";
pub const TYPE: &str = "Type";
pub const SIZE: &str = "Size";
pub const DIMENSIONS: &str = "Dimensions";
pub const DURATION: &str = "Duration";
pub const ADDED: &str = "Added";
pub const FOLDER: &str = "Folder";
pub const NO_FOLDER: &str = "No folder";
pub const SOURCE: &str = "Source";
pub const VERSION: &str = "Version";
pub const DELETED_FOR_GOOD: &str = "Deleted for good";
pub const DOWNLOAD: &str = "Download";
pub const PREVIEW: &str = "Full screen";
pub const MOVE_TO_TRASH: &str = "Move to trash";
pub const MOVE_TO: &str = "Move to folder";
pub const RESTORE: &str = "Restore";
pub const PUBLIC_LINK: &str = "Public link";
pub const SHARE: &str = "Create public link";
pub const SHARE_EXPLAINED: &str =
    "Anyone with the link will see this file. Camera and location data are left out.";
pub const SHARED_EXPLAINED: &str = "Anyone with this link sees this file.";
pub const COPY_LINK: &str = "Copy link";
pub const LINK_COPIED: &str = "Link copied";
pub const STOP_SHARING: &str = "Stop sharing";
pub const STOPPED_SHARING: &str = "The link no longer works";
pub const PREVIOUS: &str = "Previous";
pub const NEXT: &str = "Next";
pub const NO_PREVIEW: &str = "There is no preview of this file.";

pub const EMPTY_LIBRARY: &str = "Your library is empty";
pub const EMPTY_LIBRARY_HINT: &str = "Drop photos, videos, documents or whole folders anywhere on this page. They stay private until you share them.";
pub const EMPTY_FOLDER: &str = "Nothing in this folder yet";
pub const EMPTY_FOLDER_HINT: &str = "Drop files here, or move some in from All files.";
pub const EMPTY_TRASH: &str = "The trash is empty";
pub const SHOW_ALL: &str = "Show all files";
pub const NO_HITS_HINT: &str = "Try fewer words, another spelling, or look in all files.";
pub const NOT_SHOWN: &str = "The files cannot be shown";
pub const NEW_NAME_SAVED: &str = "Renamed";
pub const ALT_SAVED: &str = "Alt text saved";
pub const TAGS_SAVED: &str = "Tags saved";

pub const SIGN_IN: &str = "Sign in";
pub const SIGN_IN_HINT: &str = "Your team’s pictures, videos and documents, one search away.";
pub const EMAIL: &str = "Email";
pub const PASSWORD: &str = "Password";
pub const PASSWORD_HINT: &str = "At least 12 characters. A few words work well.";
pub const SET_UP: &str = "Set up Satchel";
pub const SET_UP_HINT: &str = "This makes the first account and you its administrator.";
pub const ACCOUNT_NAME: &str = "Name of your team or company";
pub const YOUR_NAME: &str = "Your name";
pub const CREATE_LIBRARY: &str = "Create library";
pub const SET_UP_OVER: &str = "This link is no longer good";
pub const SET_UP_OVER_HINT: &str = "It works once, and only until somebody has set up Satchel. Restart Satchel for a new link, or sign in.";
pub const NOT_FOUND: &str = "There is nothing here";
pub const NOT_FOUND_HINT: &str = "It may have moved, or you have no access to it.";
pub const TO_LIBRARY: &str = "Go to the library";

/// One or many files.
pub fn files(count: u64) -> String {
    match count {
        1 => "1 file".to_owned(),
        _ => format!("{} files", thousands(count)),
    }
}

/// How many files there are; counting ends at a hundred thousand.
pub fn total(count: u64) -> String {
    match count {
        100_000 => format!("{}+ files", thousands(count)),
        _ => files(count),
    }
}

/// How many are selected.
pub fn selected(count: usize) -> String {
    format!("{} selected", thousands(count as u64))
}

/// Files went to the trash.
pub fn trashed(count: usize, first: &str) -> String {
    match count {
        1 => format!("{first} moved to trash"),
        _ => format!("{} moved to trash", files(count as u64)),
    }
}

/// Files came back from the trash.
pub fn restored(count: usize, first: &str) -> String {
    match count {
        1 => format!("{first} restored"),
        _ => format!("{} restored", files(count as u64)),
    }
}

/// Files went into a folder.
pub fn moved(count: usize, folder: &str) -> String {
    format!("{} moved to {folder}", files(count as u64))
}

/// A folder was made.
pub fn folder_created(name: &str) -> String {
    format!("Folder {name} created")
}

/// A search found nothing.
pub fn no_hits(words: &str) -> String {
    if words.is_empty() {
        "Nothing matches these filters".to_owned()
    } else {
        format!("Nothing found for “{words}”")
    }
}

/// What the trash is for.
pub fn empty_trash_hint(days: u32) -> String {
    format!("What you delete stays here for {days} days, then it is gone for good.")
}

/// The storage meter with a quota.
pub fn used_of(used: &str, quota: &str) -> String {
    format!("{used} of {quota} used")
}

/// The storage meter without a quota.
pub fn used(used: &str) -> String {
    format!("{used} used")
}

/// Which one of many the preview shows.
pub fn position(at: usize, of: u64) -> String {
    format!("{} of {}", thousands(at as u64), thousands(of))
}

/// When and by whom a file was added.
pub fn by(person: &str) -> String {
    format!("by {person}")
}

/// The tree's accessible name of a folder.
pub fn folder_of(name: &str, count: u64) -> String {
    format!("{name}, {}", files(count))
}

/// A kind, as a filter.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "Images",
        Kind::Video => "Videos",
        Kind::Audio => "Audio",
        Kind::Document => "Documents",
        Kind::Contact => "Contacts",
    }
}

/// An order, as a choice.
pub const fn sort(sort: AssetSort) -> &'static str {
    match sort {
        AssetSort::Newest => "Newest first",
        AssetSort::Oldest => "Oldest first",
        AssetSort::Name => "Name",
        AssetSort::Largest => "Largest first",
    }
}

/// Where an asset came from.
pub const fn source(source: Source) -> &'static str {
    match source {
        Source::Upload => "Upload",
        Source::Conversation => "Conversation",
        Source::Crm => "Customer records",
        Source::Task => "Task",
        Source::Catalog => "Catalog",
        Source::Import => "Import",
        Source::Generation => "Generated",
    }
}

/// A problem that a form without a script came back with.
pub fn form_problem(code: ProblemCode, field: Option<&str>, retry_after: Option<u32>) -> String {
    match (code, field) {
        (ProblemCode::Unauthenticated, _) => "Email and password do not match.".to_owned(),
        (ProblemCode::TooManyRequests, _) => match retry_after {
            Some(seconds) => format!("Too many tries. Wait {seconds} seconds, then try again."),
            None => "Too many tries. Wait a little, then try again.".to_owned(),
        },
        (ProblemCode::Invalid, Some("email")) => "This is not an email address.".to_owned(),
        (ProblemCode::Invalid, Some("password")) => {
            "The password needs at least 12 characters and must not be a common one.".to_owned()
        }
        (ProblemCode::Invalid, Some("name" | "account")) => {
            "A name has 1 to 100 characters on one line.".to_owned()
        }
        (ProblemCode::TooLarge, _) => "The file is larger than its kind may be.".to_owned(),
        (ProblemCode::UnsupportedKind, _) => "This kind of file is not taken.".to_owned(),
        (ProblemCode::EmptyFile, _) => "The file is empty.".to_owned(),
        (ProblemCode::QuotaExceeded, _) => {
            "There is no room left. Ask the operator for a larger quota.".to_owned()
        }
        (ProblemCode::CrossSite, _) => {
            "The form came from another address than this one. Open Satchel anew and try again."
                .to_owned()
        }
        (ProblemCode::NotFound, _) => NOT_FOUND_HINT.to_owned(),
        (ProblemCode::Internal | ProblemCode::Unavailable, _) => UNEXPECTED.to_owned(),
        (code, _) => format!("{}. Please try again.", code.title()),
    }
}

/// A number with its thousands apart.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{202F}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1\u{202F}000");
        assert_eq!(thousands(100_000), "100\u{202F}000");
    }

    #[test]
    fn one_file_goes_by_its_name() {
        assert_eq!(trashed(1, "beach.jpg"), "beach.jpg moved to trash");
        assert_eq!(trashed(3, "beach.jpg"), "3 files moved to trash");
    }
}

//! What went wrong, in English.

use crate::text::{Counted, ProblemText};

pub const PROBLEM: ProblemText = ProblemText {
    malformed: "The page and the server do not understand each other. Reload the page.",
    unauthenticated: "You are not signed in. Sign in and try again.",
    forbidden: "Your role does not allow this. Ask an administrator.",
    operations_spent: "This session has changed as much as it may. Open the picker again.",
    cross_site: "The form came from another address than this one. \
                 Open Satchel anew and try again.",
    not_found: "This does not exist, or you have no access to it.",
    conflict: "This cannot be done as things stand now. Reload the page and try again.",
    not_undoable: "This can no longer be undone.",
    still_leaving: "It is still being taken off files. Try again when that is done.",
    changed_in_between: "Somebody else changed this just now. Reload the page and try again.",
    too_large: "The file is larger than its kind may be.",
    too_large_by: "{name} is {size}; {kind} may be {limit}.",
    body_too_large: "This is more than can be sent at once.",
    unsupported_kind: "This kind of file is not taken.",
    checksum_mismatch: "The file was damaged on its way. Try again.",
    empty_file: "The file is empty. Check the original and choose it again.",
    mismatched_name: "The file’s name says one thing and its content another.",
    corrupt_file: "The file is damaged or cut short. Check the original.",
    unsafe_file: "The malware scanner did not let this file through. Check it, and tell whoever sent it to you.",
    too_many_pixels: "The picture has too many pixels. Make it smaller first.",
    invalid: "A value here breaks a rule. Check what you wrote, then try again.",
    too_many_requests: "Too many tries. Wait a little, then try again.",
    wait: Counted {
        one: "Too many tries. Wait {count} second, then try again.",
        many: "Too many tries. Wait {count} seconds, then try again.",
    },
    quota_exceeded: "There is no room left. Ask the operator for a larger quota.",
    storage_full: "The storage is full. Nothing was saved; tell the operator.",
    gone: "This has expired or was given up. Start again.",
    unavailable: "Satchel is busy, or cannot be reached. Wait a moment and try again.",
    internal: "Something went wrong on our side. Nothing was lost; please try again.",
    wrong_credentials: "Email and password do not match.",
    not_an_email: "This is not an email address.",
    bad_name: "A name has 1 to 100 characters on one line.",
    no_room: "{limit} is all there is, and there is no room for {size} more. \
              Ask the operator for a larger quota.",
    the_file: "The file",
    not_done: "This could not be done. Check what you wrote, then try again.",
    name_taken: "There is something of this name here already. Choose another name.",
    email_taken: "Somebody has this email address already.",
    address_elsewhere: "This address cannot be used here. Ask for an invitation to another one.",
    in_trash: "This lies in the trash. Restore it first.",
    not_in_trash: "Move it to the trash first.",
    trashed_with: "It went to the trash with “{name}”. Restore that folder, or delete it for good.",
    folder_gone: "The folder was removed just now. Choose another one.",
    inside_itself: "A folder cannot lie in itself. Choose another place.",
    too_deep: "Folders nest {most} deep at most. Choose a place further up.",
    yourself: "You cannot do this to yourself. Ask another administrator.",
    last_administrator: "The account needs an administrator. Make somebody else one first.",
    switched_off: "Let this person sign in again first.",
    above_allowance: "At most {limit} for each person. Ask the operator for more.",
    too_many_assets: "The library holds {most} files, the trash included, and may hold no more. \
        Delete what you no longer need, or ask the operator for more.",
    name_empty: "A name needs at least one character.",
    name_too_long: "A name has at most {most} characters.",
    name_characters: "A name has no slashes, line breaks or hidden characters.",
    alt_text_too_long: "Alt text has at most {most} characters.",
    tag_too_long: "This has 1 to {most} characters on one line, and no comma.",
    too_many_tags: "A file carries at most {most} tags.",
    password_length: "A password has 8 to 128 characters; a few words are easy to keep in mind.",
    password_is_email: "A password is not your own email address.",
    password_common: "This is among the first passwords that are tried; please choose another one.",
    wrong_password: "The old password is wrong.",
    no_file: "Choose at least one file.",
    file_moved: "The file was changed or moved since it was chosen. Choose it again.",
    other_kind: "This is a file of another kind. Choose one of the same kind.",
    cannot_fit: "This picture cannot be made to fit there.",
    not_shrunk: "{name} is {size}; {kind} may be {limit}. \
                 This browser could not make it smaller.",
    too_many_pixels_by: "The picture has more than {most} megapixels. Make it smaller first.",
    nothing_to_take: "There are no files to download here.",
    too_many_files: "A zip holds at most {most} files. Take fewer at a time.",
    no_picture: "Only pictures that can be opened here can be changed.",
    still_moving: "Its files are still on their way to the trash. Try again in a moment.",
    team_gone: "This team was removed just now. Choose another one.",
    too_many_teams: "A file is for at most {most} teams.",
    own_quota: "You have {limit} and no room for {size} more. Delete what you no longer need, or ask the operator for more.",
    #[cfg(feature = "ssr")]
    same_tag: "A tag is merged into another one. Choose another.",
    #[cfg(feature = "ssr")]
    not_of_account: "One of these people is not in this account.",
    #[cfg(feature = "ssr")]
    not_a_size: "Write a size as 5MB or 2GB.",
    #[cfg(feature = "ssr")]
    not_a_number: "Write a whole number.",
    #[cfg(feature = "ssr")]
    placement_name: "A place needs a name of at most 100 characters on one line, with letters or figures; a note has at most 500.",
    #[cfg(feature = "ssr")]
    placement_rules: "A place has 1 to {most} rules. Say at least one.",
    #[cfg(feature = "ssr")]
    placement_figures: "No file could keep one of these rules, or every file would. Check the figures.",
    #[cfg(feature = "ssr")]
    placement_source: "Say which page says so, as an https address, and when it was read.",
    #[cfg(feature = "ssr")]
    too_many_placements: "An account has at most {most} places of its own.",
};

//! What went wrong, in English.

use crate::text::{Counted, ProblemText};

pub const PROBLEM: ProblemText = ProblemText {
    malformed: "The page and the server do not understand each other. Reload the page.",
    unauthenticated: "You are not signed in. Sign in and try again.",
    forbidden: "Your role does not allow this. Ask an administrator.",
    cross_site: "The form came from another address than this one. \
                 Open Satchel anew and try again.",
    not_found: "This does not exist, or you have no access to it.",
    conflict: "This cannot be done as things stand now. Reload the page and try again.",
    changed_in_between: "Somebody else changed this just now. Reload the page and try again.",
    too_large: "The file is larger than its kind may be.",
    too_large_by: "The file has {size}; the most for {kind} is {limit}.",
    body_too_large: "This is more than can be sent at once.",
    unsupported_kind: "This kind of file is not taken.",
    checksum_mismatch: "The file was damaged on its way. Try again.",
    empty_file: "The file is empty. Check the original and choose it again.",
    mismatched_name: "The file’s name says one thing and its content another.",
    corrupt_file: "The file is damaged or cut short. Check the original.",
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
    unavailable: "Satchel cannot be reached. Check the connection and try again.",
    internal: "Something went wrong on our side. Nothing was lost; please try again.",
    wrong_credentials: "Email and password do not match.",
    not_an_email: "This is not an email address.",
    bad_password: "The password needs at least 8 characters and must not be a common one.",
    bad_name: "A name has 1 to 100 characters on one line.",
    not_done: "This could not be done. Check what you wrote, then try again.",
};

//! Words of the library in other programs, in English.

use crate::text::EmbedText;

pub const EMBED: EmbedText = EmbedText {
    title: "Other programs",
    about: "The library opens as a picker in a help desk, an email editor or any page of yours. \
            Try it as your people will see it there, and copy what makes it work.",
    try_it: "Try the picker",
    try_hint: "What you bring or crop in it stays in the library. Nothing becomes public by trying: \
               what has no public link comes with an address that ends after a week.",
    needs_script: "To try the picker, your browser has to run scripts.",
    placement: "Placement",
    no_placement: "None: every file will do",
    kinds: "Only these kinds",
    several: "Several files",
    nothing: "Nothing was chosen.",
    comes_back: "What comes back",
    to_insert: "What to insert",
    door: "1. A door on your server",
    door_hint: "It asks for a session whenever somebody opens the picker, for people who are signed \
                in with you alone. Your operator makes the token, which never leaves your server.",
    script: "2. A script on your page",
    script_hint: "The button opens the picker, and the event has what was chosen.",
    copy: "Copy",
    copied: "Copied",
    open: "Open now",
    none_open: "The picker is open nowhere.",
    until: "Until",
};

//! Words of the library in other programs.

use super::{Word, words};

words! {
    /// Words of the library in other programs.
    pub struct EmbedText {
        title: Word,
        about: Word,
        try_it: Word,
        try_hint: Word,
        needs_script: Word,
        placement: Word,
        no_placement: Word,
        kinds: Word,
        several: Word,
        nothing: Word,
        comes_back: Word,
        to_insert: Word,
        door: Word,
        door_hint: Word,
        script: Word,
        script_hint: Word,
        copy: Word,
        copied: Word,
        open: Word,
        none_open: Word,
        until: Word,
    }
}

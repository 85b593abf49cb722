//! Words of the pages before the library: signing in, set-up, and addresses that lead nowhere.

use super::{Word, words};

words! {
    /// Words of the pages before the library.
    pub struct EntryText {
        sign_in_hint: Word,
        email: Word,
        password: Word,
        password_hint: Word,
        set_up: Word,
        set_up_hint: Word,
        account_name: Word,
        your_name: Word,
        create_library: Word,
        set_up_over: Word,
        set_up_over_hint: Word,
        not_found: Word,
        not_found_hint: Word,
        to_library: Word,
    }
}

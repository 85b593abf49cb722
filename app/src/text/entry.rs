//! Words of the pages before the library: signing in, set-up, and addresses that lead nowhere.

use model::Language;

use super::{Text, Word, fill, words};

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
        join: Word,
        join_hint: Word,
        join_now: Word,
        new_password: Word,
        new_password_hint: Word,
        set_password: Word,
        link_over: Word,
        link_over_hint: Word,
        set_up_over: Word,
        set_up_over_hint: Word,
    }
}

impl Text {
    /// Words of coming in; only parts that come later say them.
    pub const fn entry(&self) -> &'static EntryText {
        match self.language {
            Language::English => &super::english::entry::ENTRY,
            Language::Portuguese => &super::portuguese::entry::ENTRY,
        }
    }

    /// Who joins which account, above the form.
    pub fn joins(&self, account: &str, email: &str) -> String {
        fill(
            self.entry().join_hint,
            &[("account", account), ("email", email)],
        )
    }

    /// Whose password is chosen, above the form.
    pub fn chooses_password(&self, account: &str, email: &str) -> String {
        let values = [("account", account), ("email", email)];
        fill(self.entry().new_password_hint, &values)
    }
}

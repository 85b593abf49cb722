//! The table of rights: every door, what it asks for, and what it answers; one noun a file.

mod accounts;
mod assets;
mod batches;
mod embed;
mod folders;
mod me;
mod open;
mod people;
mod placements;
mod tags;
mod teams;
mod tokens;
mod trash;
mod uploads;
mod webhooks;

use super::{body::Body, target::Target};

/// What a door asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it is open to everybody.
    Open,
    /// To see the library.
    View,
    /// To change it.
    Edit,
    /// To make people and tokens: administrators in their account, and operators in any.
    Manage,
    /// To manage people, tokens and settings.
    Administer,
    /// To manage accounts.
    Operate,
    /// To be a person: programs have no password and no session.
    Person,
    /// To let pages of other programs in: tokens that may write, and administrators.
    Embed,
    /// To be such a page.
    Embedded,
}

/// A door: its method and path, what it asks for, what it works on, and how it answers.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    pub method: &'static str,
    /// Where `{id}` is what it works on, and `{own}` something of the account of who asks.
    pub path: &'static str,
    pub need: Need,
    pub target: Target,
    pub body: Body,
    /// What is of the account of who asks, besides what it works on.
    pub beside: Target,
    /// The answer to somebody who may.
    pub answer: u16,
    /// The answer where the target lies in the trash.
    pub trashed: u16,
    /// The answer to an agent where a colleague has begun the target.
    pub of_colleague: u16,
    /// The answer where the target is of another account or of nobody.
    pub of_others: u16,
    /// Whether pages of other programs may knock, whatever it asks for of others.
    pub embedded: bool,
}

impl Door {
    const fn new(method: &'static str, path: &'static str, need: Need, answer: u16) -> Self {
        Self {
            method,
            path,
            need,
            target: Target::None,
            body: Body::None,
            beside: Target::None,
            answer,
            trashed: answer,
            of_colleague: answer,
            of_others: 404,
            embedded: false,
        }
    }

    /// Its path as the document of the interface writes it.
    pub fn documented(&self) -> String {
        const SPOKEN: [(&str, &str); 7] = [
            ("thumb", "{preset}"),
            ("1", "{page}"),
            ("01", "{number}"),
            ("usg_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "{usage}"),
            ("whd_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "{delivery}"),
            ("push-web-image", "{placement}"),
            ("email-newsletter", "{placement}"),
        ];
        let word = |word| {
            let spoken = SPOKEN.into_iter().find(|(spoken, _)| *spoken == word);
            spoken.map_or(word, |(_, documented)| documented)
        };
        let words: Vec<&str> = self.path.split('/').map(word).collect();
        words.join("/").replace("{own}", "{id}")
    }
}

/// Rows of the table: method, path and need; what the door works `on`, what is sent `with` the
/// request and what of one's own stands `beside`; what is answered, and where otherwise.
macro_rules! rows {
    ($($method:ident $path:literal $need:ident
        $(on $target:ident)? $(with $body:ident)? $(beside $beside:ident)? => $answer:literal
        $(, $other:ident $status:literal)*;)*) => {
        pub const DOORS: &[super::Door] = &[$(super::Door {
            $(target: super::Target::$target,)?
            $(body: super::Body::$body,)?
            $(beside: super::Target::$beside,)?
            $($other: $status,)*
            ..super::Door::new(stringify!($method), $path, super::Need::$need, $answer)
        }),*];
    };
}
use rows;

/// Every door of the interface; one that is missing here fails the test.
pub fn doors() -> impl Iterator<Item = &'static Door> {
    let nouns = [
        me::DOORS,
        assets::DOORS,
        placements::DOORS,
        batches::DOORS,
        trash::DOORS,
        folders::DOORS,
        tags::DOORS,
        teams::DOORS,
        people::DOORS,
        tokens::DOORS,
        embed::DOORS,
        webhooks::DOORS,
        accounts::DOORS,
        uploads::DOORS,
        open::DOORS,
    ];
    nouns.into_iter().flatten()
}

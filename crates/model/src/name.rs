//! Names as people write them, and never a path.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{Problem, Reason, platform::normalize};

/// Declares a text type that is valid when it exists.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        #[cfg(feature = "sqlx")]
        crate::id::as_text!($name);
    };
}

pub(crate) use text;

text!(/// The name of an asset or a folder: 1 to 255 characters, never a path.
    FileName);

impl FileName {
    /// The most characters a name has.
    pub const MAX_CHARS: usize = 255;

    /// Makes a name of whatever came with a file.
    ///
    /// Only what follows the last slash counts; control and direction-override characters go;
    /// a name that is too long loses its middle and keeps its ending; one that has nothing
    /// left becomes `untitled`.
    pub fn clean(text: &str) -> Self {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = normalize(last).chars().filter(|c| !is_hidden(*c)).collect();
        let kept = kept.trim();
        match kept {
            "" | "." | ".." => Self("untitled".to_owned()),
            _ => Self(shorten(kept)),
        }
    }

    /// The part before the last dot.
    pub fn stem(&self) -> &str {
        self.0
            .rsplit_once('.')
            .filter(|(stem, _)| !stem.is_empty())
            .map_or(&self.0, |(stem, _)| stem)
    }

    /// The part after the last dot, in lower case; empty where there is none.
    pub fn extension(&self) -> String {
        self.0
            .rsplit_once('.')
            .filter(|(stem, _)| !stem.is_empty())
            .map(|(_, extension)| extension.to_lowercase())
            .unwrap_or_default()
    }
}

impl FromStr for FileName {
    type Err = Problem;

    /// Takes a name a person typed, as it is or not at all.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name: String = normalize(text.trim());
        if name.is_empty() || name == "." || name == ".." {
            return Err(
                Problem::invalid("name", "A name needs at least one character.")
                    .because(Reason::NameEmpty),
            );
        }
        if name.chars().count() > Self::MAX_CHARS {
            return Err(
                Problem::invalid("name", "A name has at most 255 characters.")
                    .because(Reason::NameTooLong)
                    .at_most(255),
            );
        }
        if name.chars().any(|c| c == '/' || c == '\\' || is_hidden(c)) {
            return Err(Problem::invalid(
                "name",
                "A name has no slashes, line breaks or hidden characters.",
            )
            .because(Reason::NameCharacters));
        }
        Ok(Self(name))
    }
}

/// Characters that are not seen, or that make a name read as another one.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}')
}

fn shorten(name: &str) -> String {
    let count = name.chars().count();
    if count <= FileName::MAX_CHARS {
        return name.to_owned();
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .filter(|extension| extension.chars().count() <= 16)
        .map(|extension| format!(".{extension}"))
        .unwrap_or_default();
    let room = FileName::MAX_CHARS - ending.chars().count() - 1;
    let start: String = name.chars().take(room).collect();
    format!("{start}…{ending}")
}

text!(/// What a person who cannot see a picture should know: at most 2 000 characters.
    #[derive(Default)]
    AltText);

impl FromStr for AltText {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text: String = normalize(text.trim())
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        if text.chars().count() > 2_000 {
            return Err(
                Problem::invalid("alt_text", "Alt text has at most 2 000 characters.")
                    .because(Reason::AltTextTooLong)
                    .at_most(2_000),
            );
        }
        Ok(Self(text))
    }
}

text!(/// An email address, in lower case.
    Email);

impl FromStr for Email {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let email = text.trim().to_lowercase();
        let parts = email.split_once('@');
        let plausible = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && email.len() <= 254
            && email.matches('@').count() == 1
            && !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if plausible {
            Ok(Self(email))
        } else {
            Err(Problem::invalid("email", "This is not an email address.")
                .because(Reason::NotAnEmail))
        }
    }
}

text!(/// The name of a person, account, team or token: 1 to 100 characters.
    PersonName);

impl FromStr for PersonName {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name: String = normalize(text.trim());
        let length = name.chars().count();
        if length == 0 || length > 100 || name.chars().any(is_hidden) {
            return Err(
                Problem::invalid("name", "A name has 1 to 100 characters on one line.")
                    .because(Reason::PersonName)
                    .at_most(100),
            );
        }
        Ok(Self(name))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_stay_as_people_wrote_them() {
        for name in [
            "João & Zoë 🦊.jpg",
            "صورة.png",
            "写真 (1).jpeg",
            ".htaccess",
            "a.tar.gz",
        ] {
            assert_eq!(FileName::clean(name).as_str(), name);
        }
    }

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(FileName::clean("../../etc/passwd").as_str(), "passwd");
        assert_eq!(FileName::clean("C:\\temp\\x.jpg").as_str(), "x.jpg");
        assert_eq!(FileName::clean("..").as_str(), "untitled");
        assert_eq!(FileName::clean("a/").as_str(), "untitled");
    }

    #[test]
    fn hidden_characters_go() {
        assert_eq!(
            FileName::clean("a\r\nSet-Cookie: x\0.jpg").as_str(),
            "aSet-Cookie: x.jpg"
        );
        assert_eq!(
            FileName::clean("photo\u{202E}gpj.exe").as_str(),
            "photogpj.exe"
        );
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = FileName::clean(&format!("{}.jpeg", "ü".repeat(400)));

        assert_eq!(name.as_str().chars().count(), 255);
        assert!(name.as_str().ends_with("….jpeg"));
    }

    #[test]
    fn a_typed_name_is_taken_as_it_is_or_not_at_all() {
        assert!("Summer ☀️".parse::<FileName>().is_ok());
        for name in ["", "  ", "a/b", "a\nb", ".."] {
            assert!(name.parse::<FileName>().is_err(), "{name:?}");
        }
    }

    #[test]
    fn stem_and_extension_part_at_the_last_dot() {
        let name = FileName::clean("Beach.Final.JPG");

        assert_eq!(
            (name.stem(), name.extension().as_str()),
            ("Beach.Final", "jpg")
        );
        assert_eq!(FileName::clean(".htaccess").extension(), "");
    }

    proptest! {
        #[test]
        fn a_cleaned_name_is_one_a_person_could_type(text in any::<String>()) {
            let name = FileName::clean(&text);
            prop_assert_eq!(name.as_str().parse::<FileName>().unwrap(), name);
        }
    }
}

//! Enums that are words: written and read as the contract says.

/// Gives an enum its words: the list of them, and how each is written and read.
macro_rules! words {
    ($name:ident, $error:ident: $refusal:literal, [$($variant:ident = $word:literal),+ $(,)?]) => {
        impl $name {
            /// All there are, in the order people see them.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word of the contract.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[doc = $refusal]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[error($refusal)]
        pub struct $error;

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let named = Self::ALL.into_iter().find(|one| one.as_str() == text);
                named.ok_or($error)
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::{
        CropTarget, EmbedScope, EventKind, Kind, KnownBy, Language, Preset, Role, Scope, Source,
        Theme, Turn, UsageKind, WebhookDeliveryState, WebhookEvent, WebhookState,
    };

    /// Each word is read as what it was written for, and stands for itself in JSON.
    macro_rules! assert_words {
        ($($name:ty),+) => {$(
            for one in <$name>::ALL {
                assert_eq!(one.as_str().parse(), Ok(one));
                assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
            }
            assert!("".parse::<$name>().is_err() && "Nonsense".parse::<$name>().is_err());
        )+};
    }

    #[test]
    fn a_word_is_read_as_it_is_written() {
        assert_words!(
            CropTarget,
            EmbedScope,
            EventKind,
            Kind,
            KnownBy,
            Language,
            Preset,
            Role,
            Scope,
            Source,
            Theme,
            Turn,
            UsageKind,
            WebhookDeliveryState,
            WebhookEvent,
            WebhookState
        );
    }
}

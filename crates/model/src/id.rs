//! Identifiers: a readable prefix and a ULID, sortable by the time they were made.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ulid::Ulid;

/// Text that is not an identifier of the expected sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id that starts with `{prefix}`")]
pub struct ParseIdError {
    prefix: &'static str,
}

/// An identifier that can be made of a moment and chance.
pub trait Id: fmt::Display {
    /// Makes an identifier of milliseconds since 1970 and eighty random bits.
    fn from_parts(milliseconds: u64, random: u128) -> Self;
}

/// Declares an identifier type with its prefix.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// What every identifier of this sort starts with.
            pub const PREFIX: &'static str = $prefix;

            /// When it was made, as whoever made it knew the time.
            pub fn made_at(self) -> crate::Timestamp {
                let milliseconds = i64::try_from(self.0.timestamp_ms()).unwrap_or(i64::MAX);
                crate::Timestamp::from_millis(milliseconds)
            }
        }

        impl Id for $name {
            fn from_parts(milliseconds: u64, random: u128) -> Self {
                Self(Ulid::from_parts(milliseconds, random))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text, $prefix).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
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

        #[cfg(feature = "openapi")]
        crate::id::as_schema!($name, concat!($prefix, "01J8Z3V5T0M6W2Q4R8X9Y7B1CD"));
    };
}

/// Lets a type with `Display` and `FromStr` be a text column in both databases.
#[cfg(feature = "sqlx")]
macro_rules! as_text {
    ($name:ty) => {
        impl<DB: sqlx::Database> sqlx::Type<DB> for $name
        where
            String: sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <String as sqlx::Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <String as sqlx::Type<DB>>::compatible(ty)
            }
        }

        impl<'q, DB: sqlx::Database> sqlx::Encode<'q, DB> for $name
        where
            String: sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut DB::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <String as sqlx::Encode<'q, DB>>::encode(self.to_string(), buffer)
            }
        }

        impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for $name
        where
            &'r str: sqlx::Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                Ok(<&'r str as sqlx::Decode<'r, DB>>::decode(value)?.parse()?)
            }
        }
    };
}

/// Describes a type that travels as text to the `OpenAPI` document.
#[cfg(feature = "openapi")]
macro_rules! as_schema {
    ($name:ident, $example:expr) => {
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .examples([$example])
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

#[cfg(feature = "openapi")]
pub(crate) use as_schema;
#[cfg(feature = "sqlx")]
pub(crate) use as_text;

fn parse(text: &str, prefix: &'static str) -> Result<Ulid, ParseIdError> {
    text.strip_prefix(prefix)
        .filter(|rest| rest.bytes().all(|byte| !byte.is_ascii_lowercase()))
        .and_then(|rest| Ulid::from_string(rest).ok())
        .ok_or(ParseIdError { prefix })
}

id!(/// Names an account.
    AccountId, "acc_");
id!(/// Names a user.
    UserId, "usr_");
id!(/// Names a session of a signed-in user.
    SessionId, "ses_");
id!(/// Names an API token.
    TokenId, "tok_");
id!(/// Names an embed session.
    EmbedSessionId, "emb_");
id!(/// Names an asset.
    AssetId, "ast_");
id!(/// Names one original in an asset's history.
    VersionId, "ver_");
id!(/// Names stored bytes.
    BlobId, "blb_");
id!(/// Names a stored result of a preset.
    RenditionId, "rnd_");
id!(/// Names a folder.
    FolderId, "fld_");
id!(/// Names a tag.
    TagId, "tag_");
id!(/// Names a team.
    TeamId, "tea_");
id!(/// Names a participant.
    ParticipantId, "par_");
id!(/// Names an upload under way.
    UploadId, "upl_");
id!(/// Names a job.
    JobId, "job_");
id!(/// Names one deed on many assets.
    BatchId, "bat_");
id!(/// Names a use of an asset in a place outside.
    UsageId, "usg_");
id!(/// Names an invitation.
    InvitationId, "inv_");
id!(/// Names a webhook.
    WebhookId, "whk_");
id!(/// Names one telling of a webhook.
    WebhookDeliveryId, "whd_");
id!(/// Names an event.
    EventId, "evt_");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = AssetId::from_parts(1_790_000_000_000, 42);

        assert!(id.to_string().starts_with("ast_"));
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_sort_is_refused() {
        let folder = FolderId::from_parts(1, 2).to_string();

        assert!(folder.parse::<AssetId>().is_err());
        assert!("ast_".parse::<AssetId>().is_err());
        assert!("ast_../../etc/passwd".parse::<AssetId>().is_err());
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        assert!(AssetId::from_parts(1, u128::MAX) < AssetId::from_parts(2, 0));
    }
}

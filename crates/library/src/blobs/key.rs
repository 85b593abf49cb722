//! The names of stored bytes: an enum, so that no other place builds a path.

use std::fmt;

use model::{AccountId, BlobId, Preset, RenditionFormat};

/// The name of stored bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BlobKey {
    /// What somebody brought in, byte for byte.
    Original { account: AccountId, blob: BlobId },
    /// What a preset made of it.
    Rendition {
        account: AccountId,
        blob: BlobId,
        preset: Preset,
        format: RenditionFormat,
    },
    /// An office document as PDF.
    Print { account: AccountId, blob: BlobId },
    /// The original without metadata, for the public.
    Public { account: AccountId, blob: BlobId },
}

impl BlobKey {
    /// The bytes that this name belongs to.
    pub fn blob(&self) -> BlobId {
        match self {
            Self::Original { blob, .. }
            | Self::Rendition { blob, .. }
            | Self::Print { blob, .. }
            | Self::Public { blob, .. } => *blob,
        }
    }

    /// Whether it can be made again from an original.
    pub fn is_derived(&self) -> bool {
        !matches!(self, Self::Original { .. })
    }

    /// Reads a name that [`fmt::Display`] wrote; `None` for anything else that lies in the store.
    pub fn parse(path: &str) -> Option<Self> {
        let (account, rest) = path.split_once('/')?;
        let (_, name) = rest.split_once('/')?;
        let (blob, ending) = name.split_once('.')?;
        let (account, blob) = (account.parse().ok()?, blob.parse().ok()?);
        let key = match ending {
            "original" => Self::Original { account, blob },
            "public" => Self::Public { account, blob },
            "print" => Self::Print { account, blob },
            _ => {
                let (preset, extension) = ending.split_once('.')?;
                let format = RenditionFormat::ALL
                    .into_iter()
                    .find(|format| format.extension() == extension)?;
                Self::Rendition {
                    account,
                    blob,
                    preset: preset.parse().ok()?,
                    format,
                }
            }
        };
        (key.to_string() == path).then_some(key)
    }
}

impl fmt::Display for BlobKey {
    /// `{account}/{two letters of chance}/{blob}.{what}`: all that belongs to one original lies
    /// in one folder, and no folder grows without bound.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (account, blob) = match self {
            Self::Original { account, blob }
            | Self::Rendition { account, blob, .. }
            | Self::Print { account, blob }
            | Self::Public { account, blob } => (account, blob.to_string()),
        };
        let shard = &blob[blob.len() - 2..];
        write!(f, "{account}/{shard}/{blob}.")?;
        match self {
            Self::Original { .. } => f.write_str("original"),
            Self::Public { .. } => f.write_str("public"),
            Self::Print { .. } => f.write_str("print"),
            Self::Rendition { preset, format, .. } => {
                write!(f, "{preset}.{}", format.extension())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use model::id::Id as _;

    use super::*;

    #[test]
    fn a_key_survives_being_written_and_read() {
        let (account, blob) = (AccountId::from_parts(1, 2), BlobId::from_parts(3, 4));
        let keys = [
            BlobKey::Original { account, blob },
            BlobKey::Public { account, blob },
            BlobKey::Print { account, blob },
            BlobKey::Rendition {
                account,
                blob,
                preset: Preset::Preview,
                format: RenditionFormat::Jpeg,
            },
        ];
        for key in keys {
            assert_eq!(BlobKey::parse(&key.to_string()), Some(key));
        }
    }

    #[test]
    fn other_things_in_the_store_are_not_keys() {
        for path in [
            "",
            "lost+found/",
            ".new/x",
            "acc_1/00/blb_2.original",
            "a/b/c.original",
        ] {
            assert_eq!(BlobKey::parse(path), None, "{path}");
        }
    }
}

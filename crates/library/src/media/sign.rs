//! Signed addresses and opaque tags: what only this installation can have made.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use model::{AccountId, AssetId, Preset, Secret, Sha256, Timestamp};
use subtle::ConstantTimeEq as _;

use crate::shares::escaped;

/// What a signed address opens, as what, and until when: all of it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub id: AssetId,
    /// A rendition instead of the original.
    pub preset: Option<Preset>,
    /// What the address ends with.
    pub name: String,
    /// Whether it is saved rather than shown.
    pub download: bool,
    pub expires: Timestamp,
}

impl Signed {
    /// The address below the origin of media.
    pub(super) fn address(&self, secret: &Secret) -> String {
        let Self { id, download, .. } = self;
        let preset = self.preset.map(|preset| format!("/r/{preset}"));
        let preset = preset.unwrap_or_default();
        let (name, expires) = (escaped(&self.name), self.expires.as_millis());
        let download = if *download { "download=1&" } else { "" };
        let signature = self.signature(secret);
        format!("/m/signed/{id}{preset}/{name}?{download}expires={expires}&signature={signature}")
    }

    /// Whether a signature is the one of this address; takes the same time whatever it is.
    pub(super) fn is_genuine(&self, secret: &Secret, given: &str) -> bool {
        let expected = self.signature(secret);
        expected.as_bytes().ct_eq(given.as_bytes()).into()
    }

    fn signature(&self, secret: &Secret) -> String {
        let preset = self.preset.map(|preset| preset.to_string());
        let words = [
            "media",
            &self.id.to_string(),
            preset.as_deref().unwrap_or("original"),
            &self.name,
            if self.download { "save" } else { "show" },
            &self.expires.as_millis().to_string(),
        ];
        digest(secret, &words)
    }
}

/// A tag that is the same for the same bytes of an account, and tells nothing across accounts.
pub(super) fn etag(secret: &Secret, account: AccountId, sha256: Sha256, view: &str) -> String {
    let mut tag = digest(
        secret,
        &["etag", &account.to_string(), &sha256.to_string(), view],
    );
    tag.truncate(22);
    tag
}

/// The words stand apart, so that no two lists of words read the same.
fn digest(secret: &Secret, words: &[&str]) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.expose().as_bytes())
        .expect("a key of any length will do");
    for word in words {
        mac.update(word.as_bytes());
        mac.update(b"\n");
    }
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use model::id::Id as _;

    use super::*;

    fn signed() -> Signed {
        Signed {
            id: AssetId::from_parts(1, 1),
            preset: None,
            name: "a.jpg".to_owned(),
            download: false,
            expires: Timestamp::from_millis(1_000),
        }
    }

    #[test]
    fn a_signature_is_good_for_its_own_address_alone() {
        let secret = Secret::new("s");
        let address = signed().address(&secret);
        let (_, given) = address.rsplit_once('=').unwrap();
        let others = [
            Signed {
                id: AssetId::from_parts(1, 2),
                ..signed()
            },
            Signed {
                preset: Some(Preset::Thumb),
                ..signed()
            },
            Signed {
                name: "a.html".to_owned(),
                ..signed()
            },
            Signed {
                download: true,
                ..signed()
            },
            Signed {
                expires: Timestamp::from_millis(1_001),
                ..signed()
            },
        ];

        assert!(signed().is_genuine(&secret, given));
        for other in others {
            assert!(!other.is_genuine(&secret, given), "{other:?}");
        }
        assert!(!signed().is_genuine(&Secret::new("t"), given));
        assert!(!signed().is_genuine(&secret, ""));
    }

    #[test]
    fn an_address_says_what_it_opens() {
        let thumb = Signed {
            preset: Some(Preset::Thumb),
            name: "a b.jpg".to_owned(),
            download: true,
            ..signed()
        };
        let address = thumb.address(&Secret::new("s"));
        let start = format!("/m/signed/{}/r/thumb/a%20b.jpg?", thumb.id);

        assert!(address.starts_with(&start), "{address}");
        assert!(address.contains("?download=1&expires=1000&signature="));
    }
}

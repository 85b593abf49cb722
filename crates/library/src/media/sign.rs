//! Signed addresses and opaque tags: what only this installation can have made.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use model::{AccountId, AssetId, Secret, Sha256, Timestamp};
use subtle::ConstantTimeEq as _;

use super::View;

/// The path of a view, without anything that is asked of it.
fn path(id: AssetId, view: View) -> String {
    match view {
        View::Original => format!("/api/v1/assets/{id}/content"),
        // The reader says what formats it takes, so the format is no part of the address.
        View::Rendition { preset, .. } => format!("/api/v1/assets/{id}/renditions/{preset}"),
        View::Page { page, preset, .. } => {
            format!("/api/v1/assets/{id}/pages/{page}/renditions/{preset}")
        }
    }
}

/// An address that is good until a moment.
pub(super) fn address(secret: &Secret, id: AssetId, view: View, expires: Timestamp) -> String {
    let signature = signature(secret, id, view, expires);
    let expires = expires.as_millis();
    format!("{}?expires={expires}&signature={signature}", path(id, view))
}

/// Whether a signature is the one of an address; takes the same time whatever it is.
pub(super) fn is_genuine(
    secret: &Secret,
    id: AssetId,
    view: View,
    expires: Timestamp,
    given: &str,
) -> bool {
    let expected = signature(secret, id, view, expires);
    expected.as_bytes().ct_eq(given.as_bytes()).into()
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

fn signature(secret: &Secret, id: AssetId, view: View, expires: Timestamp) -> String {
    digest(
        secret,
        &["media", &path(id, view), &expires.as_millis().to_string()],
    )
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
    use model::{Preset, RenditionFormat, id::Id as _};

    use super::*;

    #[test]
    fn a_signature_is_good_for_its_own_address_alone() {
        let secret = Secret::new("s");
        let (id, other) = (AssetId::from_parts(1, 1), AssetId::from_parts(1, 2));
        let expires = Timestamp::from_millis(1_000);
        let thumb = View::Rendition {
            preset: Preset::Thumb,
            format: RenditionFormat::Webp,
        };
        let address = address(&secret, id, View::Original, expires);
        let (_, given) = address.rsplit_once('=').unwrap();

        assert!(is_genuine(&secret, id, View::Original, expires, given));
        assert!(!is_genuine(&secret, other, View::Original, expires, given));
        assert!(!is_genuine(&secret, id, thumb, expires, given));
        assert!(!is_genuine(
            &secret,
            id,
            View::Original,
            Timestamp::from_millis(1_001),
            given
        ));
        assert!(!is_genuine(
            &Secret::new("t"),
            id,
            View::Original,
            expires,
            given
        ));
        assert!(!is_genuine(&secret, id, View::Original, expires, ""));
    }
}

//! Digests of secrets: what is kept in place of them.

use model::{Secret, Sha256};
use sha2::Digest as _;

/// The SHA-256 digest of bytes.
pub(crate) fn of(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

/// What is kept in place of a token. Tokens carry 256 random bits, so a plain digest is enough.
pub(crate) fn of_secret(secret: &Secret) -> Sha256 {
    of(secret.expose().as_bytes())
}

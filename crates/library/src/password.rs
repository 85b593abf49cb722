//! Passwords: the rules for new ones, and hashes that are dear to compute.

use std::time::Duration;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use model::{Email, Problem, Reason, Secret};
use tokio::sync::Semaphore;

use crate::{Clock, Error, Result};

/// The commonest passwords of at least eight letters, from the list of Dropbox's zxcvbn (MIT).
const COMMON: &str = include_str!("password/common.txt");
/// Fewest and most characters.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=128;
/// As many are hashed at once: each takes 19 MiB while it lasts.
const AT_ONCE: usize = 2;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hashes and compares passwords, a few at a time.
pub(crate) struct Passwords {
    turns: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            turns: Semaphore::new(AT_ONCE),
        }
    }
}

impl Passwords {
    /// The hash of a password, with fresh salt.
    pub async fn hash(&self, password: &Secret, clock: &dyn Clock) -> Result<String> {
        let mut salt = [0; 16];
        clock.fill_random(&mut salt);
        let password = password.clone();
        self.in_turn(move || hash(&password, &salt)).await?
    }

    /// Whether a password is the one that was hashed; without a hash it takes as long to say no.
    pub async fn verify(&self, password: &Secret, hash: Option<String>) -> Result<bool> {
        let password = password.clone();
        self.in_turn(move || verify(&password, hash.as_deref()))
            .await?
    }

    /// Does costly work on a thread where it stops nobody, when it is its turn.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let _turn = tokio::time::timeout(PATIENCE, self.turns.acquire())
            .await
            .map_err(|_| Problem::unavailable("Too many people sign in at this moment."))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Error::Inconsistent(format!("hashing a password: {error}")))
    }
}

fn hash(password: &Secret, salt: &[u8]) -> Result<String> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.expose().as_bytes(), salt)
        .map_err(|error| Error::Inconsistent(format!("hashing a password: {error}")))?;
    Ok(hash.to_string())
}

fn verify(password: &Secret, kept: Option<&str>) -> Result<bool> {
    // Nobody chose more characters than that, so that is all that is looked at.
    let text: String = password.expose().chars().take(*LENGTH.end() + 1).collect();
    let Some(kept) = kept else {
        hash(&Secret::new(text), b"nobody by this name")?;
        return Ok(false);
    };
    let kept = PasswordHash::new(kept)
        .map_err(|error| Error::Inconsistent(format!("users.password: {error}")))?;
    Ok(Argon2::default()
        .verify_password(text.as_bytes(), &kept)
        .is_ok())
}

/// Refuses a new password that is too short, too long or among the first that people try.
pub(crate) fn check(password: &Secret, email: &Email) -> Result<()> {
    let text = password.expose();
    let length = text.chars().count();
    if !LENGTH.contains(&length) {
        let rule = "A password has 8 to 128 characters; a few words are easy to keep in mind.";
        return Err(refused(Reason::PasswordLength, rule));
    }
    let lower = text.to_lowercase();
    let (name, _) = email.as_str().split_once('@').unwrap_or_default();
    if lower == email.as_str() || lower == name {
        return Err(refused(
            Reason::PasswordIsEmail,
            "A password is not your own email address.",
        ));
    }
    if COMMON.lines().any(|common| common == lower) {
        let rule = "This is among the first passwords that are tried; please choose another one.";
        return Err(refused(Reason::PasswordCommon, rule));
    }
    Ok(())
}

fn refused(reason: Reason, detail: &str) -> Error {
    Problem::invalid("password", detail).because(reason).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(password: &str) -> bool {
        let email = "anna.arendt@example.com".parse().unwrap();
        check(&Secret::new(password), &email).is_ok()
    }

    #[test]
    fn v6_2_any_characters_make_a_password() {
        for password in [
            "otters hold hands",
            "🦊🐻🐼🐨🐯🦁🐮🐷",
            "    ....",
            &"x".repeat(128),
        ] {
            assert!(is_taken(password), "{password}");
        }
    }

    #[test]
    fn v6_2_too_short_too_long_and_too_common_ones_do_not() {
        for password in [
            "1234567",
            &"x".repeat(129),
            "password",
            "12345678",
            "Sunshine",
        ] {
            assert!(!is_taken(password), "{password}");
        }
    }

    #[test]
    fn the_own_address_does_not() {
        assert!(!is_taken("Anna.Arendt@example.com"));
        assert!(!is_taken("anna.arendt"));
    }

    #[test]
    fn a_hash_tells_its_password_from_others() {
        let kept = hash(&Secret::new("otters hold hands"), &[7; 16]).unwrap();

        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify(&Secret::new("otters hold hands"), Some(&kept)).unwrap());
        assert!(!verify(&Secret::new("otters hold hand"), Some(&kept)).unwrap());
        assert!(!verify(&Secret::new("otters hold hands"), None).unwrap());
    }
}

//! Signatures as Standard Webhooks 1.0 writes them (standardwebhooks.com).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use model::{EventId, Secret, Timestamp};

use crate::{Clock, Error, Result};

/// What every secret begins with, so that leaked ones are found.
const PREFIX: &str = "whsec_";

/// A new secret of 256 bits.
pub(super) fn new_secret(clock: &dyn Clock) -> Secret {
    let mut random = [0; 32];
    clock.fill_random(&mut random);
    Secret::new(format!("{PREFIX}{}", STANDARD.encode(random)))
}

/// The value of `webhook-timestamp`: whole seconds.
pub(super) fn seconds(now: Timestamp) -> String {
    (now.as_millis() / 1_000).to_string()
}

/// The value of `webhook-signature`: one signature a secret, the newest secret's first.
pub(super) fn header(
    secrets: &[Secret],
    id: EventId,
    seconds: &str,
    payload: &str,
) -> Result<String> {
    let signatures = secrets
        .iter()
        .map(|secret| signature(secret, &id.to_string(), seconds, payload));
    Ok(signatures.collect::<Result<Vec<_>>>()?.join(" "))
}

fn signature(secret: &Secret, id: &str, seconds: &str, payload: &str) -> Result<String> {
    let unreadable = || Error::Inconsistent("the secret of a webhook cannot be read".to_owned());
    let key = secret.expose().strip_prefix(PREFIX);
    let key = key.and_then(|key| STANDARD.decode(key).ok());
    let key = key.ok_or_else(unreadable)?;
    let mac = Hmac::<sha2::Sha256>::new_from_slice(&key).map_err(|_| unreadable())?;
    let signed = format!("{id}.{seconds}.{payload}");
    let digest = mac.chain_update(signed).finalize().into_bytes();
    Ok(format!("v1,{}", STANDARD.encode(digest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemClock;

    #[test]
    fn a_message_of_the_reference_library_is_signed_as_it_signs_it() {
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        let signed = signature(
            &secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "{\"test\": 2432232314}",
        );

        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signed.unwrap(), expected);
    }

    #[test]
    fn a_new_secret_has_as_many_bytes_as_the_convention_asks() {
        let secret = new_secret(&SystemClock);

        let key = secret.expose().strip_prefix("whsec_").unwrap();
        assert!((24..=64).contains(&STANDARD.decode(key).unwrap().len()));
    }

    #[test]
    fn a_secret_that_is_none_signs_nothing() {
        for text in ["", "whsec_?", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            let signed = signature(&Secret::new(text), "id", "1", "{}");
            assert!(signed.is_err(), "{text}");
        }
    }
}

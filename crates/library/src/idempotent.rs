//! Writes with an `Idempotency-Key`: the second time gives the first answer again.

use std::time::Duration;

use model::{Problem, Timestamp};

use crate::{
    Actor, Library, Result,
    db::idempotency::{self, Kept, KeyOf},
    digest,
};

/// How long an answer is kept.
pub(crate) const KEPT: Duration = Duration::from_hours(24);
/// After this long a request without an answer has died with its process.
const LOST: Duration = Duration::from_mins(15);

/// What to do with a request that carries a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idempotent {
    /// Do it, then call [`Library::finish_idempotent`], or [`Library::abandon_idempotent`].
    Fresh,
    /// It was done; this was the answer.
    Replay { status: u16, body: Vec<u8> },
}

impl Library {
    /// Begins a request with a key; `request` is all that makes it this one: method, path, body.
    pub async fn begin_idempotent(
        &self,
        actor: &Actor,
        key: &str,
        request: &[u8],
    ) -> Result<Idempotent> {
        let of = key_of(actor, key)?;
        let request = digest::of(request);
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.write().await?;
        let mut fresh = idempotency::insert(&mut tx, &of, request, now).await?;
        if !fresh {
            let kept = idempotency::find(&mut tx, &of).await?;
            match kept.filter(|kept| !is_over(kept, now)) {
                Some(kept) if kept.request_digest != request => {
                    return Err(conflict("This key was used for another request."));
                }
                Some(kept) => return replay(kept),
                None => {
                    idempotency::delete(&mut tx, &of).await?;
                    fresh = idempotency::insert(&mut tx, &of, request, now).await?;
                }
            }
        }
        tx.commit().await?;
        if fresh {
            Ok(Idempotent::Fresh)
        } else {
            Err(under_way())
        }
    }

    /// Keeps the answer of a request with a key.
    pub async fn finish_idempotent(
        &self,
        actor: &Actor,
        key: &str,
        status: u16,
        body: &[u8],
    ) -> Result<()> {
        let of = key_of(actor, key)?;
        let mut tx = self.inner.db.write().await?;
        idempotency::finish(&mut tx, &of, status, body).await?;
        tx.commit().await
    }

    /// Frees the key of a request that was not done, so that it may be tried again.
    pub async fn abandon_idempotent(&self, actor: &Actor, key: &str) -> Result<()> {
        let of = key_of(actor, key)?;
        let mut tx = self.inner.db.write().await?;
        idempotency::delete(&mut tx, &of).await?;
        tx.commit().await
    }
}

fn key_of(actor: &Actor, key: &str) -> Result<KeyOf> {
    let is_key = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        return Err(Problem::malformed(
            "An `Idempotency-Key` has 1 to 255 visible ASCII characters.",
        )
        .into());
    }
    Ok(KeyOf {
        account_id: actor.account_id,
        actor: actor.who.to_string(),
        key: key.to_owned(),
    })
}

/// Whether a key is free again, because its answer is old or its process has died.
fn is_over(kept: &Kept, now: Timestamp) -> bool {
    let age = now.since(kept.created_at);
    age >= KEPT || (kept.status.is_none() && age >= LOST)
}

fn replay(kept: Kept) -> Result<Idempotent> {
    match (
        kept.status.and_then(|status| u16::try_from(status).ok()),
        kept.body,
    ) {
        (Some(status), Some(body)) => Ok(Idempotent::Replay { status, body }),
        _ => Err(under_way()),
    }
}

fn under_way() -> crate::Error {
    conflict("The first request with this key is still under way.")
}

fn conflict(detail: &str) -> crate::Error {
    Problem::conflict(detail).into()
}

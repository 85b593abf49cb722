//! Tries that are answered like what does not exist, and leave a line all the same: an id that
//! never was one of the account's, and an address with a signature that is not ours.
//!
//! They are looked into apart from the answer, so that it takes as long whatever comes of it; and
//! what is another account's leaves the same line as what is nobody's, so that nobody learns from
//! the trail what others have.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use model::{AssetId, EventKind, Timestamp};

use super::{record_with, what_at};
use crate::{
    Actor, Client, Library, Result,
    db::{
        events::{self, EventRow},
        media,
    },
};

/// Tries of one that are looked into in a minute.
const MOST: u32 = 10;
/// So many who try are told apart in a minute.
const CROWD: usize = 1_000;
const MINUTE: i64 = 60_000;

/// How often somebody tried in this minute.
#[derive(Default)]
pub(crate) struct Tries(Mutex<(i64, HashMap<String, u32>)>);

impl Tries {
    /// Counts a try; says whether it is one to look into.
    fn counts(&self, who: String, now: Timestamp) -> bool {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.as_millis() / MINUTE;
        if held.0 != minute {
            *held = (minute, HashMap::new());
        }
        if held.1.len() >= CROWD && !held.1.contains_key(&who) {
            return false;
        }
        let tries = held.1.entry(who).or_default();
        *tries = tries.saturating_add(1);
        *tries <= MOST
    }
}

impl Library {
    /// Writes down that somebody asked for something that never was one of their account's.
    ///
    /// For the door, once it has answered; what is not to be found because it is gone leaves no line.
    pub async fn note_missed(&self, asker: &Actor, id: &str) {
        if !self.counts(asker.who.to_string()) {
            return;
        }
        let noted = async {
            let mut tx = self.inner.db.read().await?;
            let was_ours = events::is_known(&mut tx, asker.account_id, id).await?;
            drop(tx);
            if was_ours {
                return Ok(());
            }
            let mut tx = self.inner.db.write().await?;
            let kind = (asker.account_id, EventKind::AccessDenied);
            let detail = what_at(asker, "not of this account");
            record_with(&mut tx, &*self.inner.clock, asker, kind, id, detail).await?;
            tx.commit().await
        };
        complain(noted.await);
    }

    /// Writes down, in the asset's account, that somebody came with a signature that is not ours.
    pub(crate) fn note_forged(&self, id: AssetId, client: &Client) {
        let ip = client.ip_text();
        if !self.counts(ip.clone().unwrap_or_default()) {
            return;
        }
        let library = self.clone();
        tokio::spawn(async move { complain(library.write_forged(id, ip).await) });
    }

    async fn write_forged(&self, id: AssetId, ip: Option<String>) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        let found = media::find_signed(&mut tx, id).await?;
        drop(tx);
        let Some(row) = found else { return Ok(()) };
        let event = EventRow {
            id: self.inner.clock.new_id(),
            account_id: Some(row.account_id),
            at: self.inner.clock.now(),
            kind: EventKind::AccessDenied,
            actor: "nobody".to_owned(),
            subject: Some(id.to_string()),
            ip,
            detail: Some("signature".to_owned()),
        };
        let mut tx = self.inner.db.write().await?;
        events::insert(&mut tx, &event).await?;
        tx.commit().await
    }

    fn counts(&self, who: String) -> bool {
        self.inner.tries.counts(who, self.inner.clock.now())
    }
}

fn complain(written: Result<()>) {
    if let Err(error) = written {
        tracing::warn!(%error, "a try was not written down");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_tries_of_one_count_in_a_minute() {
        let (tries, now) = (Tries::default(), Timestamp::from_millis(1_000_000));
        let counted = (0..100).filter(|_| tries.counts("anna".to_owned(), now));
        assert_eq!(counted.count(), 10);
        assert!(tries.counts("eve".to_owned(), now), "each has their own");
        let later = Timestamp::from_millis(1_000_000 + MINUTE);
        assert!(tries.counts("anna".to_owned(), later));
    }
}

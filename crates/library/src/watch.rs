//! Looks again who asks, while a long request is under way.

use std::time::Duration;

use model::{Problem, Timestamp};

use crate::{
    Actor, Library, Result, Who,
    db::{embed_sessions, sessions, tokens},
};

/// How often it is asked: what was taken away holds within a minute, however long a body comes.
const EVERY: Duration = Duration::from_secs(20);

/// Somebody whose request is under way.
pub(crate) struct Watch {
    library: Library,
    actor: Actor,
    looked_at: Timestamp,
}

impl Library {
    /// Watches somebody whose request goes on for long.
    pub(crate) fn watch(&self, actor: &Actor) -> Watch {
        Watch {
            library: self.clone(),
            actor: actor.clone(),
            looked_at: self.inner.clock.now(),
        }
    }

    /// Whether somebody's session or token still lives, and their library with it.
    async fn still_lives(&self, actor: &Actor) -> Result<bool> {
        let mut tx = self.inner.db.read().await?;
        match actor.who {
            Who::User { session, .. } => {
                sessions::lives(&mut tx, session, self.inner.clock.now()).await
            }
            Who::Token(id) => tokens::lives(&mut tx, id).await,
            Who::Embed(id) => embed_sessions::lives(&mut tx, id, self.inner.clock.now()).await,
            Who::System => Ok(true),
        }
    }
}

impl Watch {
    /// Refuses to go on for somebody who was signed out or switched off meanwhile.
    pub async fn look(&mut self) -> Result<()> {
        let now = self.library.inner.clock.now();
        if now < self.looked_at.after(EVERY) {
            return Ok(());
        }
        self.looked_at = now;
        if self.library.still_lives(&self.actor).await? {
            Ok(())
        } else {
            Err(Problem::unauthenticated().into())
        }
    }
}

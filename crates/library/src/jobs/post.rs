//! The post: tells webhooks of what happened, a few at once, beside the workers who decode.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::survive::survive;
use crate::{Library, Result, db::jobs::Lane};

/// How often is looked for what happened, and for what is to be tried again.
const LOOK: Duration = Duration::from_secs(2);
/// The most that is sent at once; sending is waiting.
const AT_ONCE: usize = 8;

impl Library {
    /// Sends what is to be sent until it is told to stop, and then waits for what is under way.
    pub(super) async fn keep_posting(self, stop: CancellationToken) {
        let mut under_way = JoinSet::new();
        while !stop.is_cancelled() {
            if let Err(error) = survive(self.post_some(&mut under_way)).await {
                tracing::warn!(%error, "webhooks could not be told");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                Some(_) = under_way.join_next() => {}
                () = sleep(LOOK) => {}
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    /// Begins to send what is due, as far as there is room.
    async fn post_some(&self, under_way: &mut JoinSet<()>) -> Result<()> {
        while self.tell_some().await? {}
        while under_way.try_join_next().is_some() {}
        while under_way.len() < AT_ONCE {
            let Some(row) = self.claim_job(Lane::Post).await? else {
                break;
            };
            let library = self.clone();
            under_way.spawn(async move {
                if let Err(error) = library.run_claimed(&row).await {
                    tracing::warn!(job = %row.id, %error, "how a job went is not written down");
                }
            });
        }
        Ok(())
    }
}

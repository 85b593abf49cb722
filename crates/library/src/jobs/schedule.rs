//! What happens again and again: each round is run by one process, whichever is first.

use std::time::Duration;

use model::Timestamp;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::survive::survive;
use crate::{
    Library, Result,
    collector::GRACE,
    db::{Tx, jobs},
};

/// How often to look which rounds are due.
const LOOK: Duration = Duration::from_mins(1);
/// A round this late means that the clock jumped, or that nothing ran for long: either way
/// nothing is removed on its account before one more interval has passed.
const JUMP: Duration = Duration::from_hours(24);

/// How long the trash is left alone after a jump, so that somebody can set the clock right.
const HOLD: Duration = GRACE;
/// The row of `rounds` that says since when it is.
const HELD: &str = "purge_held";
/// The same for a start after nothing had run for a while: nobody saw what the clock did meanwhile.
const WAITS: &str = "purge_waits";
/// Nothing having run for longer than this is more than a restart.
const AWAY: Duration = Duration::from_hours(2);

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Something that happens again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    /// Blobs, uploads and strays.
    Collect,
    /// Bytes that no row ever pointed at; finding them lists the whole store.
    Sweep,
    /// Trash whose time is over.
    Purge,
    /// Sessions, tries to sign in, answers kept for retries.
    Forget,
    /// The storage meters.
    Recount,
}

/// What to do about a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    NotYet,
    Now,
    /// The time is not to be believed.
    Skip,
}

impl Round {
    const ALL: [Self; 5] = [
        Self::Collect,
        Self::Sweep,
        Self::Purge,
        Self::Forget,
        Self::Recount,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Sweep => "sweep",
            Self::Purge => "purge",
            Self::Forget => "forget",
            Self::Recount => "recount",
        }
    }

    const fn interval(self) -> Duration {
        match self {
            Self::Collect | Self::Purge | Self::Forget => HOUR,
            Self::Sweep | Self::Recount => DAY,
        }
    }

    /// Whether it is time, going by when the round last ran.
    fn due(self, ran_at: Timestamp, now: Timestamp) -> Due {
        if now.after(LOOK) < ran_at || now > ran_at.after(self.interval() + JUMP) {
            Due::Skip
        } else if now >= ran_at.after(self.interval()) {
            Due::Now
        } else {
            Due::NotYet
        }
    }
}

impl Library {
    /// Runs what is due until it is told to stop.
    pub(super) async fn keep_schedule(self, stop: CancellationToken) {
        loop {
            for round in Round::ALL {
                if let Err(error) = survive(self.keep_round(round)).await {
                    tracing::warn!(round = round.name(), %error, "a round failed");
                }
            }
            if let Err(error) = survive(self.write_uses()).await {
                tracing::warn!(%error, "which files were used is not written down yet");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Runs every round that is due once; for tests and the command line.
    pub async fn run_due_rounds(&self) -> Result<()> {
        for round in Round::ALL {
            self.keep_round(round).await?;
        }
        Ok(())
    }

    /// Until when the trash is left alone, because the clock jumped.
    pub(crate) async fn trash_held_until(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let mut tx = self.inner.db.read().await?;
        held_until(&mut tx, HELD, now).await
    }

    async fn keep_round(&self, round: Round) -> Result<()> {
        let now = self.inner.clock.now();
        let mut tx = self.inner.db.write().await?;
        let ran_at = jobs::find_round(&mut tx, round.name(), now).await?;
        let due = round.due(ran_at, now);
        let is_ours =
            due != Due::NotYet && jobs::take_round(&mut tx, round.name(), ran_at, now).await?;
        if round == Round::Purge && due == Due::Skip {
            jobs::hold(&mut tx, HELD, now).await?;
        }
        // One under way is not begun anew, or a machine that sleeps each night would never purge.
        if round == Round::Purge
            && ran_at.after(AWAY) < self.inner.started_at
            && held_until(&mut tx, WAITS, now).await?.is_none()
        {
            jobs::hold(&mut tx, WAITS, now).await?;
        }
        tx.commit().await?;
        match due {
            Due::Now if is_ours => self.run_round(round).await,
            Due::Skip if is_ours => {
                tracing::warn!(
                    round = round.name(), last = %ran_at, %now,
                    "the clock jumped, or nothing ran for long; this round is left out"
                );
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn run_round(&self, round: Round) -> Result<()> {
        match round {
            Round::Collect => self.collect_known().await.map(|_| ()),
            Round::Sweep => self.collect_garbage().await.map(|_| ()),
            Round::Purge => self.purge_unless_held().await,
            Round::Forget => self.forget_expired().await.map(|_| ()),
            Round::Recount => self.recount_usage().await,
        }
    }
}

impl Library {
    async fn purge_unless_held(&self) -> Result<()> {
        let now = self.inner.clock.now();
        if let Some(until) = self.trash_held_until(now).await? {
            tracing::error!(
                %until,
                "the clock jumped; the trash is left alone for a while. Check the clock"
            );
            return Ok(());
        }
        if let Some(until) = self.trash_waits_until(now).await? {
            tracing::info!(%until, "the trash is left alone for a while after a start");
            return Ok(());
        }
        let purged = self.purge_trash().await?;
        if purged.failed > 0 {
            tracing::error!(?purged, "the trash is not purged wholly");
        }
        Ok(())
    }

    /// Until when the trash is left alone because this process, or one after a long pause, has
    /// just begun: somebody may have started it with a wrong clock.
    async fn trash_waits_until(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let mut tx = self.inner.db.read().await?;
        let until = held_until(&mut tx, WAITS, now).await?;
        let begun = self.inner.started_at.after(Round::Purge.interval());
        Ok(until.max(Some(begun).filter(|begun| now < *begun)))
    }
}

/// Until when something is held, where it is.
async fn held_until(tx: &mut Tx, name: &str, now: Timestamp) -> Result<Option<Timestamp>> {
    let held = jobs::find_held(tx, name).await?;
    let until = held.map(|held| held.after(HOLD));
    // A hold that begins in the future is one from before the clock was set back.
    Ok(until.filter(|until| now < *until && now.after(LOOK) >= until.before(HOLD)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_runs_once_an_interval() {
        let ran_at = Timestamp::from_millis(1_000_000);

        assert_eq!(
            Round::Collect.due(ran_at, ran_at.after(HOUR / 2)),
            Due::NotYet
        );
        assert_eq!(Round::Collect.due(ran_at, ran_at.after(HOUR)), Due::Now);
        assert_eq!(Round::Recount.due(ran_at, ran_at.after(HOUR)), Due::NotYet);
    }

    #[test]
    fn a_clock_that_jumped_removes_nothing() {
        let ran_at = Timestamp::from_millis(1_800_000_000_000);

        assert_eq!(Round::Purge.due(ran_at, ran_at.after(DAY * 400)), Due::Skip);
        assert_eq!(Round::Purge.due(ran_at, ran_at.before(HOUR)), Due::Skip);
    }
}

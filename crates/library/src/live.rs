//! What happens in an account, told to whoever has it open, as it happens.
//!
//! Events are numbered in the order in which they were committed. While somebody listens, one
//! look a second at the number of each account's last event finds what this process or another
//! on the same database has done; nobody waits on a connection of their own.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{AccountId, LiveEvent, Problem, Right};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{MissedTickBehavior, interval},
};

use crate::{Actor, Library, Result, db::events};

/// How often is looked for what happened.
const LOOK: Duration = Duration::from_secs(1);
/// The most that is told one by one; whoever missed more looks at everything again.
const MOST: i64 = 200;
/// The most listeners of one person or program at once.
const LISTENERS: usize = 20;

/// What a listener is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Something happened.
    Event(LiveEvent),
    /// More happened than is told one by one: look at everything again. With the number of the
    /// last event.
    Reload(i64),
    /// Somebody may have lost a right: ask again whether the listener is still let in.
    Check,
}

/// Everybody who listens.
#[derive(Debug, Default)]
pub(crate) struct Hub(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    feeds: HashMap<AccountId, Feed>,
    listeners: HashMap<String, usize>,
    is_looking: bool,
}

#[derive(Debug)]
struct Feed {
    sender: broadcast::Sender<Told>,
    /// The number of the last event that was told.
    last: i64,
}

/// Somebody who listens to an account.
pub struct Follower {
    library: Library,
    who: String,
    receiver: broadcast::Receiver<Told>,
    /// What happened before they listened.
    missed: VecDeque<Told>,
    /// The number of the last event they were told of.
    last: i64,
}

impl Library {
    /// Listens to what happens in the actor's account, from after an event on where one is named.
    pub async fn follow_events(&self, actor: &Actor, since: Option<i64>) -> Result<Follower> {
        self.require(actor, Right::View).await?;
        let account = actor.account_id;
        let mut tx = self.inner.db.read().await?;
        let last = events::last_seq(&mut tx, account).await?;
        drop(tx);
        let who = actor.who.to_string();
        let receiver = self.inner.live.listen(account, &who, last)?;
        self.look_while_somebody_listens();
        // From here on it leaves when it is dropped, also while it still waits for the database.
        let mut follower = Follower {
            library: self.clone(),
            who,
            receiver,
            missed: VecDeque::new(),
            last,
        };
        // What is committed from here on is told; what was before is known or looked up.
        let mut tx = self.inner.db.read().await?;
        let last = events::last_seq(&mut tx, account).await?;
        drop(tx);
        follower.last = last;
        if let Some(since) = since {
            follower.catch_up(account, since, last).await?;
        }
        Ok(follower)
    }

    /// The number of the last event of the actor's account: who looks at something now listens
    /// from there on later, and misses nothing in between.
    pub async fn last_event(&self, actor: &Actor) -> Result<i64> {
        self.require(actor, Right::View).await?;
        let mut tx = self.inner.db.read().await?;
        events::last_seq(&mut tx, actor.account_id).await
    }

    /// Starts to look for what happened, unless that is done already.
    fn look_while_somebody_listens(&self) {
        let mut hub = self.inner.live.lock();
        if hub.is_looking {
            return;
        }
        hub.is_looking = true;
        drop(hub);
        let library = self.clone();
        tokio::spawn(async move {
            let mut ticks = interval(LOOK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            while let Some(feeds) = library.inner.live.listened() {
                for (account, last) in feeds {
                    if let Err(error) = library.tell(account, last).await {
                        tracing::warn!(%error, "what happened could not be told");
                    }
                }
                ticks.tick().await;
            }
        });
    }

    /// Tells the listeners of an account what happened after an event.
    async fn tell(&self, account: AccountId, last: i64) -> Result<()> {
        let mut tx = self.inner.db.read().await?;
        let newest = events::last_seq(&mut tx, account).await?;
        if newest <= last {
            return Ok(());
        }
        if newest - last > MOST {
            self.inner
                .live
                .send(account, newest, [Told::Reload(newest), Told::Check]);
            return Ok(());
        }
        let happened = events::list_after(&mut tx, account, last, MOST).await?;
        let newest = happened.last().map_or(newest, |event| event.seq);
        let told = happened.into_iter().filter_map(told);
        self.inner.live.send(account, newest, told);
        Ok(())
    }
}

/// What listeners are told of an event, where it is for them.
fn told(event: LiveEvent) -> Option<Told> {
    if event.kind.ends_access() {
        Some(Told::Check)
    } else if event.kind.is_of_library() {
        Some(Told::Event(event))
    } else {
        None
    }
}

impl Hub {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listen(
        &self,
        account: AccountId,
        who: &str,
        last: i64,
    ) -> Result<broadcast::Receiver<Told>> {
        let mut hub = self.lock();
        let listeners = hub.listeners.entry(who.to_owned()).or_default();
        if *listeners >= LISTENERS {
            return Err(Problem::too_many_requests(30).into());
        }
        *listeners += 1;
        let room = usize::try_from(MOST).unwrap_or_default() + 2;
        let feed = hub.feeds.entry(account).or_insert_with(|| Feed {
            sender: broadcast::channel(room).0,
            last,
        });
        Ok(feed.sender.subscribe())
    }

    fn leave(&self, who: &str) {
        let mut hub = self.lock();
        if let Some(listeners) = hub.listeners.get_mut(who) {
            *listeners -= 1;
            if *listeners == 0 {
                hub.listeners.remove(who);
            }
        }
    }

    /// Accounts somebody listens to, with the last event told; `None` where nobody does.
    fn listened(&self) -> Option<Vec<(AccountId, i64)>> {
        let mut hub = self.lock();
        hub.feeds.retain(|_, feed| feed.sender.receiver_count() > 0);
        if hub.feeds.is_empty() {
            hub.is_looking = false;
            return None;
        }
        let feeds = hub.feeds.iter();
        Some(feeds.map(|(account, feed)| (*account, feed.last)).collect())
    }

    fn send(&self, account: AccountId, last: i64, told: impl IntoIterator<Item = Told>) {
        let mut hub = self.lock();
        if let Some(feed) = hub.feeds.get_mut(&account) {
            feed.last = feed.last.max(last);
            for told in told {
                // Nobody left to hear it is no failure.
                let _ = feed.sender.send(told);
            }
        }
    }
}

impl Follower {
    /// The number of the last event that was told, to go on from later.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// What was missed, without waiting for more.
    pub fn missed(&mut self) -> Option<Told> {
        let told = self.missed.pop_front()?;
        self.note(&told);
        Some(told)
    }

    /// The next thing to be told.
    pub async fn next(&mut self) -> Told {
        loop {
            if let Some(told) = self.missed() {
                return told;
            }
            let told = match self.receiver.recv().await {
                Ok(told) => told,
                Err(RecvError::Lagged(_)) => Told::Reload(self.last),
                // The hub keeps the sender while somebody listens.
                Err(RecvError::Closed) => return std::future::pending().await,
            };
            let is_old = matches!(&told, Told::Event(event) if event.seq <= self.last);
            if !is_old {
                self.note(&told);
                return told;
            }
        }
    }

    fn note(&mut self, told: &Told) {
        match told {
            Told::Event(event) => self.last = self.last.max(event.seq),
            Told::Reload(last) => self.last = self.last.max(*last),
            Told::Check => {}
        }
    }

    /// Gathers what happened between an event and the start of listening.
    async fn catch_up(&mut self, account: AccountId, since: i64, last: i64) -> Result<()> {
        if since == last {
            return Ok(());
        }
        self.missed = if since < 0 || since > last || last - since > MOST {
            VecDeque::from([Told::Reload(last)])
        } else {
            let mut tx = self.library.inner.db.read().await?;
            let happened = events::list_after(&mut tx, account, since, MOST).await?;
            // Kept no longer: nobody knows what it was.
            let has_gap = happened.first().is_none_or(|first| first.seq != since + 1);
            if has_gap {
                VecDeque::from([Told::Reload(last)])
            } else {
                self.last = since;
                happened.into_iter().filter_map(told).collect()
            }
        };
        Ok(())
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.library.inner.live.leave(&self.who);
    }
}

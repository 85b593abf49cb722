//! Whose turn it is: shares of the decoder go to people who look first, then to uploads, then to
//! work that nobody waits for; among equals, to each account in turn.

mod line;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::AccountId;
use tokio::sync::{Notify, oneshot};

use line::Line;

/// How often in a row others may be let in before somebody of the lowest rank that waits.
const PATIENCE: u32 = 16;

/// Who waits for the decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Somebody looks at a page, or waits for a picture to be made.
    Viewer,
    /// A file that comes in is looked at before it is taken.
    Upload,
    /// Nobody waits, or for what takes longer than everything else.
    Later,
}

const RANKS: usize = 3;

/// The shares of a decoder, and who waits for them.
#[derive(Debug)]
pub(super) struct Turns {
    all: usize,
    state: Mutex<State>,
    /// Told of whoever comes, is waited for and needs all shares.
    crowd: Notify,
}

#[derive(Debug, Default)]
struct State {
    free: usize,
    /// Shares held by work that nobody waits for.
    later: usize,
    /// How often in a row a lower rank was passed over.
    passed: u32,
    waiting: [Line; RANKS],
}

#[derive(Debug)]
struct Waiter {
    shares: usize,
    grant: oneshot::Sender<Share>,
}

impl Waiter {
    /// Whether nobody waits any more.
    fn is_gone(&self) -> bool {
        self.grant.is_closed()
    }
}

/// Shares that are held; dropping them lets the next one in.
#[derive(Debug)]
pub(super) struct Share {
    turns: Arc<Turns>,
    rank: Rank,
    shares: usize,
}

impl Turns {
    /// So many shares, all free.
    pub fn new(all: usize) -> Arc<Self> {
        let state = State {
            free: all,
            ..State::default()
        };
        Arc::new(Self {
            all,
            state: Mutex::new(state),
            crowd: Notify::new(),
        })
    }

    /// Waits for shares; nothing where too many of the same account and rank wait already.
    pub async fn take(
        self: &Arc<Self>,
        rank: Rank,
        account: Option<AccountId>,
        shares: usize,
    ) -> Option<Share> {
        let (grant, granted) = oneshot::channel();
        let shares = shares.clamp(1, self.all);
        let waiter = Waiter { shares, grant };
        if !self.lock().waiting[rank as usize].join(account, waiter) {
            return None;
        }
        if shares == self.all && rank != Rank::Later {
            self.crowd.notify_waiters();
        }
        self.let_in();
        granted.await.ok()
    }

    /// Comes back once somebody has come who needs all shares, and for whom people wait.
    pub async fn crowded(&self) {
        self.crowd.notified().await;
    }

    /// How many shares there are.
    pub fn all(&self) -> usize {
        self.all
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.lock().waiting.iter().map(Line::len).sum()
    }

    /// Gives out what is free; who has gone meanwhile gives it back at once.
    fn let_in(self: &Arc<Self>) {
        loop {
            let next = self.lock().next(self.all);
            let Some((rank, waiter)) = next else {
                return;
            };
            let share = Share {
                turns: Arc::clone(self),
                rank,
                shares: waiter.shares,
            };
            // Not under the lock: a share that nobody takes comes back as it is dropped.
            drop(waiter.grant.send(share));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Who is let in now, with their shares taken.
    ///
    /// Nobody passes one who waits for more shares than are free, so that these come to be free.
    fn next(&mut self, all: usize) -> Option<(Rank, Waiter)> {
        let mut ranks = [Rank::Viewer, Rank::Upload, Rank::Later].into_iter();
        self.waiting.iter_mut().for_each(Line::forget_gone);
        let waits = |rank: &Rank| self.waiting[*rank as usize].first().is_some();
        let first = ranks.clone().find(waits)?;
        let last = ranks.rfind(waits)?;
        let is_overdue = self.passed >= PATIENCE && self.may(last, all);
        let rank = if is_overdue { last } else { first };
        let wanted = self.waiting[rank as usize].first()?.shares;
        if wanted > self.free || !self.may(rank, all) {
            return None;
        }
        self.passed = if rank < last { self.passed + 1 } else { 0 };
        self.free -= wanted;
        if rank == Rank::Later {
            self.later += wanted;
        }
        let waiter = self.waiting[rank as usize].pop()?;
        Some((rank, waiter))
    }

    /// Whether one share stays for people if the first of a rank is let in; who needs all shares
    /// has all of them.
    fn may(&self, rank: Rank, all: usize) -> bool {
        let wanted = self.waiting[rank as usize].first().map_or(0, |w| w.shares);
        rank != Rank::Later || wanted == all || self.later + wanted < all
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        {
            let mut state = self.turns.lock();
            state.free += self.shares;
            if self.rank == Rank::Later {
                state.later -= self.shares;
            }
        }
        self.turns.let_in();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use model::id::Id as _;

    use super::{line::MAX_WAITING, *};

    type Waiting = std::pin::Pin<Box<dyn Future<Output = Option<Share>>>>;

    /// Somebody who comes, and goes again where there is no share at once.
    fn comes(turns: &Arc<Turns>, rank: Rank, shares: usize) -> Option<Share> {
        turns.take(rank, None, shares).now_or_never().flatten()
    }

    /// Somebody who has come and stays, and has no share yet.
    fn waits(turns: &Arc<Turns>, rank: Rank, shares: usize) -> Waiting {
        waits_for(turns, rank, None, shares)
    }

    fn waits_for(
        turns: &Arc<Turns>,
        rank: Rank,
        account: Option<AccountId>,
        shares: usize,
    ) -> Waiting {
        let turns = Arc::clone(turns);
        let mut taking: Waiting = Box::pin(async move { turns.take(rank, account, shares).await });
        assert!((&mut taking).now_or_never().is_none(), "it waits");
        taking
    }

    /// Two accounts that wait beside one another.
    fn accounts() -> [Option<AccountId>; 2] {
        [1, 2].map(|number| Some(AccountId::from_parts(0, number)))
    }

    fn is_in(waiting: &mut Waiting) -> Option<Share> {
        waiting.now_or_never().flatten()
    }

    #[test]
    fn who_looks_goes_first_and_what_nobody_waits_for_last() {
        let turns = Turns::new(1);
        let at_work = comes(&turns, Rank::Upload, 1).expect("free");
        let mut later = waits(&turns, Rank::Later, 1);
        let mut uploads = [
            waits(&turns, Rank::Upload, 1),
            waits(&turns, Rank::Upload, 1),
        ];
        let mut viewer = waits(&turns, Rank::Viewer, 1);

        drop(at_work);
        let looking = is_in(&mut viewer).expect("first");
        assert!(is_in(&mut uploads[0]).is_none());
        drop(looking);
        let first = is_in(&mut uploads[0]).expect("then uploads, as they came");
        assert!(is_in(&mut uploads[1]).is_none());
        drop(first);
        let second = is_in(&mut uploads[1]).expect("the next");
        assert!(is_in(&mut later).is_none());
        drop(second);
        assert!(is_in(&mut later).is_some());
    }

    #[test]
    fn work_for_later_leaves_a_share_for_people() {
        let turns = Turns::new(2);
        let _later = comes(&turns, Rank::Later, 1).expect("free");
        let _waiting = waits(&turns, Rank::Later, 1);
        for _ in 0..100 {
            assert!(comes(&turns, Rank::Viewer, 1).is_some());
        }
    }

    #[test]
    fn who_needs_all_shares_gets_them_and_is_not_passed_by_equals() {
        let turns = Turns::new(2);
        let light = comes(&turns, Rank::Upload, 1).expect("free");
        let mut heavy = waits(&turns, Rank::Upload, 2);
        let mut behind = waits(&turns, Rank::Upload, 1);
        drop(light);
        let alone = is_in(&mut heavy).expect("alone");
        assert!(is_in(&mut behind).is_none());
        drop(alone);
        assert!(is_in(&mut behind).is_some());
        assert!(comes(&turns, Rank::Later, 2).is_some(), "also for later");
    }

    #[test]
    fn who_needs_all_shares_is_told_of_and_others_are_not() {
        let turns = Turns::new(2);
        let _guest = comes(&turns, Rank::Later, 1).expect("free");
        let mut crowded = Box::pin(turns.crowded());
        assert!((&mut crowded).now_or_never().is_none());

        let light = comes(&turns, Rank::Viewer, 1).expect("free");
        let _second = waits(&turns, Rank::Viewer, 1);
        assert!((&mut crowded).now_or_never().is_none());
        drop(light);

        let _patient = waits(&turns, Rank::Later, 2);
        assert!((&mut crowded).now_or_never().is_none());
        let _heavy = waits(&turns, Rank::Upload, 2);
        assert!((&mut crowded).now_or_never().is_some());
    }

    #[test]
    fn nobody_waits_for_ever() {
        let turns = Turns::new(1);
        let mut held = Some(comes(&turns, Rank::Viewer, 1).expect("free"));
        let mut later = waits(&turns, Rank::Later, 1);
        let mut turn = 0;
        while is_in(&mut later).is_none() {
            turn += 1;
            assert!(turn < 100, "the last one waits for ever");
            let mut viewer = waits(&turns, Rank::Viewer, 1);
            drop(held.take());
            held = is_in(&mut viewer);
            assert!(held.is_some() || turn > 10);
        }
    }

    #[test]
    fn who_goes_away_leaves_its_turn_to_the_next() {
        let turns = Turns::new(1);
        let at_work = comes(&turns, Rank::Viewer, 1).expect("free");
        let gone = waits(&turns, Rank::Viewer, 1);
        let granted = waits(&turns, Rank::Viewer, 1);
        let mut next = waits(&turns, Rank::Viewer, 1);
        drop(gone);
        drop(at_work);
        // It was given its share, and never came for it.
        drop(granted);
        assert!(is_in(&mut next).is_some());
    }

    #[test]
    fn accounts_have_their_turns_however_many_files_one_of_them_sends() {
        let turns = Turns::new(1);
        let at_work = comes(&turns, Rank::Upload, 1).expect("free");
        let [mine, other] = accounts();
        let mut crowd: Vec<_> = (0..500)
            .map(|_| waits_for(&turns, Rank::Upload, mine, 1))
            .collect();
        let gone = waits_for(&turns, Rank::Upload, other, 1);
        let mut single = waits_for(&turns, Rank::Upload, other, 1);
        drop(gone);

        drop(at_work);
        let first = is_in(&mut crowd[0]).expect("came first");
        assert!(is_in(&mut single).is_none());
        drop(first);
        let second = is_in(&mut single).expect("not behind the crowd");
        drop(second);
        let third = is_in(&mut crowd[1]).expect("the crowd goes on");
        drop(third);
        assert!(is_in(&mut crowd[2]).is_some());
    }

    #[test]
    fn a_crowd_turns_away_its_own_alone() {
        let turns = Turns::new(1);
        let _at_work = comes(&turns, Rank::Upload, 1).expect("free");
        let [mine, other] = accounts();
        let _crowd: Vec<_> = (0..MAX_WAITING)
            .map(|_| waits_for(&turns, Rank::Upload, mine, 1))
            .collect();
        let refused = turns.take(Rank::Upload, mine, 1).now_or_never();
        assert!(refused.is_some_and(|share| share.is_none()), "told at once");
        let _other = waits_for(&turns, Rank::Upload, other, 1);
        let _viewer = waits_for(&turns, Rank::Viewer, mine, 1);
    }
}

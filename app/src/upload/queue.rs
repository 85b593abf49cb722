//! The queue: every file on its way, and whose turn it is. It knows neither network nor browser.

mod commands;
mod overview;
#[cfg(test)]
mod tests;

pub use overview::{Overview, Totals};

use model::{AssetId, ByteSize, Problem};

use super::{
    backoff,
    item::{Cropping, FileFacts, Item, ItemId, Millis, Place, Sending, Ticket},
    speed::Speed,
    tus::{self, Answer, Meaning, Step},
};

/// How many files move at a time.
pub const LANES: usize = 3;

/// Files on their way, in the order they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// Ascending by id.
    items: Vec<Item>,
    next_id: u32,
    speed: Speed,
    /// Whether moving waits for somebody to sign in again.
    signed_out: bool,
    /// The picture in the editor.
    pub cropping: Option<Cropping>,
}

/// What the mover of a file does after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The next request, at once.
    GoOn,
    /// The asset is there.
    Finished(AssetId),
    /// Nothing more for now.
    Stop,
}

impl Queue {
    /// Adds a file; its turn comes.
    pub fn add(&mut self, facts: FileFacts, place: Place, now: Millis) -> ItemId {
        let sent = ByteSize::ZERO;
        self.push(facts, place, Sending::Waiting { sent }, now)
    }

    /// Adds a file that breaks a rule, so that nobody wonders where it is.
    pub fn add_refused(
        &mut self,
        facts: FileFacts,
        place: Place,
        problem: Problem,
        now: Millis,
    ) -> ItemId {
        self.push(facts, place, Sending::Refused(Box::new(problem)), now)
    }

    pub(super) fn push(
        &mut self,
        facts: FileFacts,
        place: Place,
        state: Sending,
        now: Millis,
    ) -> ItemId {
        let id = ItemId(self.next_id);
        self.next_id += 1;
        self.items.push(Item {
            id,
            facts,
            place,
            state,
            url: None,
            offset: None,
            arrived: 0,
            attempts: 0,
            added_at: now,
            kept: None,
            key: None,
            may_be_there: false,
            was: None,
            nowhere: None,
            is_unseen: false,
            run: 0,
            since: 0,
        });
        id
    }

    /// A file, while it is in the queue.
    pub fn find(&self, id: ItemId) -> Option<&Item> {
        let at = self.items.binary_search_by_key(&id, |item| item.id).ok()?;
        self.items.get(at)
    }

    pub(super) fn find_mut(&mut self, id: ItemId) -> Option<&mut Item> {
        let at = self.items.binary_search_by_key(&id, |item| item.id).ok()?;
        self.items.get_mut(at)
    }

    /// Every file, in the order they came.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Starts as many files as there are free lanes; those that rested long enough first.
    pub fn start(&mut self, now: Millis) -> Vec<Ticket> {
        if self.signed_out {
            return Vec::new();
        }
        let moving = |item: &&Item| matches!(item.state, Sending::Moving { .. });
        let free = LANES.saturating_sub(self.items.iter().filter(moving).count());
        let mut ready: Vec<&mut Item> = self
            .items
            .iter_mut()
            .filter(|item| is_ready(item, now))
            .collect();
        ready.sort_by_key(|item| matches!(item.state, Sending::Waiting { .. }));
        ready.into_iter().take(free).map(begin).collect()
    }

    /// When the next file has rested enough.
    pub fn next_wake(&self) -> Option<Millis> {
        self.items
            .iter()
            .filter_map(|item| match item.state {
                Sending::Resting { until, .. } => Some(until),
                _ => None,
            })
            .min()
    }

    /// The next request for a file, while its attempt holds.
    pub fn step(&self, ticket: Ticket) -> Option<Step> {
        let item = self.held(ticket)?;
        let size = item.facts.size.as_u64();
        // Three files share the line.
        let seconds = self
            .speed
            .seconds_for(size.saturating_mul(u64::try_from(LANES).unwrap_or(1)));
        let url = item.url.as_deref();
        if url.is_none() && item.may_be_there {
            return Some(Step::Create);
        }
        Some(tus::next_step(
            url,
            item.offset,
            size,
            item.attempts,
            seconds,
        ))
    }

    /// Takes note that an upload is about to begin, under a key of its own; of a file that is sent
    /// whole, that it may be there should no answer come.
    pub fn begins(&mut self, ticket: Ticket, step: Step, key: impl FnOnce() -> String) {
        if let Some(item) = self.held_mut(ticket).filter(|_| step.begins()) {
            item.key.get_or_insert_with(key);
            item.may_be_there |= step == Step::CreateWhole;
        }
    }

    /// Takes note that bytes left.
    pub fn moved(&mut self, ticket: Ticket, sent: u64, now: Millis) {
        let Some(item) = self.held_mut(ticket) else {
            return;
        };
        let before = item.state.sent().as_u64();
        let sent = sent.min(item.facts.size.as_u64());
        item.state = Sending::Moving {
            sent: ByteSize::bytes(sent),
        };
        self.speed.note(sent.saturating_sub(before), now);
    }

    /// Time passes: where files should move and none does, the speed falls.
    pub fn rests(&mut self, now: Millis) {
        let is_moving = |item: &Item| matches!(item.state, Sending::Moving { .. });
        if self.items.iter().any(is_moving) {
            self.speed.note(0, now);
        }
    }

    /// Takes an answer and tells what comes next.
    pub fn answered(&mut self, ticket: Ticket, step: Step, answer: &Answer, now: Millis) -> Turn {
        let Some(item) = self.held_mut(ticket) else {
            return Turn::Stop;
        };
        // Its beginning was asked for before, and no answer came.
        let attempts = item.attempts.max(u32::from(item.may_be_there));
        let meaning = tus::read(step, answer, item.facts.size.as_u64(), attempts);
        match meaning {
            Meaning::SignedOut => {
                self.sign_out();
                return Turn::Stop;
            }
            // Nothing is said yet of what was begun.
            Meaning::Later(_) | Meaning::Failed(_) => {}
            _ => {
                item.key = None;
                item.may_be_there = false;
            }
        }
        apply(item, meaning, now)
    }

    /// Takes note that the connection broke.
    pub fn broke(&mut self, ticket: Ticket, now: Millis) {
        if let Some(item) = self.held_mut(ticket) {
            rest(item, None, now);
        }
    }

    /// Gives a file up for good, as it is.
    pub fn refuse(&mut self, id: ItemId, problem: Problem) {
        if let Some(item) = self.find_mut(id) {
            item.state = Sending::Refused(Box::new(problem));
        }
    }

    fn held(&self, ticket: Ticket) -> Option<&Item> {
        self.find(ticket.id).filter(|item| is_held(item, ticket))
    }

    fn held_mut(&mut self, ticket: Ticket) -> Option<&mut Item> {
        self.find_mut(ticket.id)
            .filter(|item| is_held(item, ticket))
    }
}

fn is_held(item: &Item, ticket: Ticket) -> bool {
    item.run == ticket.run && matches!(item.state, Sending::Moving { .. })
}

fn is_ready(item: &Item, now: Millis) -> bool {
    match item.state {
        Sending::Waiting { .. } => true,
        Sending::Resting { until, .. } => until <= now,
        _ => false,
    }
}

fn begin(item: &mut Item) -> Ticket {
    item.state = Sending::Moving {
        sent: item.state.sent(),
    };
    item.run += 1;
    item.ticket()
}

fn apply(item: &mut Item, meaning: Meaning, now: Millis) -> Turn {
    match meaning {
        Meaning::Stands { url, offset } => {
            item.url = url.or(item.url.take());
            stand(item, offset);
            return Turn::GoOn;
        }
        Meaning::Finished(asset_id) => {
            item.state = Sending::Done(asset_id);
            return Turn::Finished(asset_id);
        }
        Meaning::Unsure => {
            item.offset = None;
            rest(item, Some(0), now);
        }
        Meaning::Lost => {
            forget_course(item);
            rest(item, Some(0), now);
        }
        Meaning::Spent => {
            item.attempts = 0;
            forget_course(item);
            return Turn::GoOn;
        }
        Meaning::Later(seconds) => rest(item, seconds, now),
        Meaning::Failed(problem) => item.state = Sending::Failed(Box::new(problem)),
        Meaning::Refused(problem) => item.state = Sending::Refused(Box::new(problem)),
        Meaning::SignedOut => {}
    }
    Turn::Stop
}

/// The server holds bytes up to `offset`; what has newly arrived clears old failures.
fn stand(item: &mut Item, offset: u64) {
    if offset > item.arrived {
        item.arrived = offset;
        item.attempts = 0;
    }
    item.offset = Some(offset);
    item.state = Sending::Moving {
        sent: ByteSize::bytes(offset.min(item.facts.size.as_u64())),
    };
}

/// Rests, and asks the server where it stands before going on.
fn rest(item: &mut Item, retry_after: Option<u64>, now: Millis) {
    item.attempts = item.attempts.saturating_add(1);
    item.offset = None;
    item.state = Sending::Resting {
        sent: item
            .url
            .as_ref()
            .map_or(ByteSize::ZERO, |_| item.state.sent()),
        until: now + backoff::rest(item.attempts, retry_after),
    };
}

fn forget_course(item: &mut Item) {
    item.url = None;
    item.offset = None;
    item.arrived = 0;
    item.state = Sending::Moving {
        sent: ByteSize::ZERO,
    };
}

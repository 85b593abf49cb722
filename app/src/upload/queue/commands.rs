//! What people do with files on their way: pause, resume, retry, cancel, choose again.

use model::{ByteSize, placement::Nowhere};

use super::Queue;
use crate::upload::item::{FileFacts, Item, ItemId, Made, Millis, Sending, Ticket};

/// What a cancelled file leaves behind to be cleaned away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leftover {
    /// The upload on the server.
    pub url: Option<String>,
    /// The file kept in the browser.
    pub kept: Option<String>,
}

impl Queue {
    /// Stops a file until somebody resumes it.
    pub fn pause(&mut self, id: ItemId) {
        if let Some(item) = self.find_mut(id) {
            pause(item);
        }
    }

    /// Lets a paused file go on.
    pub fn resume(&mut self, id: ItemId) {
        if let Some(item) = self.find_mut(id) {
            resume(item);
        }
    }

    /// Tries a file again that did not work.
    pub fn retry(&mut self, id: ItemId) {
        if let Some(item) = self.find_mut(id) {
            retry(item);
        }
    }

    /// Notes why no placement takes a file.
    pub fn hint(&mut self, id: ItemId, why: Nowhere) {
        if let Some(item) = self.find_mut(id) {
            item.nowhere = Some(why);
        }
    }

    /// Stops every file that goes.
    pub fn pause_all(&mut self) {
        self.items.iter_mut().for_each(pause);
    }

    /// Lets every paused file go on.
    pub fn resume_all(&mut self) {
        self.items.iter_mut().for_each(resume);
    }

    /// Tries every file again that did not work.
    pub fn retry_all(&mut self) {
        self.items.iter_mut().for_each(retry);
    }

    /// Takes a file out; what it leaves is for the caller to clean away.
    pub fn cancel(&mut self, id: ItemId) -> Option<Leftover> {
        let at = self.items.binary_search_by_key(&id, |item| item.id).ok()?;
        let item = self.items.remove(at);
        Some(leftover(item))
    }

    /// Files that [`Self::cancel`] would stop: all that are not in the library yet.
    pub fn unfinished(&self) -> Vec<ItemId> {
        self.items
            .iter()
            .filter(|item| !item.state.is_done())
            .map(|item| item.id)
            .collect()
    }

    /// Takes the files out that are in the library.
    pub fn clear_done(&mut self) {
        self.items.retain(|item| !item.state.is_done());
        if self.items.is_empty() {
            self.speed.reset();
        }
    }

    /// The network is back: nobody rests any longer.
    pub fn wake(&mut self, now: Millis) {
        for item in &mut self.items {
            if let Sending::Resting { until, .. } = &mut item.state {
                *until = now;
            }
        }
    }

    /// Nobody is signed in: what moves waits where it is.
    pub(super) fn sign_out(&mut self) {
        self.signed_out = true;
        for item in &mut self.items {
            if let Sending::Moving { sent } | Sending::Resting { sent, .. } = item.state {
                item.run += 1;
                item.offset = None;
                item.state = Sending::Waiting { sent };
            }
        }
    }

    /// Somebody may be signed in again.
    pub fn sign_in(&mut self) {
        self.signed_out = false;
    }

    /// Whether moving waits for somebody to sign in again.
    pub fn is_signed_out(&self) -> bool {
        self.signed_out
    }

    /// Another file is being made of this one.
    pub fn making(&mut self, id: ItemId, made: Made) {
        if let Some(item) = self.find_mut(id) {
            item.run += 1;
            item.state = Sending::Making(made);
        }
    }

    /// Goes on with what was made of a file; what the file itself leaves is to be cleaned away.
    pub fn replace(&mut self, id: ItemId, facts: FileFacts, made: Made) -> Option<Leftover> {
        let item = self.find_mut(id)?;
        let leftover = Leftover {
            url: item.url.take(),
            kept: item.kept.take(),
        };
        item.run += 1;
        item.since = item.run + 1;
        item.was = Some((made, item.facts.size));
        item.facts = facts;
        item.key = None;
        item.may_be_there = false;
        item.offset = None;
        item.arrived = 0;
        item.attempts = 0;
        item.nowhere = None;
        item.state = Sending::Waiting {
            sent: ByteSize::ZERO,
        };
        Some(leftover)
    }

    /// Goes on with a file of which nothing was made, noting whether anything here can show it.
    pub fn keep(&mut self, id: ItemId, is_unseen: bool) {
        if let Some(item) = self.find_mut(id) {
            item.is_unseen = is_unseen;
            item.state = Sending::Waiting {
                sent: ByteSize::ZERO,
            };
        }
    }

    /// Takes up a file that an earlier page did not finish.
    pub fn take_up(&mut self, item: Item, now: Millis) -> ItemId {
        let id = self.push(item.facts, item.place, item.state, now);
        if let Some(new) = self.find_mut(id) {
            new.url = item.url;
            new.kept = item.kept;
            new.key = item.key;
            new.attempts = item.attempts;
            new.may_be_there = item.may_be_there;
            new.was = item.was;
        }
        id
    }

    /// Finds the file that waits to be chosen again, if this is it, and lets it go on.
    pub fn recognize(&mut self, facts: &FileFacts) -> Option<ItemId> {
        let item = self.items.iter_mut().find(|item| {
            matches!(item.state, Sending::Absent { .. }) && item.facts.is_same_file(facts)
        })?;
        found(item);
        Some(item.id)
    }

    /// A file that was thought absent is at hand.
    pub fn found(&mut self, id: ItemId) {
        if let Some(item) = self.find_mut(id) {
            found(item);
        }
    }

    /// Remembers the upload on the server of a file that was stopped while it was made.
    ///
    /// Hands the address back where there is no such file any more, or another in its place.
    pub fn made(&mut self, ticket: Ticket, url: String) -> Option<String> {
        match self.find_mut(ticket.id) {
            Some(item) if !item.state.is_done() && ticket.run >= item.since => {
                item.url.get_or_insert(url);
                None
            }
            _ => Some(url),
        }
    }

    /// Remembers under which key the browser keeps a file.
    pub fn kept(&mut self, id: ItemId, key: Option<String>) {
        if let Some(item) = self.find_mut(id) {
            item.kept = key;
        }
    }
}

fn leftover(item: Item) -> Leftover {
    Leftover {
        url: item.url.filter(|_| !item.state.is_done()),
        kept: item.kept,
    }
}

fn pause(item: &mut Item) {
    if let Sending::Waiting { sent } | Sending::Moving { sent } | Sending::Resting { sent, .. } =
        item.state
    {
        // Without an upload on the server there is nothing to go on from.
        let sent = item.url.as_ref().map_or(ByteSize::ZERO, |_| sent);
        item.run += 1;
        item.offset = None;
        item.state = Sending::Paused { sent };
    }
}

fn resume(item: &mut Item) {
    if let Sending::Paused { sent } = item.state {
        item.state = Sending::Waiting { sent };
    }
}

fn retry(item: &mut Item) {
    match &item.state {
        Sending::Failed(_) | Sending::Refused(_) => {
            item.attempts = 0;
            item.offset = None;
            item.state = Sending::Waiting {
                sent: ByteSize::ZERO,
            };
        }
        Sending::Resting { sent, .. } => item.state = Sending::Waiting { sent: *sent },
        _ => {}
    }
}

fn found(item: &mut Item) {
    if let Sending::Absent { sent } = item.state {
        item.state = Sending::Waiting { sent };
    }
}

//! The queue as people see it: figures of the whole, and which files to show.

use model::ByteSize;

use super::Queue;
use crate::upload::item::{Group, Item, ItemId, Sending, percent};

/// Figures of the whole queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub all: usize,
    pub done: usize,
    /// Files that nothing happens to without a person.
    pub need_you: usize,
    pub moving: usize,
    pub waiting: usize,
    pub paused: usize,
    /// Files that wait to be chosen again.
    pub absent: usize,
    /// Bytes of all files but those refused.
    pub bytes: ByteSize,
    pub sent: ByteSize,
    pub bytes_per_second: Option<u64>,
    pub seconds_left: Option<u64>,
    pub signed_out: bool,
}

impl Totals {
    /// Whole percents of all bytes.
    pub fn percent(&self) -> u64 {
        percent(self.sent, self.bytes)
    }

    /// Whether files are not in the library yet and still may get there.
    pub fn is_unfinished(&self) -> bool {
        self.moving + self.waiting + self.paused + self.absent > 0
    }

    /// Whether files are on their way, or will be without anybody's help.
    pub fn is_going(&self) -> bool {
        self.moving + self.waiting > 0
    }
}

/// The files to show, and how many are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    pub rows: Vec<ItemId>,
    /// Files waiting that are not shown.
    pub more_waiting: usize,
    /// Files in the library that are not shown.
    pub more_done: usize,
    /// Files of the other groups that are not shown.
    pub more: usize,
}

impl Queue {
    /// Adds the figures up.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals {
            all: self.items.len(),
            signed_out: self.signed_out,
            ..Totals::default()
        };
        self.items.iter().for_each(|item| totals.count(item));
        if totals.moving > 0 {
            let left = totals.bytes.saturating_sub(totals.sent).as_u64();
            totals.bytes_per_second = self.speed.bytes_per_second();
            totals.seconds_left = self.speed.seconds_for(left);
        }
        totals
    }

    /// Chooses at most so many files to show: those that need a person first.
    pub fn overview(&self, most: usize) -> Overview {
        let mut rows: Vec<(Group, ItemId)> = self
            .items
            .iter()
            .map(|item| (item.state.group(), item.id))
            .collect();
        rows.sort_by_key(|(group, _)| *group);
        let hidden = rows.split_off(most.min(rows.len()));
        let count = |wanted| hidden.iter().filter(|(group, _)| *group == wanted).count();
        let (more_waiting, more_done) = (count(Group::Waiting), count(Group::Done));
        Overview {
            rows: rows.into_iter().map(|(_, id)| id).collect(),
            more_waiting,
            more_done,
            more: hidden.len() - more_waiting - more_done,
        }
    }
}

impl Totals {
    fn count(&mut self, item: &Item) {
        let size = item.facts.size;
        let bytes = match &item.state {
            Sending::Refused(_) => ByteSize::ZERO,
            _ => size,
        };
        self.bytes = self.bytes + bytes;
        self.sent = self.sent
            + match item.state {
                Sending::Done(_) => size,
                _ => item.state.sent(),
            };
        match item.state {
            Sending::Done(_) => self.done += 1,
            Sending::Moving { .. } | Sending::Resting { .. } | Sending::Making(_) => {
                self.moving += 1;
            }
            Sending::Waiting { .. } => self.waiting += 1,
            Sending::Paused { .. } => self.paused += 1,
            Sending::Failed(_) | Sending::Refused(_) => self.need_you += 1,
            Sending::Absent { .. } => {
                self.need_you += 1;
                self.absent += 1;
            }
        }
    }
}

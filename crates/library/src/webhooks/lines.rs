//! Lines to places that are open at once: one that is slow does not hold those that others need.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{Timestamp, WebhookId};

/// Whoever takes longer to answer is slow.
const SLOW: Duration = Duration::from_secs(1);
/// How long a place is taken for slow from then on.
const REMEMBERED: Duration = Duration::from_mins(1);
/// The most lines that a slow place holds.
const MOST: usize = 2;
/// How long what is more is put off.
pub(super) const PUT_OFF: Duration = Duration::from_secs(2);

/// The lines to all places, as this process knows them.
#[derive(Debug, Default)]
pub(crate) struct Lines(Mutex<HashMap<WebhookId, Place>>);

#[derive(Debug, Default)]
struct Place {
    open: usize,
    slow_until: Option<Timestamp>,
}

impl Place {
    fn is_slow(&self, now: Timestamp) -> bool {
        self.slow_until.is_some_and(|until| now < until)
    }
}

impl Lines {
    /// A line to a place; nothing where it is slow and holds enough of them.
    pub(super) fn open(self: &Arc<Self>, webhook: WebhookId, now: Timestamp) -> Option<Line> {
        let mut places = self.lock();
        places.retain(|_, place| place.open > 0 || place.is_slow(now));
        let place = places.entry(webhook).or_default();
        if place.is_slow(now) && place.open >= MOST {
            return None;
        }
        place.open += 1;
        Some(Line {
            lines: Arc::clone(self),
            webhook,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WebhookId, Place>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line that is open; dropping it closes it.
#[derive(Debug)]
pub(super) struct Line {
    lines: Arc<Lines>,
    webhook: WebhookId,
}

impl Line {
    /// Closes it once there is an answer, or none, and remembers whether that took long.
    pub fn close(self, begun: Timestamp, now: Timestamp) {
        if now.since(begun) > SLOW
            && let Some(place) = self.lines.lock().get_mut(&self.webhook)
        {
            place.slow_until = Some(now.after(REMEMBERED));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(place) = self.lines.lock().get_mut(&self.webhook) {
            place.open -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use model::id::Id as _;

    use super::*;

    fn webhook(number: u128) -> WebhookId {
        WebhookId::from_parts(1, number)
    }

    fn after(seconds: u64) -> Timestamp {
        Timestamp::from_millis(0).after(Duration::from_secs(seconds))
    }

    fn opened(lines: &Arc<Lines>, seconds: u64) -> Vec<Line> {
        std::iter::repeat_with(|| lines.open(webhook(1), after(seconds)))
            .take(8)
            .flatten()
            .collect()
    }

    #[test]
    fn a_quick_place_takes_all_lines() {
        let lines = Arc::default();
        for line in opened(&lines, 0) {
            line.close(after(0), after(1));
        }
        assert_eq!(opened(&lines, 2).len(), 8);
    }

    #[test]
    fn a_slow_place_holds_two_until_it_is_quick_for_a_minute() {
        let lines = Arc::default();
        for line in opened(&lines, 0) {
            line.close(after(0), after(10));
        }
        let held = opened(&lines, 11);
        assert_eq!(held.len(), 2);
        assert!(lines.open(webhook(2), after(11)).is_some());
        for line in held {
            line.close(after(11), after(12));
        }
        assert_eq!(opened(&lines, 69).len(), 2);
        assert_eq!(opened(&lines, 71).len(), 8);
    }

    #[test]
    fn nothing_is_remembered_of_places_without_lines_that_are_not_slow() {
        let lines = Arc::<Lines>::default();
        drop(opened(&lines, 0));
        drop(lines.open(webhook(2), after(1)));
        assert_eq!(lines.lock().len(), 1);
    }
}

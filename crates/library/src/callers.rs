//! Remembers for a moment who has a session or a token, and what their account may, so that not
//! every request asks the database.
//!
//! What this process changes counts from the next request on: each change of a session, a token, a
//! person or an account makes all of it forgotten. What another process changes, such as somebody
//! at the command line, counts when the moment is over.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::Timestamp;

/// How long somebody is believed whom another process may have changed.
const FRESH: Duration = Duration::from_secs(2);
/// The most that are remembered.
const MOST: usize = 10_000;

/// Callers or their accounts by a key, as read a moment ago.
pub(crate) struct Callers<K, T> {
    held: Mutex<HashMap<K, Held<T>>>,
}

struct Held<T> {
    caller: T,
    read_at: Timestamp,
    /// How many changes there had been before it was read.
    changes: u64,
}

impl<K, T> Default for Callers<K, T> {
    fn default() -> Self {
        Self {
            held: Mutex::default(),
        }
    }
}

impl<K: Eq + Hash, T: Clone> Callers<K, T> {
    /// Whoever has this key, where it was read just now and nothing has changed since.
    pub fn find(&self, key: &K, now: Timestamp, changes: u64) -> Option<T> {
        let held = self.held();
        let found = held.get(key)?;
        let is_fresh = found.read_at <= now && now < found.read_at.after(FRESH);
        (is_fresh && found.changes == changes).then(|| found.caller.clone())
    }

    /// Remembers who was read; `changes` is the number of changes before that.
    pub fn hold(&self, key: K, caller: T, now: Timestamp, changes: u64) {
        let mut held = self.held();
        if held.len() >= MOST {
            held.clear();
        }
        let read = Held {
            caller,
            read_at: now,
            changes,
        };
        held.insert(key, read);
    }

    /// Forgets one, of whom something was just written down.
    pub fn forget(&self, key: &K) {
        self.held().remove(key);
    }

    fn held(&self) -> MutexGuard<'_, HashMap<K, Held<T>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables that say who may call.
    const TABLES: [(&str, &str); 5] = [
        ("sessions", include_str!("db/sessions.rs")),
        ("tokens", include_str!("db/tokens.rs")),
        ("embed_sessions", include_str!("db/embed_sessions.rs")),
        ("users", include_str!("db/users.rs")),
        ("accounts", include_str!("db/accounts.rs")),
    ];
    /// What says nothing of who may call: when somebody was last seen, a lock, a name, and a count
    /// that is asked anew each time.
    const OTHERS: [&str; 4] = ["touch", "lock", "set_profile", "count_operation"];

    #[test]
    fn every_change_to_who_may_call_is_heard_of() {
        for (table, source) in TABLES {
            for verb in source.split("pub(crate) async fn ").skip(1) {
                let name: String = verb.chars().take_while(|c| *c != '(').collect();
                let changes = [format!("update {table} "), format!("delete from {table} ")];
                let is_change = changes.iter().any(|change| verb.contains(change));
                if is_change && !OTHERS.contains(&name.as_str()) {
                    assert!(verb.contains("tx.changes_callers()"), "{table}: {name}");
                }
            }
        }
    }

    #[test]
    fn nobody_is_believed_for_long_or_after_a_change() {
        let callers = Callers::default();
        let (key, now) = ("session", Timestamp::from_millis(1_000_000));
        callers.hold(key, "anna", now, 7);

        assert_eq!(callers.find(&key, now.after(FRESH / 2), 7), Some("anna"));
        assert_eq!(callers.find(&key, now.after(FRESH), 7), None);
        assert_eq!(callers.find(&key, now, 8), None);
        assert_eq!(
            callers.find(&key, now.before(FRESH), 7),
            None,
            "a clock set back"
        );
        assert_eq!(callers.find(&"other", now, 7), None);
    }
}

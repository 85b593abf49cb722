//! A bucket that keeps small files, and does not always do so or say so.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use super::object_store::{Asked, ObjectStore, answered};

const BUSY: &str = "<Error><Code>SlowDown</Code><Message>Reduce your rate.</Message></Error>";

/// What goes wrong with one file that is brought.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It is refused for now.
    Busy,
    /// The line is cut before it is kept.
    Cut,
    /// It is kept, and the line is cut before that is said.
    Unsaid,
}

/// As much of S3 as small files need.
pub struct Flaky {
    store: ObjectStore,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What is still to go wrong, one with each file that is brought.
    faults: VecDeque<Fault>,
    kept: BTreeMap<String, Vec<u8>>,
}

impl Flaky {
    /// Opens for as long as the test runs.
    pub async fn open(faults: impl IntoIterator<Item = Fault>) -> Self {
        let state = Arc::new(Mutex::new(State {
            faults: faults.into_iter().collect(),
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        let store = ObjectStore::open(move |asked| answer(asked, &mut lock(&shared))).await;
        Self { store, state }
    }

    /// How a library reaches it.
    pub fn url(&self) -> String {
        self.store.url()
    }

    /// Whether all has gone wrong that was to.
    pub fn is_spent(&self) -> bool {
        lock(&self.state).faults.is_empty()
    }

    /// What is kept, by path.
    pub fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        lock(&self.state).kept.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("nobody panics")
}

fn answer(asked: Asked, state: &mut State) -> Option<String> {
    let Asked {
        method,
        path,
        bytes,
    } = asked;
    let (status, length, body) = match method.as_str() {
        "PUT" => match state.faults.pop_front() {
            Some(Fault::Busy) => ("503 Service Unavailable", BUSY.len(), BUSY),
            Some(Fault::Cut) => return None,
            fault => {
                state.kept.insert(path, bytes);
                if fault.is_some() {
                    return None;
                }
                ("200 OK", 0, "")
            }
        },
        "HEAD" => match state.kept.get(&path) {
            Some(kept) => ("200 OK", kept.len(), ""),
            None => ("404 Not Found", 0, ""),
        },
        _ => ("501 Not Implemented", 0, ""),
    };
    Some(answered(status, length, body))
}

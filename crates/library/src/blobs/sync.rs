//! Syncs folders, once for all who ask at the same time.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use crate::disk::sync;

/// Syncs folders for many at once; its methods block.
#[derive(Debug, Default)]
pub(super) struct Syncs {
    under_way: Mutex<HashMap<PathBuf, Arc<Shared>>>,
}

/// A folder that somebody wants synced.
#[derive(Debug, Default)]
struct Shared {
    rounds: Mutex<Rounds>,
    over: Condvar,
}

/// Numbers of the syncs of one folder, the first of which is 1.
#[derive(Debug, Default)]
struct Rounds {
    begun: u64,
    over: u64,
    failed: u64,
}

impl Syncs {
    /// The same as [`disk::sync`](sync), shared with all who ask before it begins.
    pub fn sync(&self, folder: &Path) -> io::Result<()> {
        let shared = Arc::clone(lock(&self.under_way).entry(folder.to_owned()).or_default());
        let done = shared.take_part(folder);
        let mut under_way = lock(&self.under_way);
        // The map's own and ours: nobody else is at it.
        if Arc::strong_count(&shared) == 2 {
            under_way.remove(folder);
        }
        done
    }
}

impl Shared {
    /// Waits for a sync that begins after this, or does it.
    fn take_part(&self, folder: &Path) -> io::Result<()> {
        let mut rounds = lock(&self.rounds);
        // One that is under way may have begun before our name was there.
        let ours = rounds.begun + 1;
        while rounds.over < ours {
            if rounds.begun > rounds.over {
                let waited = self.over.wait(rounds);
                rounds = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            rounds.begun += 1;
            drop(rounds);
            let done = sync(folder);
            rounds = lock(&self.rounds);
            rounds.over = rounds.begun;
            if done.is_err() {
                rounds.failed = rounds.over;
            }
            self.over.notify_all();
            done?;
        }
        if rounds.failed >= ours {
            return Err(io::Error::other("a folder could not be synced"));
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_are_all_served_and_nothing_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let syncs = Syncs::default();

        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        syncs.sync(folder.path()).unwrap();
                    }
                });
            }
        });

        assert!(lock(&syncs.under_way).is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();

        assert!(Syncs::default().sync(&folder.path().join("gone")).is_err());
    }
}

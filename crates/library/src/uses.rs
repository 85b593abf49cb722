//! Which assets are used: noted in memory as bytes go out, and written a little later.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{AssetFilter, AssetId, Preset, Timestamp};

use crate::{Library, Result, db::asset_uses, media::View};

/// An asset is noted once in so long.
const OFTEN: Duration = Duration::from_hours(24);
/// The most assets that are kept in mind.
const MOST: usize = 20_000;

/// Assets that were used and are not written yet, and those that were written lately.
#[derive(Default)]
pub(crate) struct Uses {
    noted: Mutex<Noted>,
    /// Held while they are written, so that whoever asks waits for what is on its way.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Noted {
    new: HashMap<AssetId, Timestamp>,
    written: HashMap<AssetId, Timestamp>,
}

impl Uses {
    /// Notes that an asset is used, unless that is known.
    fn note(&self, id: AssetId, now: Timestamp) {
        let mut noted = self.lock();
        let known = noted.written.get(&id);
        let is_known = known.is_some_and(|written| now.since(*written) < OFTEN);
        if !is_known && noted.new.len() < MOST {
            noted.new.entry(id).or_insert(now);
        }
    }

    /// Takes out what is to be written.
    fn take(&self) -> Vec<(AssetId, Timestamp)> {
        mem::take(&mut self.lock().new).into_iter().collect()
    }

    /// Remembers what was written.
    fn remember(&self, written: &[(AssetId, Timestamp)]) {
        let mut noted = self.lock();
        if noted.written.len() + written.len() > MOST {
            noted.written.clear();
        }
        noted.written.extend(written.iter().copied());
    }

    /// Puts back what could not be written.
    fn give_back(&self, unwritten: Vec<(AssetId, Timestamp)>) {
        self.lock().new.extend(unwritten);
    }

    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Library {
    /// Notes that members see an asset; a thumbnail in a grid is not seen yet.
    pub(crate) fn note_view(&self, id: AssetId, view: View) {
        let is_thumb = matches!(
            view,
            View::Rendition {
                preset: Preset::Thumb | Preset::Tile,
                ..
            } | View::Page {
                preset: Preset::Thumb | Preset::Tile,
                ..
            }
        );
        if !is_thumb {
            self.note_use(id);
        }
    }

    /// Notes that an asset is opened, downloaded or delivered.
    pub(crate) fn note_use(&self, id: AssetId) {
        self.inner.uses.note(id, self.inner.clock.now());
    }

    /// Writes down what a filter asks for, so that it shows what was used until now.
    pub(crate) async fn catch_up(&self, filter: &AssetFilter) -> Result<()> {
        match filter.used {
            Some(_) => self.write_uses().await,
            None => Ok(()),
        }
    }

    /// Writes down which assets were used since the last time.
    pub(crate) async fn write_uses(&self) -> Result<()> {
        let _writing = self.inner.uses.writing.lock().await;
        let uses = self.inner.uses.take();
        if uses.is_empty() {
            return Ok(());
        }
        let written = async {
            let mut tx = self.inner.db.write().await?;
            asset_uses::set(&mut tx, &uses).await?;
            tx.commit().await
        };
        match written.await {
            Ok(()) => {
                self.inner.uses.remember(&uses);
                Ok(())
            }
            Err(error) => {
                self.inner.uses.give_back(uses);
                Err(error)
            }
        }
    }
}

//! Bytes of a form that lead nowhere: before its first field, or in a field's endless head.
//!
//! The parser looks for the next boundary for as long as bytes come, so somebody must count.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::body::Body;
use futures::TryStreamExt;

/// The most bytes that may pass before the form goes on.
const MOST: u64 = 1 << 20;

/// Counts bytes since the form last went on; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Pace(Arc<AtomicU64>);

impl Pace {
    /// Ends a body when too much of it leads nowhere.
    pub fn keep(&self, body: Body) -> Body {
        let since = self.clone();
        let counted = body
            .into_data_stream()
            .map_err(io::Error::other)
            .and_then(move |bytes| {
                let before = since.0.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                let counted = if before > MOST {
                    Err(io::Error::other("the form leads nowhere"))
                } else {
                    Ok(bytes)
                };
                std::future::ready(counted)
            });
        Body::from_stream(counted)
    }

    /// The form went on: a field began, or a piece of one arrived.
    pub fn went_on(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

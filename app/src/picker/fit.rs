//! A copy that was made to fit a place: what is told of it.
//!
//! A part of its own, as it is wanted after a press alone.

use std::sync::Arc;

use model::placement::Step;
use model::{Asset, AssetId};
use serde::Deserialize;

use super::state::Fitting;
use crate::parts::part;
use crate::text::use_text;

/// The answer, as far as it is said here.
#[derive(Deserialize)]
struct Made {
    asset: Asset,
    steps: Vec<Step>,
}

part! { fit, load;
    /// The copy that an answer tells of, in the reader's words.
    pub fn read(answer: String, of: AssetId) -> Option<Fitting> {
        let made: Option<Made> = serde_json::from_str(&answer).ok();
        made.map(|made| Fitting {
            of,
            copy: Arc::new(made.asset),
            said: use_text().steps(&made.steps),
        })
    }
}

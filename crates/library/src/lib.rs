//! The verbs of Satchel: everything the product can do, without a web framework.
//!
//! [`Library`] is the one door. Server functions, REST, tus and the command line call the same
//! methods; rights are checked inside them and every query carries the account.

pub mod access;
pub mod accounts;
pub mod assets;
pub mod audit;
mod blobs;
pub mod clock;
pub mod collector;
pub mod config;
mod db;
pub mod decoder;
pub mod doctor;
pub mod error;
pub mod folders;
pub mod fsck;
mod ingest;
pub mod jobs;
pub mod limits;
pub mod media;
mod password;
pub mod renditions;
pub mod sessions;
pub mod setup;
pub mod shares;
mod staging;
pub mod tags;
mod throttle;
pub mod tokens;
pub mod uploads;
pub mod usage;
pub mod users;

use std::sync::Arc;

pub use access::{Actor, Client, Who};
pub use clock::{Clock, SystemClock};
pub use config::Config;
pub use error::{Error, Result};

/// Everything the product can do; cheap to clone.
#[derive(Clone)]
pub struct Library {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    clock: Arc<dyn Clock>,
    db: db::Db,
    blobs: blobs::Blobs,
    staging: staging::Staging,
    decoder: decoder::DecoderPool,
    jobs: jobs::Bell,
    /// Signs media addresses and other things only this installation may have made.
    secret: model::Secret,
}

impl Library {
    /// Connects to the database and the store, brings the schema up to date and is ready.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self> {
        todo!()
    }

    /// Whether the database and the store answer.
    pub async fn ready(&self) -> Result<()> {
        todo!()
    }

    /// Waits for the database to finish and closes it.
    pub async fn close(&self) {
        todo!()
    }
}

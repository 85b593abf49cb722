//! The verbs of Satchel: everything the product can do, without a web framework.
//!
//! [`Library`] is the one door. Server functions, REST, tus and the command line call the same
//! methods; rights are checked inside them and every query carries the account.

pub mod access;
pub mod accounts;
pub mod assets;
pub mod audit;
pub mod batches;
mod blobs;
mod callers;
pub mod clock;
pub mod collector;
pub mod config;
pub mod copies;
pub mod crops;
mod db;
pub mod decoder;
mod digest;
mod disk;
pub mod doctor;
mod egress;
pub mod embed;
pub mod error;
mod facts;
pub mod fits;
pub mod folders;
pub mod fsck;
pub mod gone;
mod hits;
pub mod idempotent;
mod ingest;
pub mod invitations;
pub mod jobs;
pub mod limits;
pub mod live;
mod looks;
pub mod media;
mod password;
pub mod placements;
pub mod plain_copies;
mod posters;
mod previews;
pub mod renditions;
pub mod scanner;
mod search;
pub mod sessions;
pub mod setup;
pub mod shares;
mod staging;
pub mod tags;
pub mod teams;
mod texts;
mod throttle;
pub mod tokens;
pub mod trash;
pub mod uploads;
pub mod usage;
pub mod used_in;
pub mod users;
mod uses;
pub mod versions;
mod watch;
pub mod webhooks;
mod words;
pub mod zips;

use std::sync::Arc;

pub use access::{Actor, Client, Who};
pub use clock::{Clock, SystemClock};
pub use config::Config;
pub use error::{Error, Result};

use db::settings;

/// Everything the product can do; cheap to clone.
#[derive(Clone)]
pub struct Library {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    clock: Arc<dyn Clock>,
    /// When this process began.
    started_at: model::Timestamp,
    db: db::Db,
    blobs: blobs::Blobs,
    staging: staging::Staging,
    decoder: decoder::DecoderPool,
    jobs: jobs::Bell,
    live: live::Hub,
    media: media::desk::Desk,
    wishes: renditions::smaller::Wishes,
    passwords: password::Passwords,
    sessions: callers::Callers<model::Sha256, db::sessions::Living>,
    tokens: callers::Callers<model::Sha256, db::tokens::Valid>,
    embeds: callers::Callers<model::Sha256, embed::Living>,
    limits: callers::Callers<model::AccountId, model::AccountLimits>,
    uses: uses::Uses,
    tries: audit::denied::Tries,
    outage: scanner::Outage,
    egress: egress::Egress,
    lines: Arc<webhooks::Lines>,
    /// Signs media addresses and other things only this installation may have made.
    secret: model::Secret,
}

impl Library {
    /// Connects to the database and the store, brings the schema up to date and is ready.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self> {
        let db = db::connect::connect(&config.database_url).await?;
        db::migrate::migrate(&db).await?;
        db::names::catch_up(&db).await?;
        Self::with(config, clock, db).await
    }

    /// The same beside a server, or before its next start: a schema that another release made stays
    /// as it is, and nothing is opened then. Where there is none yet, it is made.
    pub async fn open_beside(config: Config, clock: Arc<dyn Clock>) -> Result<Self> {
        let db = db::connect::connect(&config.database_url).await?;
        if db::migrate::is_current(&db).await? {
            return Self::with(config, clock, db).await;
        }
        drop(db);
        Self::open(config, clock).await
    }

    async fn with(config: Config, clock: Arc<dyn Clock>, db: db::Db) -> Result<Self> {
        let secret = find_or_make_secret(&db, &*clock).await?;
        let process = name_process(&*clock);
        let mut tx = db.read().await?;
        let has_files = !db::blobs::list(&mut tx, None, 1).await?.is_empty();
        drop(tx);
        let inner = Inner {
            blobs: blobs::Blobs::open(&config, process.clone(), has_files).await?,
            staging: staging::Staging::open(&config, process).await?,
            decoder: decoder::DecoderPool::new(&config),
            jobs: jobs::Bell::default(),
            live: live::Hub::default(),
            media: media::desk::Desk::default(),
            wishes: renditions::smaller::Wishes::default(),
            passwords: password::Passwords::default(),
            sessions: callers::Callers::default(),
            tokens: callers::Callers::default(),
            embeds: callers::Callers::default(),
            limits: callers::Callers::default(),
            uses: uses::Uses::default(),
            tries: audit::denied::Tries::default(),
            outage: scanner::Outage::default(),
            egress: egress::Egress::new(config.egress.clone()),
            lines: Arc::default(),
            started_at: clock.now(),
            config,
            clock,
            db,
            secret,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Whether the database and the store answer.
    pub async fn ready(&self) -> Result<()> {
        self.inner.db.ping().await?;
        self.inner.blobs.ping().await
    }

    /// Waits for the database to finish and closes it.
    pub async fn close(&self) {
        if let Err(error) = self.write_uses().await {
            tracing::warn!(%error, "which files were used lately is not written down");
        }
        self.inner.db.close().await;
    }
}

/// A name that no other process has.
fn name_process(clock: &dyn Clock) -> String {
    let mut random = [0; 8];
    clock.fill_random(&mut random);
    hex::encode(random)
}

/// The key this installation signs with, made at the first start; the first process wins.
async fn find_or_make_secret(db: &db::Db, clock: &dyn Clock) -> Result<model::Secret> {
    // Who looks after a full disk writes nothing.
    let known = settings::find(&mut db.read().await?, settings::SECRET).await?;
    if let Some(known) = known {
        return Ok(model::Secret::new(known));
    }
    let mut tx = db.write().await?;
    let fresh = clock.new_secret("");
    settings::insert_if_absent(&mut tx, settings::SECRET, fresh.expose()).await?;
    let secret = settings::find(&mut tx, settings::SECRET).await?;
    tx.commit().await?;
    secret
        .map(model::Secret::new)
        .ok_or_else(|| Error::Inconsistent("the signing key is gone".to_owned()))
}

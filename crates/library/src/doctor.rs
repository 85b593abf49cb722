//! Checks of the installation, with what to do about each.

mod space;

use std::time::Duration;

use model::{BlobId, Timestamp};
use serde::Serialize;

use crate::{
    Error, Library,
    db::{Dialect, events},
};

/// No right clock shows an earlier time than that of this program's making: 2026-11-01.
const BUILT_AFTER: Timestamp = Timestamp::from_millis(1_793_491_200_000);

/// One check of the installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub ok: bool,
    /// What was found.
    pub finding: String,
    /// What to do, where something is wrong.
    pub advice: Option<String>,
}

impl Check {
    /// What kept the library from opening: the first thing to mend.
    pub fn of_start(error: &Error) -> Self {
        let told = cause(error);
        match error {
            Error::Store(_) => wrong(
                "store",
                format!("The store does not open: {told}."),
                "Check `SATCHEL_STORAGE_URL` and the store's credentials.",
            ),
            Error::Io(_) => wrong(
                "data_dir",
                format!("The data folder cannot be used: {told}."),
                "Check that `SATCHEL_DATA_DIR` may be written by this user.",
            ),
            Error::Schema(_) => wrong(
                "database",
                format!("The schema is not this program's: {told}."),
                "Run `satchel migrate`, or start the server; back up first.",
            ),
            Error::Config(_) => wrong(
                "configuration",
                format!("{told}."),
                "`config.example.toml` shows every setting as it should be.",
            ),
            _ => wrong(
                "database",
                format!("The database does not open: {told}."),
                "Check `SATCHEL_DATABASE_URL`, and that the database runs and lets this user in.",
            ),
        }
    }
}

impl Library {
    /// Checks database, store, parts left in it, free space, clock, decoder sandbox, programs of
    /// others, scanner and public URL.
    pub async fn doctor(&self) -> Vec<Check> {
        let mut checks = vec![self.check_database().await, self.check_store().await];
        checks.extend(self.check_parts());
        checks.extend(self.check_space());
        checks.extend([
            self.check_clock().await,
            self.check_decoder().await,
            self.check_films().await,
            self.check_documents().await,
        ]);
        checks.extend(self.check_scanner().await);
        checks.push(self.check_public_url());
        checks
    }

    async fn check_database(&self) -> Check {
        let kind = match self.inner.db.dialect() {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "Postgres",
        };
        match self.inner.db.ping().await {
            Ok(()) => fine("database", format!("{kind} answers.")),
            Err(error) => wrong(
                "database",
                format!("{kind} does not answer: {}.", cause(&error)),
                "Check `SATCHEL_DATABASE_URL`, and that the database runs and lets this user in.",
            ),
        }
    }

    /// Writes, reads and removes a few bytes.
    async fn check_store(&self) -> Check {
        let name: BlobId = self.inner.clock.new_id();
        match self.inner.blobs.probe(&name.to_string()).await {
            Ok(()) => fine("store", "The store keeps what it is given.".to_owned()),
            Err(error) => wrong(
                "store",
                format!(
                    "The store does not keep what it is given: {}.",
                    cause(&error)
                ),
                "Check `SATCHEL_STORAGE_URL`, the credentials in the environment, and that they \
                 may write, read, list and delete.",
            ),
        }
    }

    /// A word about what cannot be seen: whether the bucket removes parts of files never finished.
    fn check_parts(&self) -> Option<Check> {
        let advice = "Give the bucket a lifecycle rule that aborts incomplete multipart uploads \
                      after two days; docs/operate.md shows one.";
        self.inner.blobs.hides_parts().then(|| Check {
            name: "parts",
            ok: true,
            finding: "Satchel removes the parts of a file that could not be finished, but not \
                      those of a server that was killed meanwhile; whether the bucket does is not \
                      seen from here."
                .to_owned(),
            advice: Some(advice.to_owned()),
        })
    }

    /// Compares the clock with what was written down before: time does not go back.
    async fn check_clock(&self) -> Check {
        let now = self.inner.clock.now();
        let finding = format!("It is {now}.");
        let latest = async {
            let mut tx = self.inner.db.read().await?;
            events::latest(&mut tx).await
        };
        let latest = latest.await.ok().flatten().unwrap_or_default();
        let held_until = self.trash_held_until(now).await.ok().flatten();
        if now < BUILT_AFTER || now.after(Duration::from_mins(1)) < latest {
            return wrong(
                "clock",
                format!("{finding} That is before the last thing that happened here."),
                "Set the clock, best by NTP: sessions, trash and signed addresses go by it.",
            );
        }
        if let Some(until) = held_until {
            return wrong(
                "clock",
                format!("{finding} It jumped; the trash is left alone until {until}."),
                "Check the clock before then: what is in the trash goes for good by it.",
            );
        }
        fine("clock", finding)
    }

    async fn check_decoder(&self) -> Check {
        match self.inner.decoder.sandbox_status().await {
            Ok(status) if status.is_whole() => fine(
                "decoder",
                "Pictures are decoded in a locked child process.".to_owned(),
            ),
            Ok(status) => wrong(
                "decoder",
                format!("The child that decodes pictures is not locked in wholly: {status:?}."),
                "Run a kernel with Landlock (5.13 or newer) and seccomp; containers may switch \
                 them off.",
            ),
            Err(error) => wrong(
                "decoder",
                format!("No child that decodes pictures could be started: {error}."),
                "Check that this program may start itself, and that memory is not limited below \
                 512 MB.",
            ),
        }
    }

    async fn check_films(&self) -> Check {
        match self.ffmpeg_version().await {
            None => fine(
                "films",
                "Films show an icon: `SATCHEL_FFMPEG` names no program that takes pictures of them."
                    .to_owned(),
            ),
            Some(Ok(version)) => fine(
                "films",
                format!("First pictures of films are taken by {version}."),
            ),
            Some(Err(error)) => wrong(
                "films",
                format!("First pictures of films cannot be taken: {error}."),
                "Set `SATCHEL_FFMPEG` to the path of ffmpeg, or to nothing.",
            ),
        }
    }

    async fn check_documents(&self) -> Check {
        match self.soffice_version().await {
            None => fine(
                "documents",
                "Office documents show an icon: `SATCHEL_SOFFICE` names no program that prints them."
                    .to_owned(),
            ),
            Some(Ok(version)) => fine(
                "documents",
                format!("Pages of office documents are printed by {version}."),
            ),
            Some(Err(error)) => wrong(
                "documents",
                format!("Pages of office documents cannot be printed: {error}."),
                "Set `SATCHEL_SOFFICE` to the path of LibreOffice's soffice, or to nothing.",
            ),
        }
    }

    async fn check_scanner(&self) -> Option<Check> {
        Some(match self.scanner_version().await? {
            Ok(version) => fine("scanner", format!("Files are looked at by {version}.")),
            Err(error) => wrong(
                "scanner",
                format!("The malware scanner does not answer: {error}. No file is taken."),
                "Start it, or check `SATCHEL_SCANNER_ADDRESS`.",
            ),
        })
    }

    fn check_public_url(&self) -> Check {
        let url = &self.inner.config.public_url;
        let finding = format!("People reach this installation at {url}.");
        let host = url.split_once("://").map_or("", |(_, rest)| rest);
        let is_local = ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .any(|local| host.starts_with(local));
        if url.starts_with("https://") || (url.starts_with("http://") && is_local) {
            return fine("public_url", finding);
        }
        wrong(
            "public_url",
            finding,
            "Put a proxy with a certificate in front and set `SATCHEL_PUBLIC_URL` to its \
             https:// address: without it, passwords cross the network in the clear.",
        )
    }
}

fn fine(name: &'static str, finding: String) -> Check {
    Check {
        name,
        ok: true,
        finding,
        advice: None,
    }
}

fn wrong(name: &'static str, finding: String, advice: &str) -> Check {
    Check {
        name,
        ok: false,
        finding,
        advice: Some(advice.to_owned()),
    }
}

/// The deepest reason, which names neither addresses nor credentials.
fn cause(error: &Error) -> String {
    match error {
        Error::Store(error) => format!("{} ({})", error.kind(), error.message()),
        Error::Database(sqlx::Error::Database(error)) => error.message().to_owned(),
        other => other.to_string(),
    }
}

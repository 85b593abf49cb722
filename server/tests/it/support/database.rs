//! A database and a store of a test's own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A database of a test's own, removed when dropped.
pub enum Database {
    Sqlite(PathBuf),
    Postgres { server: String, name: String },
}

impl Database {
    /// A file in the folder, or a new database on the server that `SATCHEL_TEST_DATABASE` names.
    pub fn create(folder: &Path) -> Self {
        let Ok(server) = std::env::var("SATCHEL_TEST_DATABASE") else {
            return Self::Sqlite(folder.join("satchel.db"));
        };
        let name = own(folder).to_lowercase().replace('-', "_");
        psql(&server, &format!("create database \"{name}\""));
        Self::Postgres { server, name }
    }

    /// Its address.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite://{}", path.display()),
            Self::Postgres { server, name } => {
                let (place, options) = server.split_once('?').unwrap_or((server, ""));
                let (place, _) = place.rsplit_once('/').expect("a database in the address");
                format!("{place}/{name}?{options}")
            }
        }
    }

    /// Nobody gets at it any more, those who are connected included.
    pub fn take_away(&self) {
        match self {
            Self::Sqlite(path) => std::fs::rename(path, aside(path)).expect("it is there"),
            Self::Postgres { server, name } => {
                psql(
                    server,
                    &format!("alter database \"{name}\" allow_connections false"),
                );
                let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname";
                psql(server, &format!("{end} = '{name}'"));
            }
        }
    }

    /// It is there again.
    pub fn bring_back(&self) {
        match self {
            Self::Sqlite(path) => std::fs::rename(aside(path), path).expect("it was away"),
            Self::Postgres { server, name } => {
                psql(
                    server,
                    &format!("alter database \"{name}\" allow_connections true"),
                );
            }
        }
    }
}

/// Where a database file lies that is out of the way.
fn aside(path: &Path) -> PathBuf {
    path.with_extension("aside")
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, name } = self {
            psql(
                server,
                &format!("drop database if exists \"{name}\" with (force)"),
            );
        }
    }
}

/// Where a test's files are stored: on disk, or in the store that `SATCHEL_TEST_BLOBS` names.
pub fn storage(folder: &Path) -> String {
    let Ok(url) = std::env::var("SATCHEL_TEST_BLOBS") else {
        return format!("fs://{}/blobs", folder.display());
    };
    let own = own(folder);
    match url.split_once('?') {
        Some((place, options)) => format!("{}/{own}?{options}", place.trim_end_matches('/')),
        None => format!("{}/{own}", url.trim_end_matches('/')),
    }
}

fn own(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Runs a statement by Postgres' own client: the server package speaks no SQL.
fn psql(server: &str, sql: &str) {
    let done = Command::new(program())
        .args([
            "--quiet",
            "--no-psqlrc",
            "--dbname",
            server,
            "--command",
            sql,
        ])
        .output()
        .expect("psql runs");
    let said = String::from_utf8_lossy(&done.stderr);
    // A database left behind is untidy, and no reason to hide what a test found.
    assert!(done.status.success() || std::thread::panicking(), "{said}");
}

/// `psql` on the path, or where Debian keeps it.
fn program() -> PathBuf {
    let kept = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    kept.filter_map(Result::ok)
        .map(|version| version.path().join("bin/psql"))
        .find(|path| path.exists())
        .unwrap_or_else(|| PathBuf::from("psql"))
}

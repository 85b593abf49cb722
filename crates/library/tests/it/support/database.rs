//! A database of a test's own.

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

/// A database of a test's own, removed when dropped.
pub enum TestDatabase {
    Sqlite(PathBuf),
    Postgres { server: String, name: String },
}

impl TestDatabase {
    /// A file in the folder, or a new database on the server that `SATCHEL_TEST_DATABASE` names.
    pub async fn create(folder: &Path) -> Self {
        let Some(server) = super::setting("SATCHEL_TEST_DATABASE") else {
            return Self::Sqlite(folder.join("satchel.db"));
        };
        let own = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = own.replace('-', "_");
        run_on_server(&server, format!("create database \"{name}\""))
            .await
            .expect("a database of its own");
        Self::Postgres { server, name }
    }

    /// The address under which the library opens it.
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

    /// Changes rows behind the library's back.
    pub async fn execute(&self, sql: &'static str) -> u64 {
        match self {
            Self::Sqlite(_) => {
                let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
                let done = sqlx::query(sql).execute(&mut connection).await;
                done.expect("the statement runs").rows_affected()
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.url()).await.unwrap();
                let done = sqlx::query(sql).execute(&mut connection).await;
                done.expect("the statement runs").rows_affected()
            }
        }
    }

    /// Keeps everybody else from adding assets, as another process that writes does.
    pub async fn occupy(&self) -> Occupied {
        const LOCK: &str = "lock table assets in exclusive mode";
        match self {
            Self::Sqlite(_) => {
                let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
                let begun = sqlx::query("begin immediate").execute(&mut connection);
                begun.await.expect("nobody else writes");
                Occupied::Sqlite(connection)
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.url()).await.unwrap();
                for sql in ["begin", LOCK] {
                    let done = sqlx::query(sql).execute(&mut connection).await;
                    done.expect("nobody else writes");
                }
                Occupied::Postgres(connection)
            }
        }
    }

    /// Reads one column of text behind the library's back.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        match self {
            Self::Sqlite(_) => {
                let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
                let rows = sqlx::query_scalar(sql).fetch_all(&mut connection).await;
                rows.expect("the query runs")
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.url()).await.unwrap();
                let rows = sqlx::query_scalar(sql).fetch_all(&mut connection).await;
                rows.expect("the query runs")
            }
        }
    }
}

/// A database that one process writes to.
pub enum Occupied {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Occupied {
    /// Lets others write again.
    pub async fn leave(self) {
        let left = match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        };
        left.expect("nothing was changed");
    }
}

async fn run_on_server(server: &str, sql: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::query(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Self::Postgres { server, name } = self else {
            return;
        };
        let sql = format!("drop database if exists \"{name}\" with (force)");
        let server = std::mem::take(server);
        // A test's runtime cannot wait inside a drop, so another one does.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.map(|runtime| runtime.block_on(run_on_server(&server, sql)))
        });
        // A database left behind is untidy, and no reason to hide what a test found.
        let _ = dropping.join();
    }
}

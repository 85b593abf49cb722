//! Fills a library for benches: `fill DATABASE_URL ASSETS FOLDERS`.
//!
//! The account that has an asset gets as many more like it, in folders, with tags, teams and names
//! that are found; nine accounts beside it get a fiftieth each. The database makes the rows, without
//! its triggers and indexes, and what these keep in step is made in one go at the end: minutes for a
//! million.

mod database;
mod rows;
mod statements;

use std::{env, process::ExitCode, time::Instant};

use database::Database;
use rows::Place;
use statements::{COUNTS, FOLDER_COUNTS, SEARCH_POSTGRES, SEARCH_SQLITE, UNSEEN};

/// Accounts, the one that is measured among them.
const ACCOUNTS: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [url, assets, folders] = arguments.as_slice() else {
        eprintln!("fill DATABASE_URL ASSETS FOLDERS");
        return ExitCode::FAILURE;
    };
    let count = |text: &String| text.parse::<usize>().expect("a number");
    let began = Instant::now();
    Fill::open(url)
        .await
        .all(count(assets), count(folders))
        .await;
    eprintln!("filled in {:.1} s", began.elapsed().as_secs_f64());
    ExitCode::SUCCESS
}

struct Fill {
    database: Database,
}

impl Fill {
    async fn all(&mut self, assets: usize, folders: usize) {
        let triggers = self.without_triggers().await;
        let indexes = self.without_indexes().await;
        self.begin().await;
        self.words().await;
        let main = self.texts("select account_id from assets limit 1").await;
        let main = main.first().expect("an asset to copy, uploaded before");
        for number in 0..ACCOUNTS {
            let (account, share) = if number == 0 {
                (main.clone(), 1)
            } else {
                (self.account(main, number).await, 50)
            };
            let place = Place {
                number,
                account,
                folders: (folders / share).max(1),
            };
            self.folders(&place).await;
            self.names(&place).await;
            self.assets(&place, main, assets / share).await;
        }
        self.finish(&indexes, &triggers).await;
    }

    /// Indexes, sums, the index of words, and the triggers that keep them from now on.
    async fn finish(&mut self, indexes: &[String], triggers: &[String]) {
        for index in indexes {
            self.run(index).await;
        }
        if let Database::Postgres(_) = &self.database {
            // What comes next is planned by how much there is now.
            self.run("analyze").await;
        }
        for statement in FOLDER_COUNTS.into_iter().chain(COUNTS).chain(UNSEEN) {
            self.run(statement).await;
        }
        let (search, end): (&[&str], &[&str]) = match &self.database {
            Database::Sqlite(_) => (&SEARCH_SQLITE, &["analyze", "drop table fill_words"]),
            Database::Postgres(_) => (&SEARCH_POSTGRES, &["drop table fill_words"]),
        };
        for statement in search.iter().chain(end) {
            self.run(statement).await;
        }
        for trigger in triggers {
            self.run(trigger).await;
        }
        if let Database::Postgres(_) = &self.database {
            self.run("commit").await;
            self.run("vacuum analyze").await;
        }
    }

    /// Takes the triggers away, and tells what brings them back.
    async fn without_triggers(&mut self) -> Vec<String> {
        if let Database::Postgres(_) = &self.database {
            // Keys of other tables are not looked up either: the rows are made to fit.
            self.run("set session_replication_role = replica").await;
            return vec!["set session_replication_role = origin".to_owned()];
        }
        let triggers = self
            .texts("select sql from sqlite_master where type = 'trigger'")
            .await;
        for name in self
            .texts("select name from sqlite_master where type = 'trigger'")
            .await
        {
            self.run(&format!("drop trigger {name}")).await;
        }
        triggers
    }

    /// Postgres writes it all in one go; `SQLite` would keep it all in its log until the end.
    async fn begin(&mut self) {
        let statements: &[&str] = match &self.database {
            Database::Sqlite(_) => &["pragma synchronous = off", "pragma cache_size = -500000"],
            Database::Postgres(_) => &[
                "begin",
                "set local work_mem = '256MB'",
                "set local maintenance_work_mem = '512MB'",
            ],
        };
        for statement in statements {
            self.run(statement).await;
        }
    }

    /// Takes the indexes away, which are made sooner at the end, and tells what brings them back.
    async fn without_indexes(&mut self) -> Vec<String> {
        let (definition, name, own) = match &self.database {
            Database::Sqlite(_) => (
                "sql",
                "name",
                "from sqlite_master where type = 'index' and sql is not null",
            ),
            Database::Postgres(_) => (
                "indexdef",
                "indexname::text",
                "from pg_indexes where schemaname = 'public' \
                    and indexname not in (select conname from pg_constraint)",
            ),
        };
        let indexes = self.texts(&format!("select {definition} {own}")).await;
        for name in self.texts(&format!("select {name} {own}")).await {
            self.run(&format!("drop index {name}")).await;
        }
        indexes
    }
}

//! Fills a library for benches: `fill DATABASE_URL ASSETS FOLDERS`.
//!
//! The account that has an asset gets as many more like it, in folders, with tags, teams and names
//! that are found; nine accounts beside it get a fiftieth each. The database makes the rows, without
//! its triggers, and what these keep in step is made in one go at the end: minutes for a million.

use std::{env, process::ExitCode, time::Instant};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

/// Accounts, the one that is measured among them.
const ACCOUNTS: usize = 10;
/// Assets that one statement makes.
const AT_ONCE: usize = 100_000;
/// Folders at the top; each of them and of those below has as many more as `BRANCHES` says.
const TOP_FOLDERS: usize = 100;
const BRANCHES: usize = 20;
const TAGS: usize = 200;
const TEAMS: usize = 20;
/// What names are put together from.
const WORDS: [&str; 32] = [
    "beach", "sunset", "harbor", "market", "summer", "winter", "garden", "bridge", "portrait",
    "product", "invoice", "campaign", "logo", "banner", "team", "office", "window", "mountain",
    "river", "forest", "coffee", "bakery", "bicycle", "concert", "wedding", "holiday", "travel",
    "studio", "fashion", "sneaker", "lantern", "compass",
];

/// Rows that take part in an account's usage, as `usage.rs` counts them.
const COUNTS: [&str; 12] = [
    "delete from usage_totals",
    "delete from blob_uses",
    "delete from user_blobs",
    "delete from user_usage",
    "delete from account_usage",
    "update blobs set refs = (select count(*) from versions where blob_id = blobs.id)",
    "insert into blob_uses (blob_id, account_id, kind, size, active, archived, trashed, state) \
     select blobs.id, blobs.account_id, 'image', blobs.size, \
            sum(case when assets.state = 'active' then 1 else 0 end), \
            sum(case when assets.state = 'archived' then 1 else 0 end), \
            sum(case when assets.state = 'trashed' then 1 else 0 end), min(assets.state) \
       from versions join assets on assets.id = versions.asset_id \
                     join blobs on blobs.id = versions.blob_id \
      group by blobs.id, blobs.account_id, blobs.size",
    "insert into usage_totals (account_id, kind, state, assets, size) \
     select account_id, kind, state, count(*), 0 from assets group by account_id, kind, state",
    "update usage_totals set size = coalesce((select sum(size) from blob_uses \
      where blob_uses.account_id = usage_totals.account_id \
        and blob_uses.kind = usage_totals.kind and blob_uses.state = usage_totals.state), 0)",
    "insert into user_blobs (blob_id, user_id, size, uses) \
     select blobs.id, versions.created_by, blobs.size, count(*) \
       from versions join blobs on blobs.id = versions.blob_id \
      where versions.created_by is not null group by blobs.id, versions.created_by, blobs.size",
    "insert into user_usage (user_id, account_id, used, reserved) \
     select users.id, users.account_id, sum(user_blobs.size), 0 \
       from user_blobs join users on users.id = user_blobs.user_id \
      group by users.id, users.account_id",
    "insert into account_usage (account_id, used, reserved, last_event) \
     select account_id, sum(size), 0, \
            coalesce((select max(seq) from events where events.account_id = blob_uses.account_id), 0) \
       from blob_uses group by account_id",
];

/// How many assets there are in each folder, and in all below.
const FOLDER_COUNTS: [&str; 2] = [
    "update folders set asset_count = (select count(*) from assets \
      where assets.account_id = folders.account_id and assets.folder_id = folders.id \
        and assets.state = 'active')",
    "update folders set total_count = (select sum(held.asset_count) \
       from folder_ancestors join folders as held on held.id = folder_ancestors.folder_id \
      where folder_ancestors.ancestor_id = folders.id)",
];

/// The index of words. Only some words are left to be learned: there are no others.
const SEARCH_SQLITE: [&str; 3] = [
    "insert into search_documents (number, asset_id, account_id, is_learned) \
     select created_at * 1048576 + (row_number() over (partition by created_at order by id)) - 1, \
            id, account_id, row_number() over (partition by assets.account_id order by assets.id) > 1000 \
       from assets where id not in (select asset_id from search_documents)",
    "insert into search_index (search_index) values ('delete-all')",
    "insert into search_index (rowid, name, alt, refs, content) \
     select number, name, alt, refs, content from search_rows",
];
const SEARCH_POSTGRES: [&str; 1] = ["insert into search_documents \
            (number, asset_id, account_id, is_learned, vector) \
     select assets.created_at * 1048576 \
                + row_number() over (partition by assets.created_at order by assets.id) + 999, \
            assets.id, assets.account_id, row_number() over (partition by assets.account_id order by assets.id) > 1000, search_rows.vector \
       from assets join search_rows on search_rows.asset_id = assets.id \
      where assets.id not in (select asset_id from search_documents)"];

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

/// A connection to one of the two databases.
enum Database {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

struct Fill {
    database: Database,
}

impl Fill {
    async fn open(url: &str) -> Self {
        let database = if url.starts_with("sqlite:") {
            Database::Sqlite(SqliteConnection::connect(url).await.expect("a database"))
        } else {
            Database::Postgres(PgConnection::connect(url).await.expect("a database"))
        };
        Self { database }
    }

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
        for statement in FOLDER_COUNTS.into_iter().chain(COUNTS) {
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
            let tables = ["assets", "versions", "asset_tags", "asset_teams"];
            for table in tables {
                self.run(&format!("alter table {table} disable trigger user"))
                    .await;
            }
            let back = |table| format!("alter table {table} enable trigger user");
            return tables.map(back).into();
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
            Database::Postgres(_) => &["begin"],
        };
        for statement in statements {
            self.run(statement).await;
        }
    }

    /// Takes `SQLite`'s indexes away, which are made sooner at the end, and tells what brings them back.
    async fn without_indexes(&mut self) -> Vec<String> {
        const OWN: &str = "from sqlite_master where type = 'index' and sql is not null";
        if let Database::Postgres(_) = &self.database {
            return Vec::new();
        }
        let indexes = self.texts(&format!("select sql {OWN}")).await;
        for name in self.texts(&format!("select name {OWN}")).await {
            self.run(&format!("drop index {name}")).await;
        }
        indexes
    }

    async fn words(&mut self) {
        self.run(
            "create table fill_words (number bigint primary key not null, word text not null)",
        )
        .await;
        for (number, word) in WORDS.iter().enumerate() {
            self.run(&format!(
                "insert into fill_words values ({number}, '{word}')"
            ))
            .await;
        }
    }

    /// An account like another, with a blob like one of its; its id.
    async fn account(&mut self, like: &str, number: usize) -> String {
        let (account, blob) = (
            id("acc", &number.to_string()),
            id("blb", &number.to_string()),
        );
        let set = [
            ("id", account.clone()),
            ("name", format!("name || ' {number}'")),
        ];
        self.copy("accounts", &set, &format!("where original.id = '{like}'"))
            .await;
        let set = [("id", blob), ("account_id", account.clone())];
        let first = "where original.id = (select blob_id from assets order by id limit 1)";
        self.copy("blobs", &set, first).await;
        self.texts(&format!("select {account}")).await.remove(0)
    }

    /// The tree: a hundred at the top, twenty in each, in each of these, and so on.
    async fn folders(&mut self, place: &Place) {
        let (mut above, mut first, mut width, mut depth) = (0, 0, TOP_FOLDERS, 1);
        while first < place.folders {
            let end = (first + width).min(place.folders);
            let parent = match depth {
                1 => "null".to_owned(),
                _ => place.id("fld", &format!("({above} + (n - {first}) / {BRANCHES})")),
            };
            self.level(place, first..end, &parent, depth).await;
            (above, first, width, depth) = (first, end, width * BRANCHES, depth + 1);
        }
    }

    async fn level(
        &mut self,
        place: &Place,
        range: std::ops::Range<usize>,
        parent: &str,
        depth: usize,
    ) {
        let (account, id) = (&place.account, place.id("fld", "n"));
        let key = "words.word || ' ' || substr('000', 1, 3 - length(cast(length(cast(n as text)) as text))) \
                   || length(cast(n as text)) || n";
        let series = series(range);
        self.run(&format!(
            "{series} insert into folders \
                    (id, account_id, parent_id, name, name_key, sort_key, depth, created_at) \
             select {id}, '{account}', {parent}, words.word || ' ' || n, words.word || ' ' || n, {key}, \
                    {depth}, 1700000000000 + n \
               from series join fill_words as words on words.number = n % {}",
            WORDS.len()
        )).await;
        self.run(&format!(
            "{series} insert into folder_ancestors (folder_id, ancestor_id, distance) \
             select {id}, {id}, 0 from series"
        ))
        .await;
        if depth > 1 {
            self.run(&format!(
                "{series} insert into folder_ancestors (folder_id, ancestor_id, distance) \
                 select {id}, above.ancestor_id, above.distance + 1 \
                   from series join folder_ancestors as above on above.folder_id = {parent}"
            ))
            .await;
        }
        self.run(&format!(
            "{series} insert into search_names (account_id, word, ref, is_learned) \
             select '{account}', words.word, {id}, true \
               from series join fill_words as words on words.number = n % {} \
             union all select '{account}', cast(n as text), {id}, true from series",
            WORDS.len()
        ))
        .await;
    }

    /// Tags and teams.
    async fn names(&mut self, place: &Place) {
        let account = &place.account;
        for (prefix, table, count) in [("tag", "tags", TAGS), ("tea", "teams", TEAMS)] {
            let id = place.id(prefix, "n");
            let series = series(0..count);
            let (more, value) = match table {
                "teams" => (", created_at", ", 1700000000000"),
                _ => ("", ""),
            };
            self.run(&format!(
                "{series} insert into {table} (id, account_id, name, name_key{more}) \
                 select {id}, '{account}', '{prefix} ' || words.word || ' ' || n, \
                        '{prefix} ' || words.word || ' ' || n{value} \
                   from series join fill_words as words on words.number = n % {}",
                WORDS.len()
            ))
            .await;
            self.run(&format!(
                "{series} insert into search_names (account_id, word, ref, is_learned) \
                 select '{account}', words.word, {id}, false \
                   from series join fill_words as words on words.number = n % {}",
                WORDS.len()
            ))
            .await;
        }
    }

    async fn assets(&mut self, place: &Place, main: &str, count: usize) {
        let blob = match place.number {
            0 => "blob_id".to_owned(),
            number => id("blb", &number.to_string()),
        };
        let set = asset_columns(place, &blob);
        let user = (place.number > 0).then_some(("created_by", "null".to_owned()));
        let set: Vec<_> = set.into_iter().chain(user.clone()).collect();
        for first in (1..count).step_by(AT_ONCE) {
            let range = first..(first + AT_ONCE).min(count);
            let from = format!(
                ", series join fill_words as one on one.number = n % {words} \
                          join fill_words as two on two.number = (n / {words}) % {words} \
                  where original.id = (select id from assets where account_id = '{main}' order by created_at desc limit 1)",
                words = WORDS.len()
            );
            self.copy_series("assets", range.clone(), &set, &from).await;
            self.of_assets(place, range, user.is_some(), &blob).await;
            eprintln!("{}: {first} of {count}", place.account);
        }
    }

    /// What assets have beside themselves: versions, tags and teams.
    async fn of_assets(
        &mut self,
        place: &Place,
        range: std::ops::Range<usize>,
        is_nobodys: bool,
        blob: &str,
    ) {
        let (account, asset) = (&place.account, place.id("ast", "n"));
        let blob = if blob == "blob_id" {
            "assets.blob_id"
        } else {
            blob
        };
        let person = if is_nobodys {
            "null"
        } else {
            "assets.created_by"
        };
        let series = series(range);
        let joined = format!("from series join assets on assets.id = {asset}");
        self.run(&format!(
            "{series} insert into versions (id, account_id, asset_id, number, blob_id, created_at, created_by) \
             select {}, '{account}', assets.id, 1, {blob}, assets.created_at, {person} {joined}",
            place.id("ver", "n")
        )).await;
        for (table, column, prefix, number) in [
            ("asset_tags", "tag_id", "tag", format!("(n % {TAGS})")),
            (
                "asset_tags",
                "tag_id",
                "tag",
                format!("((n % 97 + 1 + n) % {TAGS})"),
            ),
            ("asset_teams", "team_id", "tea", format!("(n % {TEAMS})")),
        ] {
            let other = place.id(prefix, &number);
            let some = if table == "asset_teams" {
                "where n % 10 < 3"
            } else {
                "where n % 3 > 0"
            };
            self.run(&format!(
                "{series} insert into {table} (asset_id, {column}, created_at) \
                 select assets.id, {other}, assets.created_at {joined} {some}"
            ))
            .await;
        }
    }

    /// Copies rows of a table, some columns set otherwise.
    async fn copy(&mut self, table: &str, set: &[(&str, String)], from: &str) {
        let (columns, values) = self.columns(table, set).await;
        self.run(&format!(
            "insert into {table} ({columns}) select {values} from {table} as original {from}"
        ))
        .await;
    }

    async fn copy_series(
        &mut self,
        table: &str,
        range: std::ops::Range<usize>,
        set: &[(&str, String)],
        from: &str,
    ) {
        let (columns, values) = self.columns(table, set).await;
        let series = series(range);
        self.run(&format!(
            "{series} insert into {table} ({columns}) select {values} from {table} as original{from}"
        )).await;
    }

    /// The columns of a table, and what each is: said, or as it was.
    async fn columns(&mut self, table: &str, set: &[(&str, String)]) -> (String, String) {
        let list = match &self.database {
            Database::Sqlite(_) => format!("select name from pragma_table_info('{table}')"),
            Database::Postgres(_) => format!(
                "select column_name::text from information_schema.columns \
                  where table_schema = 'public' and table_name = '{table}'"
            ),
        };
        let columns = self.texts(&list).await;
        let value = |column: &String| {
            let said = set.iter().find(|(name, _)| name == column);
            said.map_or_else(|| format!("original.{column}"), |(_, value)| value.clone())
        };
        let values: Vec<_> = columns.iter().map(value).collect();
        (columns.join(", "), values.join(", "))
    }

    async fn run(&mut self, sql: &str) {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let done = match &mut self.database {
            Database::Sqlite(connection) => query.execute(connection).await.map(drop),
            Database::Postgres(connection) => query.execute(connection).await.map(drop),
        };
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    async fn texts(&mut self, sql: &str) -> Vec<String> {
        let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        let done = match &mut self.database {
            Database::Sqlite(connection) => query.fetch_all(connection).await,
            Database::Postgres(connection) => {
                sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
                    .fetch_all(connection)
                    .await
            }
        };
        done.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

/// An account that is filled.
struct Place {
    number: usize,
    account: String,
    folders: usize,
}

impl Place {
    /// The id of the thing of a number in this account.
    fn id(&self, prefix: &str, number: &str) -> String {
        id(
            prefix,
            &format!("({} + {number})", (self.number + 1) * 100_000_000),
        )
    }
}

/// An id in SQL: digits are letters of a ULID, too.
fn id(prefix: &str, number: &str) -> String {
    format!(
        "('{prefix}_' || substr('00000000000000000000000000', 1, 26 - length(cast({number} as text))) \
         || cast({number} as text))"
    )
}

/// Numbers from one to before another, called `n`.
fn series(range: std::ops::Range<usize>) -> String {
    let (first, last) = (range.start, range.end.saturating_sub(1));
    format!(
        "with recursive series (n) as (select cast({first} as bigint) \
         union all select n + 1 from series where n < {last})"
    )
}

/// What tells one asset from another.
fn asset_columns(place: &Place, blob: &str) -> Vec<(&'static str, String)> {
    let folder = place.id("fld", &format!("(n * 7919 % {})", place.folders));
    let number = "substr('000', 1, 3 - length(cast(length(cast(n as text)) as text))) \
                  || length(cast(n as text)) || n";
    let name = "one.word || ' ' || two.word || ' ' || n";
    let blob = if blob == "blob_id" {
        "original.blob_id"
    } else {
        blob
    };
    [
        ("id", place.id("ast", "n")),
        ("account_id", format!("'{}'", place.account)),
        ("blob_id", blob.to_owned()),
        (
            "folder_id",
            format!("case when n % 5 > 0 then {folder} end"),
        ),
        ("name", format!("{name} || '.jpg'")),
        (
            "name_key",
            format!("one.word || ' ' || two.word || ' ' || {number} || '.jpg'"),
        ),
        ("name_words", format!("{name} || ' jpg'")),
        (
            "alt_text",
            "case when n % 3 = 0 then 'A ' || two.word else '' end".to_owned(),
        ),
        (
            "alt_words",
            "case when n % 3 = 0 then 'a ' || two.word else '' end".to_owned(),
        ),
        (
            "kind",
            "case n % 20 when 0 then 'video' when 1 then 'audio' when 2 then 'document' \
                  else 'image' end"
                .to_owned(),
        ),
        (
            "source",
            "case when n % 10 = 0 then 'import' else 'upload' end".to_owned(),
        ),
        (
            "state",
            "case n % 50 when 7 then 'trashed' when 8 then 'archived' else 'active' end".to_owned(),
        ),
        (
            "trashed_at",
            "case n % 50 when 7 then original.created_at end".to_owned(),
        ),
        ("size", "original.size + n * 104729 % 9999991".to_owned()),
        ("created_at", "original.created_at - n * 1000".to_owned()),
    ]
    .into()
}

//! How both databases mean to run what is asked most: along an index, however much there is.
//!
//! `SQLite` plans without having seen anything. Postgres looks at what the tables hold, so there it
//! is asked among much, and only where a test run names one.

#[expect(dead_code, reason = "stories use more of it")]
#[path = "../../tests/it/support/database.rs"]
mod database;

use database::TestDatabase;
use model::{FolderFilter, FolderId, FolderParent, Secret, id::Id as _};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

use super::{
    Db, Dialect,
    connect::connect,
    folder_list,
    migrate::migrate,
    tags, teams,
    tx::{execute, fetch_all},
    usage,
};

/// A database to ask how it would run a statement.
pub(super) struct Ground {
    pub db: Db,
    _database: TestDatabase,
    _folder: TempDir,
}

impl Ground {
    /// An empty file.
    pub async fn sqlite() -> Self {
        let folder = TempDir::with_prefix("satchel-").unwrap();
        let database = TestDatabase::Sqlite(folder.path().join("plans.db"));
        Self::of(database, folder).await
    }

    /// A thousand accounts that hold much, where the test run names a server.
    pub async fn postgres() -> Option<Self> {
        setting("SATCHEL_TEST_DATABASE")?;
        let folder = TempDir::with_prefix("satchel-").unwrap();
        let database = TestDatabase::create(folder.path()).await;
        let ground = Self::of(database, folder).await;
        let mut tx = ground.db.write().await.unwrap();
        for statement in FILL {
            execute!(&mut tx, sqlx::query(*statement)).unwrap();
        }
        tx.commit().await.unwrap();
        Some(ground)
    }

    async fn of(database: TestDatabase, folder: TempDir) -> Self {
        let db = connect(&Secret::new(database.url())).await.unwrap();
        migrate(&db).await.unwrap();
        Self {
            db,
            _database: database,
            _folder: folder,
        }
    }

    /// How the database means to run a statement, whatever its values are, in its own words.
    pub async fn plan(&self, statement: &str) -> String {
        let mut tx = self.db.read().await.unwrap();
        if self.db.dialect() == Dialect::Sqlite {
            let explain = format!("explain query plan {statement}");
            let steps: Vec<(i64, i64, i64, String)> =
                fetch_all!(tx, sqlx::query_as(AssertSqlSafe(explain.clone()))).unwrap();
            let steps: Vec<_> = steps.into_iter().map(|step| step.3).collect();
            return steps.join("\n");
        }
        let values = vec!["null"; count_places(statement)].join(", ");
        for setting in [
            // Small tables are read whole and sorted; here they stand for large ones.
            "set local enable_seqscan = off".to_owned(),
            "set local enable_sort = off".to_owned(),
            "set local plan_cache_mode = force_generic_plan".to_owned(),
            format!("prepare asked as {statement}"),
        ] {
            execute!(tx, sqlx::query(AssertSqlSafe(setting.clone()))).unwrap();
        }
        let explain = format!("explain (costs off) execute asked ({values})");
        let steps: Vec<String> =
            fetch_all!(tx, sqlx::query_scalar(AssertSqlSafe(explain.clone()))).unwrap();
        execute!(tx, sqlx::query("deallocate asked")).unwrap();
        steps.join("\n")
    }

    /// Fails where a statement reads a table whole, or all that an account has in it, or sorts it.
    pub async fn assert_walks(&self, what: &str, statement: &str) -> String {
        let plan = self.plan(statement).await;
        for sign in ["Seq Scan", "Sort Key", "USE TEMP B-TREE FOR ORDER BY"] {
            assert!(!plan.contains(sign), "{what}: {sign}\n{plan}");
        }
        for line in plan.lines().map(str::trim) {
            for table in LARGE {
                let scan = format!("SCAN {table}");
                assert!(!line.starts_with(&scan), "{what}: {line}\n{plan}");
            }
            let whole = ["(account_id=?)", "Index Cond: (account_id = $1)"];
            let is_large = LARGE
                .iter()
                .any(|table| plan.contains(&format!("on {table}")));
            let is_whole = match self.db.dialect() {
                Dialect::Sqlite => line.contains(whole[0]) && is_search_of_large(line),
                Dialect::Postgres => line == whole[1] && is_large,
            };
            assert!(!is_whole, "{what}: {line}\n{plan}");
        }
        plan
    }
}

/// Tables that may hold very much of one account.
const LARGE: [&str; 8] = [
    "assets",
    "asset_tags",
    "asset_teams",
    "folder_ancestors",
    "folders",
    "search_documents",
    "tags",
    "teams",
];

fn is_search_of_large(line: &str) -> bool {
    let searched = line.strip_prefix("SEARCH ").unwrap_or_default();
    let table = searched.split(' ').next().unwrap_or_default();
    LARGE.contains(&table)
}

/// How many values a statement asks for.
fn count_places(statement: &str) -> usize {
    let numbers = statement.split('$').skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit());
        rest[..end.unwrap_or(rest.len())].parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// A setting of the test run, read where nothing else is.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by their surroundings"
)]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// What is asked whenever somebody opens the library or marks a file.
fn asked_most() -> Vec<(&'static str, String)> {
    let folders = |filter: FolderFilter| folder_list::statement(&filter);
    let level = |parent| FolderFilter {
        parent: Some(parent),
        ..FolderFilter::default()
    };
    vec![
        ("the top of the tree", folders(level(FolderParent::Top))),
        (
            "a level of the tree",
            folders(level(FolderParent::In(FolderId::from_parts(1, 1)))),
        ),
        ("all folders", folders(FolderFilter::default())),
        ("the meter", usage::GET.to_owned()),
        ("one's own meter", usage::GET_OF_USER.to_owned()),
        ("what kinds hold", usage::LIST_KINDS.to_owned()),
        ("tags", tags::list_statement()),
        ("tags that begin so", tags::beginning_statement()),
        ("teams", teams::list_statement()),
    ]
}

async fn assert_all_walk(ground: &Ground) {
    for (what, statement) in asked_most() {
        ground.assert_walks(what, &statement).await;
    }
    // At most as many as folders nest: sorted, but not looked for among all.
    let above = ground.plan(&folder_list::above_statement()).await;
    let by_id = [
        "folders_by_age (account_id=? AND id=?)",
        "Index Cond: ((account_id = $1) AND (id = folder_ancestors.ancestor_id))",
    ];
    assert!(by_id.iter().any(|sign| above.contains(sign)), "{above}");
}

#[tokio::test]
async fn what_is_asked_most_walks_along_an_index() {
    assert_all_walk(&Ground::sqlite().await).await;
}

#[tokio::test]
async fn what_is_asked_most_walks_along_an_index_of_postgres() {
    if let Some(ground) = Ground::postgres().await {
        assert_all_walk(&ground).await;
    }
}

#[tokio::test]
async fn tags_and_teams_are_suggested_and_counted_without_a_look_at_any_asset() {
    let mut grounds = vec![Ground::sqlite().await];
    grounds.extend(Ground::postgres().await);
    for ground in grounds {
        for statement in [
            tags::beginning_statement(),
            tags::list_statement(),
            teams::list_statement(),
        ] {
            let plan = ground.plan(&statement).await;
            assert!(!plan.contains("assets"), "{plan}");
        }
    }
}

/// Rows without their triggers, which would count and index each of them.
const FILL: &[&str] = &[
    "set local session_replication_role = replica",
    "\
     insert into accounts (id, name, library_enabled, max_image, max_video, max_audio, \
         max_document, max_contact, folder_images, retention_days, created_at) \
     select 'acc_' || n, 'Account ' || n, true, 1, 1, 1, 1, 1, 1, 30, 0 \
     from generate_series(0, 999) as n",
    "\
     insert into users (id, account_id, email, name, role, operator, password, \
         created_at) \
     select 'usr_' || n, 'acc_' || n % 1000, n || '@example.com', 'User ' || n, \
         'agent', false, '', 0 \
     from generate_series(1, 3000) as n",
    "\
     insert into tags (id, account_id, name, name_key) \
     select 'tag_' || n, 'acc_' || n % 1000, 'tag ' || n, 'tag ' || n \
     from generate_series(1, 6000) as n",
    "\
     insert into teams (id, account_id, name, name_key, created_at) \
     select 'tea_' || n, 'acc_' || n % 1000, 'team ' || n, 'team ' || n, 0 \
     from generate_series(1, 3000) as n",
    "\
     insert into team_members (team_id, user_id) \
     select 'tea_' || n, 'usr_' || 1 + n % 3000 \
     from generate_series(1, 3000) as n",
    "\
     insert into search_names (account_id, word, ref, is_learned) \
     select 'acc_' || n % 1000, 'word' || n, 'tag_' || n, true \
     from generate_series(1, 6000) as n",
    "\
     insert into folders (id, account_id, parent_id, name, name_key, sort_key, depth, \
         created_at) \
     select 'fld_' || n, 'acc_' || n % 1000, case when n > 30 then 'fld_' || n / 10 \
         end, 'folder ' || n, 'folder ' || n, 'folder ' || n, 1, 0 \
     from generate_series(1, 20000) as n",
    "\
     insert into folder_ancestors (folder_id, ancestor_id, distance) \
     select 'fld_' || n, 'fld_' || n, 0 \
     from generate_series(1, 20000) as n",
    "\
     insert into folder_ancestors (folder_id, ancestor_id, distance) \
     select 'fld_' || n, 'fld_' || n / 10, 1 \
     from generate_series(31, 20000) as n",
    "\
     insert into assets (id, account_id, folder_id, name, name_key, name_words, \
         alt_text, kind, state, source, blob_id, mime, size, sha256, has_renditions, \
         version, created_at, updated_at, created_by) \
     select 'ast_' || n, 'acc_' || n % 1000, 'fld_' || 1 + n % 20000, 'a ' || n, 'a ' \
         || n, 'a', '', 'image', 'active', 'upload', 'blb_' || n, 'image/jpeg', n, 'x', \
         true, 1, n, n, 'usr_' || 1 + n % 3000 \
     from generate_series(1, 20000) as n",
    "\
     insert into asset_tags (asset_id, tag_id, created_at) \
     select 'ast_' || n, 'tag_' || 1 + n % 6000, n \
     from generate_series(1, 20000) as n",
    "\
     insert into asset_teams (asset_id, team_id, created_at) \
     select 'ast_' || n, 'tea_' || 1 + n % 3000, n \
     from generate_series(1, 20000) as n",
    "\
     insert into account_usage (account_id, used, reserved) \
     select id, 0, 0 \
     from accounts",
    "\
     insert into user_usage (user_id, account_id, used, reserved) \
     select id, account_id, 1, 0 \
     from users",
    "\
     insert into usage_totals (account_id, kind, state, assets, size) \
     select id, 'image', 'active', 1, 1 \
     from accounts",
    "analyze",
];

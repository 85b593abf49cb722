//! Lists of folders: siblings in their order, the whole tree, what words find, and the trash.

use std::collections::HashMap;

use model::{AccountId, FileName, FolderFilter, FolderId, FolderParent};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, query::QueryAs};

use super::{
    fence::holds_folder,
    folders::{COLUMNS, FolderRow, WITH_NAME, place},
    text,
    tx::{Tx, fetch_all},
};
use crate::Result;

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {
    /// What the trash and what words find are sorted by first.
    number: i64,
    text: String,
    id: String,
}

/// How a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Oldest first, which no move and no new name changes.
    Age,
    /// By name, as people see them.
    Name,
    /// What is called just as it was asked for first, then by name.
    Found,
    /// What went to the trash last comes first.
    Trash,
}

impl Order {
    fn of(filter: &FolderFilter) -> Self {
        if filter.trashed {
            Self::Trash
        } else if !words(filter).is_empty() {
            Self::Found
        } else if filter.parent.is_some() {
            Self::Name
        } else {
            Self::Age
        }
    }

    /// What it sorts by, and the places of where a page starts.
    const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Age => ("folders.id", "$4"),
            Self::Name => ("folders.sort_key, folders.id", "$3, $4"),
            Self::Found => ("{likeness}, folders.sort_key, folders.id", "$2, $3, $4"),
            Self::Trash => (
                "-folders.trashed_at, folders.sort_key, folders.id",
                "$2, $3, $4",
            ),
        }
    }
}

impl Key {
    /// The place of a folder in a list.
    pub fn of(row: &FolderRow) -> Self {
        Self {
            number: row.trashed_at.map_or(row.likeness, |at| -at.as_millis()),
            text: row.sort_key.clone(),
            id: row.id.to_string(),
        }
    }

    /// Before everything.
    fn start() -> Self {
        Self {
            number: i64::MIN,
            text: String::new(),
            id: String::new(),
        }
    }
}

/// A page of folders after a place, and one more where there are more.
pub(crate) async fn list(
    tx: &mut Tx,
    account: AccountId,
    (filter, root): (&FolderFilter, Option<FolderId>),
    after: Option<Key>,
    rows: i64,
) -> Result<Vec<FolderRow>> {
    let list = match root {
        Some(_) => statement_within(filter),
        None => statement(filter),
    };
    let Key { number, text, id } = after.unwrap_or_else(Key::start);
    let place = place(filter.parent.and_then(FolderParent::id));
    let root = root.map(|id| id.to_string());
    let mut words = words(filter);
    if !words.is_empty() {
        words.push(text::folded(filter.q.as_deref().unwrap_or_default().trim()));
    }
    Ok(fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(number)
            .bind(&text)
            .bind(&id)
            .bind(rows)
            .bind(&place);
        let query = words.iter().fold(query, QueryAs::bind);
        root.iter().fold(query, QueryAs::bind)
    })?)
}

fn words(filter: &FolderFilter) -> Vec<String> {
    let words = text::words(filter.q.as_deref().unwrap_or_default());
    words
        .into_iter()
        .map(|word| format!("%{}%", text::escaped(&word)))
        .collect()
}

/// That a word stands in a folder's name, or in that of one it lies in.
fn meets(word: usize) -> String {
    format!(
        " and (folders.name_key like ${word} escape '\\' or exists ( \
            select 1 from folder_ancestors \
                   join folders as above on above.id = folder_ancestors.ancestor_id \
             where folder_ancestors.folder_id = folders.id and folder_ancestors.distance > 0 \
               and above.name_key like ${word} escape '\\'))"
    )
}

/// That some of the words stand in a folder's own name: else all below it would be found as well.
fn names(words: usize) -> String {
    let named: Vec<_> = (7..7 + words)
        .map(|word| format!("folders.name_key like ${word} escape '\\'"))
        .collect();
    format!(" and ({})", named.join(" or "))
}

/// The statement of a page: `$1` is the account, `$2` to `$4` where it starts, `$5` how many,
/// `$6` the parent, and then the words, and the question as it was written.
pub(super) fn statement(filter: &FolderFilter) -> String {
    let place = match (filter.trashed, filter.parent) {
        (true, _) => "folders.trashed_at is not null and folders.trashed_with = folders.id",
        (false, Some(_)) => "folders.trashed_at is null and coalesce(folders.parent_id, '') = $6",
        (false, None) => "folders.trashed_at is null",
    };
    let count = words(filter).len();
    let likeness = format!(
        "cast(case when folders.name_key = ${} then -1 else 0 end as bigint)",
        7 + count
    );
    let (order, start) = Order::of(filter).columns();
    let order = order.replace("{likeness}", &likeness);
    let (likeness, words) = if count == 0 {
        (String::new(), String::new())
    } else {
        let words: String = (7..7 + count).map(meets).collect();
        (format!(", {likeness} as likeness"), names(count) + &words)
    };
    // Every place is named, whether or not this list needs it: Postgres wants to know its type.
    format!(
        "{COLUMNS}{likeness} from folders {WITH_NAME} \
          where folders.account_id = $1 and {place} and ({order}) > ({start}){words} \
            and $2 <= 0 and $3 = $3 and $6 = $6 \
          order by {order} limit $5"
    )
}

/// The same for a folder and those below it alone, which is the last value: there, it is the top,
/// and what it lies in is called nothing.
fn statement_within(filter: &FolderFilter) -> String {
    let count = words(filter).len();
    let root = if count == 0 { 7 } else { 8 + count };
    let inside = holds_folder("folders.id", root);
    let above = format!("and {} and above.name_key", holds_folder("above.id", root));
    let top = match filter.parent {
        Some(FolderParent::Top) => format!("folders.id = ${root}"),
        _ => "coalesce(folders.parent_id, '') = $6".to_owned(),
    };
    statement(filter)
        .replace("coalesce(folders.parent_id, '') = $6", &top)
        .replace("and above.name_key", &above)
        .replace(
            "where folders.account_id = $1",
            &format!("where {inside} and folders.account_id = $1"),
        )
}

/// The names of the folders that some folders lie in, each from the top down.
pub(crate) async fn list_paths(
    tx: &mut Tx,
    folders: &[FolderId],
) -> Result<HashMap<FolderId, Vec<FileName>>> {
    let mut paths: HashMap<FolderId, Vec<FileName>> = HashMap::new();
    if folders.is_empty() {
        return Ok(paths);
    }
    let places: Vec<_> = (1..=folders.len())
        .map(|place| format!("${place}"))
        .collect();
    let list = format!(
        "select folder_ancestors.folder_id, folders.name \
           from folder_ancestors join folders on folders.id = folder_ancestors.ancestor_id \
          where folder_ancestors.distance > 0 and folder_ancestors.folder_id in ({}) \
          order by folder_ancestors.folder_id, folder_ancestors.distance desc",
        places.join(", ")
    );
    let rows: Vec<(FolderId, FileName)> = fetch_all!(tx, {
        let query = sqlx::query_as(AssertSqlSafe(list.clone()));
        folders.iter().fold(query, |query, id| query.bind(*id))
    })?;
    for (folder, name) in rows {
        paths.entry(folder).or_default().push(name);
    }
    Ok(paths)
}

/// The statement of a folder with all it lies in: `$1` is the account, `$2` the folder. What lies
/// above is looked up first, or all folders of the account would be walked for it.
pub(super) fn above_statement() -> String {
    format!(
        "{COLUMNS} from folder_ancestors cross join folders {WITH_NAME} \
          where folder_ancestors.folder_id = $2 and folders.id = folder_ancestors.ancestor_id \
            and folders.account_id = $1 and folders.trashed_at is null \
          order by folder_ancestors.distance desc"
    )
}

/// A folder with all it lies in, from the top down.
pub(crate) async fn list_above(
    tx: &mut Tx,
    account: AccountId,
    folder: FolderId,
) -> Result<Vec<FolderRow>> {
    let list = above_statement();
    Ok(fetch_all!(
        tx,
        sqlx::query_as(AssertSqlSafe(list.clone()))
            .bind(account)
            .bind(folder)
    )?)
}

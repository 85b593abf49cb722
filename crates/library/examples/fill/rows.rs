//! The rows that fill a library: folders, tags, teams and assets.

use crate::Fill;

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

impl Fill {
    pub async fn words(&mut self) {
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
    pub async fn account(&mut self, like: &str, number: usize) -> String {
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
    pub async fn folders(&mut self, place: &Place) {
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
    pub async fn names(&mut self, place: &Place) {
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

    pub async fn assets(&mut self, place: &Place, main: &str, count: usize) {
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
}

/// An account that is filled.
pub struct Place {
    pub number: usize,
    pub account: String,
    pub folders: usize,
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
pub fn series(range: std::ops::Range<usize>) -> String {
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

//! Conditions of a list with the values that belong to them.

use model::{AssetFilter, AssetId, Orientation};

use super::Narrowed;
use crate::db::fence::Fence;

/// Whether a film is played a quarter turned from how its pixels are stored, as its bytes tell.
const IS_TURNED: &str = "\
        assets.kind = 'video' and exists ( \
            select 1 from blobs \
             where blobs.account_id = assets.account_id and blobs.id = assets.blob_id \
               and blobs.facts like '%\"is_turned\":true%')";

/// A value that takes a place in a statement.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

/// Conditions with the values that belong to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; `?` in it is the place of the value.
    pub fn add(&mut self, condition: &str, value: Value) {
        let place = self.place(value);
        self.also(&condition.replace('?', &place));
    }

    /// Adds a condition without a value.
    pub fn also(&mut self, condition: &str) {
        let joint = if self.sql.is_empty() {
            " where "
        } else {
            " and "
        };
        self.sql.push_str(joint);
        self.sql.push_str(condition);
    }

    /// Adds a condition that a column has one of some texts.
    pub fn one_of(&mut self, column: &str, texts: &[String]) {
        let condition = format!("{column} in ({})", self.places(texts));
        self.also(&condition);
    }

    /// The places of some texts.
    pub fn places(&mut self, texts: &[String]) -> String {
        let places: Vec<_> = texts
            .iter()
            .map(|text| self.place(Value::Text(text.clone())))
            .collect();
        places.join(", ")
    }

    /// The place of a value.
    pub fn place(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// What a filter says about the asset alone, and what is seen of them at all.
    pub fn narrow(&mut self, narrowed: &Narrowed<'_>) {
        self.narrow_by(narrowed.filter);
        if let Some(fence) = &narrowed.fence {
            self.stay_within(fence);
        }
    }

    fn stay_within(&mut self, fence: &Fence) {
        self.also("assets.state <> 'trashed'");
        if let Some(root) = fence.root {
            self.add(
                "exists (select 1 from folder_ancestors as inside \
                          where inside.folder_id = assets.folder_id and inside.ancestor_id = ?)",
                Value::Text(root.to_string()),
            );
        }
        if !fence.kinds.is_empty() {
            let kinds: Vec<_> = fence.kinds.iter().map(ToString::to_string).collect();
            self.one_of("assets.kind", &kinds);
        }
    }

    fn narrow_by(&mut self, filter: &AssetFilter) {
        let text = |text: &dyn ToString| Value::Text(text.to_string());
        self.add("assets.state = ?", text(&filter.state.as_str()));
        if let Some(folder) = filter.folder_id {
            self.add("assets.folder_id = ?", text(&folder));
        }
        if let Some(kind) = filter.kind {
            self.add("assets.kind = ?", text(&kind));
        }
        if let Some(source) = filter.source {
            self.add("assets.source = ?", text(&source));
        }
        if let Some(person) = filter.created_by {
            self.add("assets.created_by = ?", text(&person));
        }
        self.narrow_figures(filter);
        match filter.described {
            Some(true) => self.also("assets.alt_text <> ''"),
            Some(false) => self.also("assets.alt_text = ''"),
            None => {}
        }
        match filter.used {
            Some(true) => self.also("assets.used_at is not null"),
            Some(false) => self.also("assets.used_at is null"),
            None => {}
        }
        match filter.orientation {
            Some(Orientation::Landscape) => self.lies("assets.width", "assets.height"),
            Some(Orientation::Portrait) => self.lies("assets.height", "assets.width"),
            Some(Orientation::Square) => self.also("assets.width = assets.height"),
            None => {}
        }
    }

    /// Adds a condition that one side is longer than the other, as it is seen.
    fn lies(&mut self, long: &str, short: &str) {
        self.also(&format!(
            "case when {IS_TURNED} then {short} > {long} else {long} > {short} end"
        ));
    }

    fn narrow_figures(&mut self, filter: &AssetFilter) {
        let bytes = |size: model::ByteSize| size.as_u64().min(i64::MAX as u64).cast_signed();
        let figures = [
            (
                "assets.created_at > ?",
                filter.created_after.map(model::Timestamp::as_millis),
            ),
            (
                "assets.created_at < ?",
                filter.created_before.map(model::Timestamp::as_millis),
            ),
            ("assets.size >= ?", filter.size_min.map(bytes)),
            ("assets.size <= ?", filter.size_max.map(bytes)),
            ("assets.width >= ?", filter.width_min.map(i64::from)),
            ("assets.height >= ?", filter.height_min.map(i64::from)),
        ];
        for (condition, figure) in figures {
            if let Some(figure) = figure {
                self.add(condition, Value::Number(figure));
            }
        }
    }

    /// Leaves out what lies before a place, in the order that `compare` walks.
    pub fn start_after(&mut self, columns: (&str, &str), compare: char, value: Value, id: AssetId) {
        let (column, id_column) = columns;
        let place = self.place(value);
        let condition = format!("({column}, {id_column}) {compare} ({place}, ?)");
        self.add(&condition, Value::Text(id.to_string()));
    }
}

/// Binds every value in its place; a macro, because each driver has its own types.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.iter().fold($query, |query, value| match value {
            $crate::db::asset_list::conditions::Value::Text(text) => query.bind(text.clone()),
            $crate::db::asset_list::conditions::Value::Number(number) => query.bind(*number),
        })
    };
}

pub(super) use bound;

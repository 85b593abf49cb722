//! Which page of a list is asked for.

use model::{Cursor, Limit, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::failure::Result;

/// Which page of a list is asked for, where nothing else can be.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPage {
    /// Where the page starts: `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items a page holds; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl ListPage {
    /// Where the page starts and how many items it holds.
    pub fn read(self) -> Result<(Option<Cursor>, Limit)> {
        read(self.cursor, self.limit)
    }
}

/// Reads where a page starts and how many items it holds; an empty cursor is the beginning.
pub fn read(cursor: Option<Cursor>, limit: Option<u32>) -> Result<(Option<Cursor>, Limit)> {
    let cursor = cursor.filter(|cursor| !cursor.0.is_empty());
    let Some(limit) = limit else {
        return Ok((cursor, Limit::default()));
    };
    let limit = Limit::new(limit).ok_or_else(|| Problem::malformed("`limit` may be 1 to 200."))?;
    Ok((cursor, limit))
}

//! Which page of a list is asked for.

use model::{Cursor, Limit};
use serde::Deserialize;
use utoipa::IntoParams;

use super::assets::{is_said, page_size};
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
        let limit = page_size(self.limit)?;
        Ok((self.cursor.filter(is_said), limit))
    }
}

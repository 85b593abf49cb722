//! `/audit`: who did what to which; for administrators.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::extract::State as Extract;
use library::Library;
use model::{AuditLine, Cursor, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Answer, Private,
    assets::{is_said, page_size},
    extract::Asked,
};
use crate::identify::SignedIn;

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAudit {
    /// Where the page starts: `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items a page holds; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Lists the account's audit trail, newest first.
#[utoipa::path(get, path = "/audit", tag = "administration", params(ListAudit),
    responses((status = 200, body = Page<AuditLine>)))]
pub async fn list_audit(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(asked): Asked<ListAudit>,
) -> Answer<Page<AuditLine>> {
    let limit = page_size(asked.limit)?;
    let cursor = asked.cursor.filter(is_said);
    let page = library.list_audit(&actor, cursor.as_ref(), limit).await?;
    Ok(Private(page))
}

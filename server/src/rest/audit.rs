//! `/audit`: who did what to which; for administrators.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::{
    body::Body,
    extract::State as Extract,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt as _;
use library::Library;
use model::{AuditFilter, AuditLine, Cursor, EventKind, Page, Problem, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Answer, Private, extract::Asked, page};
use crate::{failure::Result, identify::SignedIn};

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAudit {
    /// Who did it: the id of a user or token, the address a person signs in with, or `system`.
    actor: Option<String>,
    kind: Option<EventKind>,
    /// What it was done to: an id, or the address a person signs in with.
    subject: Option<String>,
    /// Not before this moment.
    after: Option<Timestamp>,
    /// Before this moment.
    before: Option<Timestamp>,
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
    let (cursor, limit) = page::read(asked.cursor, asked.limit)?;
    let filter = AuditFilter {
        actor: asked.actor,
        kind: asked.kind,
        subject: asked.subject,
        after: asked.after,
        before: asked.before,
    };
    let page = library.list_audit(&actor, &filter, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Which lines are exported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportAudit {
    /// Who did it: the id of a user or token, the address a person signs in with, or `system`.
    actor: Option<String>,
    kind: Option<EventKind>,
    /// What it was done to: an id, or the address a person signs in with.
    subject: Option<String>,
    /// Not before this moment.
    after: Option<Timestamp>,
    /// Before this moment.
    before: Option<Timestamp>,
}

/// Gives the account's audit trail as a table for spreadsheets, newest first.
#[utoipa::path(get, path = "/audit/export", tag = "administration", params(ExportAudit),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn export_audit(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Asked(asked): Asked<ExportAudit>,
) -> Result<Response> {
    let filter = AuditFilter {
        actor: asked.actor,
        kind: asked.kind,
        subject: asked.subject,
        after: asked.after,
        before: asked.before,
    };
    let lines = library.export_audit(&actor, filter).await?;
    let lines = lines.map_err(|error| std::io::Error::other(Problem::from(error)));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

//! `/assets/batch` and `/batches`: one deed on many assets, and how far it has come.
#![expect(
    unused_qualifications,
    reason = "the macro that describes parameters writes them"
)]

use axum::{
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use library::Library;
use model::{
    Batch, BatchAnswer, BatchId, BatchItem, BatchRequest, BatchState, Cursor, Outcome, Page,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Answer, Private,
    extract::{Asked, Id, Said},
    page,
};
use crate::{failure::Result, identify::SignedIn};

/// The status of a batch: done, or begun.
pub fn status(answer: &BatchAnswer) -> StatusCode {
    if answer.batch.is_some() {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    }
}

/// What is said of what is gone: that it is done, or the batch to watch.
pub(super) fn under_way(batch: Option<Batch>) -> Response {
    match batch {
        None => StatusCode::NO_CONTENT.into_response(),
        Some(batch) => (StatusCode::ACCEPTED, Private(batch)).into_response(),
    }
}

/// Does one thing to many assets and answers each; very many are done by a batch to watch.
#[utoipa::path(post, path = "/assets/batch", tag = "assets", request_body = BatchRequest,
    responses((status = 200, body = BatchAnswer),
        (status = 202, description = "It is under way: watch `batch`", body = BatchAnswer)))]
pub async fn change_assets(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(request): Said<BatchRequest>,
) -> Result<(StatusCode, Private<BatchAnswer>)> {
    let (action, selection) = request.parse()?;
    let answer = library.change_assets(&actor, action, selection).await?;
    Ok((status(&answer), Private(answer)))
}

/// Tells how far a batch has come.
#[utoipa::path(get, path = "/batches/{id}", tag = "assets", params(("id" = BatchId, Path)),
    responses((status = 200, body = Batch)))]
pub async fn get_batch(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<BatchId>,
) -> Answer<Batch> {
    Ok(Private(library.get_batch(&actor, id).await?))
}

/// Which of the assets of a batch are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListItems {
    outcome: Option<Outcome>,
    /// Where the page starts: `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items a page holds; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Lists what became of the assets of a batch, by id: what it changed, as far as that can be
/// undone, and what it could not change, for two days.
#[utoipa::path(get, path = "/batches/{id}/items", tag = "assets",
    params(("id" = BatchId, Path), ListItems),
    responses((status = 200, body = Page<BatchItem>)))]
pub async fn list_batch_items(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<BatchId>,
    Asked(asked): Asked<ListItems>,
) -> Answer<Page<BatchItem>> {
    let (cursor, limit) = page::read(asked.cursor, asked.limit)?;
    let page = library.list_batch_items(&actor, id, asked.outcome, cursor.as_ref(), limit);
    Ok(Private(page.await?))
}

/// Stops a batch; what it has done stays done.
#[utoipa::path(post, path = "/batches/{id}/cancel", tag = "assets",
    params(("id" = BatchId, Path)), responses((status = 200, body = Batch)))]
pub async fn cancel_batch(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<BatchId>,
) -> Answer<Batch> {
    Ok(Private(library.cancel_batch(&actor, id).await?))
}

/// Turns back what a batch changed and is still as it left it: once, within a day, by who began it
/// or an administrator.
#[utoipa::path(post, path = "/batches/{id}/undo", tag = "assets",
    params(("id" = BatchId, Path)), responses((status = 200, body = Batch),
        (status = 202, description = "It is under way: watch it", body = Batch)))]
pub async fn undo_batch(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<BatchId>,
) -> Result<(StatusCode, Private<Batch>)> {
    let undoing = library.undo_batch(&actor, id).await?;
    let status = if undoing.state == BatchState::Running {
        StatusCode::ACCEPTED
    } else {
        StatusCode::OK
    };
    Ok((status, Private(undoing)))
}

#[cfg(test)]
mod tests {
    use model::{Id as _, Timestamp};

    use super::*;

    #[test]
    fn what_is_gone_says_so_and_what_goes_says_what_to_watch() {
        let batch = Batch {
            id: BatchId::from_parts(0, 7),
            state: BatchState::Running,
            total: 1_101,
            done: 0,
            changed: 0,
            refused: 0,
            created_at: Timestamp::from_millis(0),
            finished_at: None,
            undoable: false,
            stoppable: true,
            undoes: None,
            problem: None,
        };

        assert_eq!(under_way(None).status(), StatusCode::NO_CONTENT);
        assert_eq!(under_way(Some(batch)).status(), StatusCode::ACCEPTED);
    }
}

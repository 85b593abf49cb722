//! `DELETE`: gives an upload up.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use library::Actor;
use model::UploadId;

use crate::{failure::Result, state::State};

/// Gives an upload up and frees what it held.
pub async fn terminate(state: &State, actor: &Actor, id: UploadId) -> Result<Response> {
    state.library.terminate_upload(actor, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

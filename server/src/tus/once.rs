//! `POST` with an `Idempotency-Key`: sent twice, one upload is begun, and its address told again.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use library::{Actor, uploads::Progress};
use model::UploadId;

use super::{
    create::{self, created},
    headers::{UPLOAD_CONCAT, UPLOAD_DEFER_LENGTH, UPLOAD_LENGTH, UPLOAD_METADATA},
};
use crate::{
    failure::Result,
    rest::idempotency::{Call, Done, again, key},
    state::State,
};

/// Begins an upload, once for each key.
pub async fn create(state: &State, actor: &Actor, request: Request) -> Result<Response> {
    let Some(key) = key(request.headers()) else {
        return create::create(state, actor, request).await;
    };
    let name = name(request.headers());
    let call = Call::new(state, actor.clone(), key);
    let request = call.watch(request);
    let work = {
        let (state, actor) = (state.clone(), actor.clone());
        async move {
            let answer = create::create(&state, &actor, request).await;
            answer.unwrap_or_else(IntoResponse::into_response)
        }
    };
    match call.run(name, work).await? {
        Done::Now(response) => Ok(response),
        Done::Before { status, body } => match begun(status, &body) {
            Some(id) => tell_again(state, actor, id).await,
            None => Ok(again(status, body)),
        },
    }
}

/// All that makes the upload this one.
///
/// Whether bytes come along is not of it: who sent them all and heard nothing asks again without.
fn name(headers: &HeaderMap) -> Vec<u8> {
    let told = [
        UPLOAD_LENGTH,
        UPLOAD_DEFER_LENGTH,
        UPLOAD_METADATA,
        UPLOAD_CONCAT,
    ];
    let told = told.map(|name| headers.get(name));
    format!("POST /files/\n{told:?}").into_bytes()
}

/// The upload that was begun; a refusal has begun none.
fn begun(status: u16, body: &[u8]) -> Option<UploadId> {
    let text = std::str::from_utf8(body).ok()?;
    (status == StatusCode::CREATED.as_u16()).then(|| text.parse().ok())?
}

/// Where the upload is, and how far it has come by now.
async fn tell_again(state: &State, actor: &Actor, id: UploadId) -> Result<Response> {
    let upload = state.library.get_upload(actor, id).await?;
    let mut response = created(
        state,
        &Progress {
            upload,
            asset: None,
        },
    );
    let headers = response.headers_mut();
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    Ok(response)
}

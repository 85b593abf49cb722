//! `PATCH`: adds bytes to an upload; with the last one it becomes an asset.

use axum::{
    body::{Body, BodyDataStream},
    extract::Request,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{Stream, TryStreamExt};
use library::{Actor, uploads::Piece};
use model::{ByteSize, Problem, ProblemCode, UploadId};

use super::headers::{UPLOAD_LENGTH, UPLOAD_OFFSET, became, checksum, expiry, number, size};
use crate::{
    failure::{Result, unsupported_body},
    middleware::limit::content_length,
    state::State,
};

/// What the bytes of an upload are sent as.
pub const OFFSET_BYTES: &str = "application/offset+octet-stream";

/// Adds bytes to an upload.
pub async fn append(
    state: &State,
    actor: &Actor,
    id: UploadId,
    request: Request,
) -> Result<Response> {
    let headers = request.headers();
    if headers
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind != OFFSET_BYTES)
    {
        return Err(unsupported_body(OFFSET_BYTES).into());
    }
    let piece = piece(headers)?;
    let upload = state.library.get_upload(actor, id).await?;
    if upload
        .metadata
        .concat
        .is_some_and(|how| how.starts_with("final"))
    {
        return Err(Problem::new(
            ProblemCode::Forbidden,
            "An upload that was joined from parts takes no bytes.",
        )
        .into());
    }
    let progress = state
        .library
        .append_upload(actor, id, piece, body(request))
        .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, number(progress.upload.offset));
    expiry(headers, &progress.upload);
    became(headers, &progress.upload, progress.asset.as_ref());
    Ok(response)
}

fn piece(headers: &HeaderMap) -> Result<Piece, Problem> {
    Ok(Piece {
        offset: size(headers, &UPLOAD_OFFSET)?
            .ok_or_else(|| Problem::malformed("Say where the bytes start in `Upload-Offset`."))?,
        announced: content_length(headers).map(ByteSize::bytes),
        length: size(headers, &UPLOAD_LENGTH)?,
        checksum: checksum(headers)?,
    })
}

/// The bytes of a request as the library takes them.
pub fn body(request: Request) -> impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin {
    stream(request.into_body())
}

fn stream(body: Body) -> impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin {
    let stream: BodyDataStream = body.into_data_stream();
    stream.map_err(std::io::Error::other)
}

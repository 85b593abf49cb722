//! `POST`: begins an upload, with its first bytes if the client sends them along.

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, LOCATION},
    },
    response::{IntoResponse, Response},
};
use library::{
    Actor,
    uploads::{NewUpload, Piece, Progress, SMALL},
};
use model::{ByteSize, Problem, Upload, UploadId};

use super::{
    append::{self, OFFSET_BYTES},
    concat,
    headers::{
        UPLOAD_CONCAT, UPLOAD_DEFER_LENGTH, UPLOAD_LENGTH, UPLOAD_OFFSET, became, checksum, expiry,
        number, size, text,
    },
    metadata,
};
use crate::{
    failure::Result, middleware::limit::content_length, rest::idempotency::KeptAs, state::State,
};

/// Begins an upload.
pub async fn create(state: &State, actor: &Actor, request: Request) -> Result<Response> {
    let headers = request.headers();
    match text(headers, &UPLOAD_CONCAT)? {
        Some(parts) if parts.starts_with("final;") => {
            return concat::concat(state, actor, headers).await;
        }
        Some("partial") | None => {}
        Some(_) => {
            return Err(Problem::malformed("`Upload-Concat` is `partial` or `final;…`.").into());
        }
    }
    let new = NewUpload {
        length: length(headers)?,
        metadata: metadata::read(headers)?,
        is_partial: headers.contains_key(&UPLOAD_CONCAT),
    };
    let piece = first_piece(headers)?;
    if let Some(length) = whole(&new, piece.as_ref()) {
        let body = append::body(request);
        let library = &state.library;
        let progress = library.create_whole_upload(actor, length, new.metadata, body);
        return Ok(created(state, &progress.await?));
    }
    let upload = state.library.create_upload(actor, new).await?;
    let progress = match piece {
        None => Progress {
            upload,
            asset: None,
        },
        Some(piece) => {
            let mut unnamed = Unnamed(Some((state.clone(), actor.clone(), upload.id)));
            let body = append::body(request);
            let progress = state
                .library
                .append_upload(actor, upload.id, piece, body)
                .await?;
            unnamed.0 = None;
            progress
        }
    };
    Ok(created(state, &progress))
}

/// The length of an upload that comes in this request from its first byte to its last.
fn whole(new: &NewUpload, piece: Option<&Piece>) -> Option<ByteSize> {
    let (length, piece) = (new.length?, piece?);
    let is_whole = piece.announced == Some(length) && piece.checksum.is_none() && !new.is_partial;
    (is_whole && length <= SMALL).then_some(length)
}

/// An upload whose name the client has not been told: when its first bytes fail, nobody can go
/// on with it, so it is given up and what it held back is free again.
struct Unnamed(Option<(State, Actor, UploadId)>);

impl Drop for Unnamed {
    fn drop(&mut self) {
        if let Some((state, actor, id)) = self.0.take() {
            tokio::spawn(async move {
                let _ = state.library.terminate_upload(&actor, id).await;
            });
        }
    }
}

/// The length as said, or that it will be said later; one of the two must be.
fn length(headers: &HeaderMap) -> Result<Option<ByteSize>> {
    let length = size(headers, &UPLOAD_LENGTH)?;
    match (length, text(headers, &UPLOAD_DEFER_LENGTH)?) {
        (Some(length), None) => Ok(Some(length)),
        (None, Some("1")) => Ok(None),
        _ => Err(
            Problem::malformed("Say either `Upload-Length` or `Upload-Defer-Length: 1`.").into(),
        ),
    }
}

/// The bytes that come along, where there are any.
fn first_piece(headers: &HeaderMap) -> Result<Option<Piece>> {
    let announced = content_length(headers);
    let chunked = headers.contains_key("transfer-encoding");
    let comes_along = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == OFFSET_BYTES);
    if !comes_along || !(chunked || announced.is_some_and(|length| length > 0)) {
        return Ok(None);
    }
    Ok(Some(Piece {
        offset: ByteSize::ZERO,
        announced: announced.map(ByteSize::bytes),
        length: None,
        checksum: checksum(headers)?,
    }))
}

/// Says where the upload is, and how far it has come.
pub fn created(state: &State, progress: &Progress) -> Response {
    let Progress { upload, asset } = progress;
    let mut response = StatusCode::CREATED.into_response();
    let id = upload.id.to_string();
    response.extensions_mut().insert(KeptAs(id.into()));
    let headers = response.headers_mut();
    if let Some(location) = location(state, upload) {
        headers.insert(LOCATION, location);
    }
    headers.insert(UPLOAD_OFFSET, number(upload.offset));
    expiry(headers, upload);
    became(headers, upload, asset.as_ref());
    response
}

fn location(state: &State, upload: &Upload) -> Option<HeaderValue> {
    HeaderValue::from_str(&state.links.to(&format!("/files/{}", upload.id))).ok()
}

//! `HEAD`: how far an upload has come.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use library::Actor;
use model::UploadId;

use super::headers::{
    UPLOAD_CONCAT, UPLOAD_DEFER_LENGTH, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET, became,
    expiry, number,
};
use crate::{failure::Result, state::State};

/// Tells how far an upload has come.
pub async fn head(state: &State, actor: &Actor, id: UploadId) -> Result<Response> {
    let upload = state.library.get_upload(actor, id).await?;
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(UPLOAD_OFFSET, number(upload.offset));
    match upload.length {
        Some(length) => headers.insert(UPLOAD_LENGTH, number(length)),
        None => headers.insert(UPLOAD_DEFER_LENGTH, HeaderValue::from_static("1")),
    };
    give_back(headers, UPLOAD_METADATA, upload.metadata.raw.as_deref());
    give_back(headers, UPLOAD_CONCAT, upload.metadata.concat.as_deref());
    expiry(headers, &upload);
    became(headers, &upload, None);
    Ok(response)
}

/// Says a thing in the client's own words.
fn give_back(headers: &mut HeaderMap, name: HeaderName, text: Option<&str>) {
    if let Some(value) = text.and_then(|text| HeaderValue::from_str(text).ok()) {
        headers.insert(name, value);
    }
}

//! Bytes on their way out, over HTTP: ranges, validators, names and caching.

pub mod conditional;
pub mod disposition;
pub mod negotiate;
mod others;
mod public;
pub mod range;
mod signed;

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
            CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LAST_MODIFIED, VARY,
        },
    },
    response::Response,
};
use library::{Error, Library, Result, media::Media};
use model::Problem;
pub use public::routes as public_routes;
pub use signed::routes as signed_routes;

use self::{disposition::Disposition, range::Wanted};
use crate::failure::problem_response;

/// What an opened file may do in a browser: nothing.
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// How a media response is to be kept and shown.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    pub caching: &'static str,
    /// Whether the reader asked to save it rather than to see it.
    pub download: bool,
    /// Whether the format was chosen by `Accept`.
    pub negotiated: bool,
}

/// Answers a request for media: whole, a range, or that the reader's copy is still good.
///
/// What was made of an original is made again where it was lost.
pub async fn respond(
    library: &Library,
    media: &Media,
    method: &Method,
    asked: &HeaderMap,
    manner: Manner,
) -> Result<Response> {
    match answer(library, media, method, asked, manner).await {
        Err(Error::Lost) => {
            let media = library.reopen_media(media).await?;
            answer(library, &media, method, asked, manner).await
        }
        answered => answered,
    }
}

async fn answer(
    library: &Library,
    media: &Media,
    method: &Method,
    asked: &HeaderMap,
    manner: Manner,
) -> Result<Response> {
    let etag = conditional::quoted(&media.etag);
    let modified = conditional::http_date(media.modified_at);
    if conditional::is_fresh(asked, &etag, media.modified_at) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        validators(response.headers_mut(), &etag, &modified, manner);
        return Ok(response);
    }
    let wanted = match *method {
        Method::GET => range::wanted(asked, &etag, media.size),
        // A part is asked for by `GET` alone (RFC 9110, section 14.2).
        _ => Wanted::Whole,
    };
    let (status, bytes) = match wanted {
        Wanted::Whole => (StatusCode::OK, 0..media.size),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Wanted::Nothing => return Ok(nothing_there(&etag, media.size)),
    };
    let length = bytes.end - bytes.start;
    let body = match length {
        0 => Body::empty(),
        _ if method == Method::HEAD => Body::empty(),
        _ => Body::from_stream(library.stream_media(media, bytes.clone()).await?),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    validators(headers, &etag, &modified, manner);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if status == StatusCode::PARTIAL_CONTENT {
        headers.insert(CONTENT_RANGE, range::content_range(&bytes, media.size));
    }
    describe(headers, media, manner);
    Ok(response)
}

/// Says that none of the bytes that are asked for exist, and how many there are.
fn nothing_there(etag: &HeaderValue, size: u64) -> Response {
    let mut response = problem_response(&Problem {
        status: StatusCode::RANGE_NOT_SATISFIABLE.as_u16(),
        ..Problem::malformed(format!("The file ends before that: it has {size} bytes."))
    });
    let headers = response.headers_mut();
    headers.insert(CONTENT_RANGE, range::unsatisfied(size));
    headers.insert(ETAG, etag.clone());
    response
}

/// What a 304 carries as well as a 200.
fn validators(headers: &mut HeaderMap, etag: &HeaderValue, modified: &HeaderValue, manner: Manner) {
    headers.insert(ETAG, etag.clone());
    headers.insert(LAST_MODIFIED, modified.clone());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(manner.caching));
    headers.insert(CONTENT_SECURITY_POLICY, SANDBOX);
    if manner.negotiated {
        headers.insert(VARY, HeaderValue::from_static("Accept"));
    }
}

fn describe(headers: &mut HeaderMap, media: &Media, manner: Manner) {
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_TYPE, content_type(media.mime.as_str()));
    let disposition = Disposition::of(media.mime.as_str(), manner.download);
    headers.insert(CONTENT_DISPOSITION, disposition.header(media.name.as_str()));
}

/// The media type as stored, with the character set where it is text.
fn content_type(mime: &str) -> HeaderValue {
    let text = match mime {
        _ if mime.starts_with("text/") && !mime.contains("charset") => {
            format!("{mime}; charset=utf-8")
        }
        _ => mime.to_owned(),
    };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

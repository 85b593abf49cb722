//! `/embed/picker`: the page of the picker, which one origin may frame, as its session says.
//!
//! It needs no cookie and no storage, and what it does it does with the token that the page around
//! hands over; so nobody is looked up for it.

use axum::{
    Router,
    extract::{Query, State as Extract},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
            VARY,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{EmbedFrame, EmbedSessionId, Language, Problem};
use serde::Deserialize;

use crate::{
    failure::Result,
    middleware::security::{RESOURCE_POLICY, framed_policy},
    pages,
    site::Picker,
    state::State,
};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// The address of the page.
pub fn routes() -> Router<State> {
    Router::new().route("/embed/picker", get(page))
}

/// Which session the page is for; its id is no secret, and names who may frame the page.
#[derive(Deserialize)]
struct Asked {
    session: EmbedSessionId,
}

/// The page of a session that lives; else one that nobody frames, and that says no more.
async fn page(
    Extract(state): Extract<State>,
    asked: std::result::Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response> {
    let language = pages::language(&headers);
    let live = match asked {
        Ok(Query(Asked { session })) => {
            let frame = state.library.embed_frame(&session).await?;
            frame.map(|frame| (session, frame))
        }
        Err(_) => None,
    };
    let nonce = nonce()?;
    let (status, body, frame) = match live {
        Some((session, frame)) => (
            StatusCode::OK,
            opened(&state.site.picker, &session, &frame, &nonce, language),
            frame.origin.as_str().to_owned(),
        ),
        None => (
            StatusCode::NOT_FOUND,
            absent(&state.site.picker, language),
            "'none'".to_owned(),
        ),
    };
    let policy = HeaderValue::from_str(&framed_policy(&nonce, &frame))
        .map_err(|_| Problem::internal("picker policy"))?;
    let headers = [
        (CONTENT_TYPE, HTML),
        (CONTENT_SECURITY_POLICY, policy),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (VARY, HeaderValue::from(ACCEPT_LANGUAGE)),
        (RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
    ];
    Ok((status, headers, body).into_response())
}

/// A page that waits for the one around it.
fn opened(
    site: &Picker,
    session: &EmbedSessionId,
    frame: &EmbedFrame,
    nonce: &str,
    language: Language,
) -> String {
    let Picker { js, wasm, .. } = site;
    let origin = frame.origin.as_str();
    let told = format!(
        "<meta name=\"satchel-origin\" content=\"{origin}\">\
         <meta name=\"satchel-session\" content=\"{session}\">"
    );
    if js.is_empty() {
        return document(site, language, &told, "");
    }
    let early = format!(
        "<link rel=\"modulepreload\" href=\"{js}\" nonce=\"{nonce}\">\
         <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" \
         crossorigin=\"anonymous\" nonce=\"{nonce}\">"
    );
    let script = format!(
        "<script type=\"module\" nonce=\"{nonce}\">\
         import init from \"{js}\"; await init({{ module_or_path: \"{wasm}\" }});</script>"
    );
    document(site, language, &(told + &early), &script)
}

/// A page that says that there is nothing.
fn absent(site: &Picker, language: Language) -> String {
    let text = app::text::Text::of(language);
    let body = format!(
        "<main class=\"picker-alone\"><h1>{}</h1><p>{}</p></main>",
        text.general.not_found, text.general.not_found_hint
    );
    document(site, language, "", &body)
}

/// A document; what it holds is ours, and the origin was read as one.
fn document(site: &Picker, language: Language, head: &str, body: &str) -> String {
    let (tag, title) = (language.as_str(), app::text::SATCHEL);
    let css = &site.css;
    let styles = match css.as_str() {
        "" => String::new(),
        css => format!("<link rel=\"stylesheet\" href=\"{css}\">"),
    };
    format!(
        "<!DOCTYPE html><html lang=\"{tag}\" data-theme=\"system\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"icon\" href=\"/favicon.svg\">{head}{styles}</head><body>{body}</body></html>"
    )
}

/// 128 random bits, for the one script of one answer.
fn nonce() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Problem::internal("picker nonce"))?;
    Ok(STANDARD.encode(bytes))
}

//! `POST /sign-in`: gives a browser its session.

use axum::{extract::State as Extract, http::HeaderMap, response::Response};
use model::Secret;
use serde::Deserialize;

use super::answer::{Fields, back_or_wait, safe_page, see_other};
use crate::{
    identify::{Sender, session, session_cookie},
    state::State,
};

/// What a person types to sign in.
#[derive(Deserialize)]
pub struct SignIn {
    #[serde(default)]
    email: String,
    password: Secret,
    next: Option<String>,
}

/// Signs a person in; a session the browser had before ends.
pub async fn sign_in(
    Extract(state): Extract<State>,
    Sender(client): Sender,
    headers: HeaderMap,
    Fields(form): Fields<SignIn>,
) -> Response {
    let https = state.links.is_https();
    let previous = session(&headers, https);
    let signed_in = state
        .library
        .sign_in(&form.email, &form.password, &client, previous.as_ref())
        .await;
    match signed_in {
        Ok((_, token)) => see_other(
            safe_page(form.next.as_deref()),
            session_cookie(&token, https),
        ),
        Err(error) => back_or_wait(&state, headers, "/sign-in", error.into()).await,
    }
}

//! `POST /invite/{token}` and `POST /reset/{token}`: one-use links used up.

use axum::{extract::State as Extract, response::Response};
use library::invitations::Acceptance;
use model::{Problem, Secret};
use serde::Deserialize;

use super::answer::{Fields, back_with, encode, see_other};
use crate::{
    identify::{Sender, session_cookie},
    rest::extract::Words,
    state::State,
};

/// What somebody who joins types.
#[derive(Deserialize)]
pub struct Join {
    #[serde(default)]
    name: String,
    password: Secret,
}

/// A new password.
#[derive(Deserialize)]
pub struct Reset {
    password: Secret,
}

/// Adds who was invited to the account, and signs them in.
pub async fn accept(
    Extract(state): Extract<State>,
    Words(token): Words<String>,
    Sender(client): Sender,
    Fields(form): Fields<Join>,
) -> Response {
    let page = format!("/invite/{}", encode(&token));
    let name = match form.name.parse() {
        Ok(name) => name,
        Err(problem) => return back_with(&page, &named(problem)),
    };
    let said = Acceptance {
        name,
        password: form.password,
    };
    let token = Secret::new(token);
    let joined = state.library.accept_invitation(&token, said, &client).await;
    lead_in(&state, &page, joined.map(|(_, session)| session))
}

/// Gives a person the password they chose, and signs them in.
pub async fn reset(
    Extract(state): Extract<State>,
    Words(token): Words<String>,
    Sender(client): Sender,
    Fields(form): Fields<Reset>,
) -> Response {
    let page = format!("/reset/{}", encode(&token));
    let token = Secret::new(token);
    let reset = state
        .library
        .reset_password(&token, &form.password, &client);
    lead_in(&state, &page, reset.await.map(|(_, session)| session))
}

fn lead_in(state: &State, page: &str, session: library::Result<Secret>) -> Response {
    match session {
        Ok(session) => see_other("/", session_cookie(&session, state.links.is_https())),
        Err(error) => back_with(page, &error.into()),
    }
}

fn named(problem: Problem) -> Problem {
    Problem {
        field: Some("name".to_owned()),
        ..problem
    }
}

//! `POST /sign-out`: takes a browser's session away.

use axum::{extract::State as Extract, response::Response};

use super::answer::see_other;
use crate::{
    failure::Result,
    identify::{Anybody, no_session_cookie},
    state::State,
};

/// Signs the browser out; one that was not signed in is sent on all the same.
pub async fn sign_out(Extract(state): Extract<State>, Anybody(actor): Anybody) -> Result<Response> {
    if let Some(actor) = actor {
        state.library.sign_out(&actor).await?;
    }
    Ok(see_other(
        "/sign-in",
        no_session_cookie(state.links.is_https()),
    ))
}

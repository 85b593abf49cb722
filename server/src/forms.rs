//! Plain HTML forms: what works in a browser before, or without, any script.

mod answer;
mod embed;
mod join;
mod operator;
mod settings;
mod sign_in;
mod sign_out;
mod sign_up;
mod tags;
mod teams;
mod upload;
mod webhooks;

use axum::{Router, routing::post};

use crate::state::State;

/// Forms with small bodies.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-out", post(sign_out::sign_out))
        .route("/setup/{token}", post(sign_up::set_up))
        .merge(settings::routes())
        .merge(operator::routes())
        .merge(tags::routes())
        .merge(teams::routes())
        .merge(webhooks::routes())
        .merge(embed::routes())
        .route("/invite/{token}", post(join::accept))
        .route("/reset/{token}", post(join::reset))
}

/// The form that brings files.
pub fn uploads() -> Router<State> {
    Router::new().route("/upload", post(upload::upload))
}

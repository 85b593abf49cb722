//! What administrators change about embed sessions, as plain forms.

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use library::Library;
use model::EmbedSessionId;

use super::{
    answer::{Fields, done},
    settings::About,
};
use crate::{identify::SignedIn, state::State};

/// The forms of embed sessions.
pub fn routes() -> Router<State> {
    Router::new().route("/settings/embed/end", post(end))
}

async fn end(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        let id: EmbedSessionId = form.id()?;
        Ok(library.end_embed_session(&actor, id).await?)
    };
    done("/settings/embed", work.await)
}

//! Doors to embed sessions: which pages of other programs are let in, and what they may ask for.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Cursor, EmbedSession, Page, Placement};
use serde::{Deserialize, Serialize};

use super::Failure;

/// The pages of other programs that are let in, and the places that they may ask for files for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedSeat {
    pub sessions: Page<EmbedSession>,
    pub placements: Vec<Placement>,
}

/// A page of the account's living embed sessions, newest first, and all its placements.
#[server(prefix = "/rpc", endpoint = "get_embed_seat", input = Json)]
pub async fn get_embed_seat(cursor: Option<Cursor>) -> Result<EmbedSeat, Failure> {
    use super::context::{actor, library};
    use model::Limit;

    let (library, actor) = (library(), actor()?);
    let sessions = library.list_embed_sessions(&actor, cursor.as_ref(), Limit::default());
    let sessions = sessions.await?;
    let placements = library.list_placements(&actor, None, Limit::MOST).await?;
    Ok(EmbedSeat {
        sessions,
        placements: placements.items,
    })
}

//! Which address leads to which door, and what stands before each.

#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};

use crate::{
    embed, forms, health, identify, media,
    middleware::{guard, limit, media_host, origin},
    pages, reference, rest, site,
    state::State,
    tus,
};

/// All routes of the main address.
///
/// Public and signed media, site files and the page of the picker stand first and alone: nobody is
/// looked up for them.
pub fn router(state: State) -> Router {
    let open = Router::new()
        .merge(media::public_routes())
        .merge(media::signed_routes())
        .merge(health::routes())
        .merge(embed::routes())
        .merge(rest::description())
        .merge(reference::routes())
        .route("/pkg/{*path}", get(site::hashed))
        .route("/embed.js", get(site::embed))
        .route("/embed/v1.js", get(site::embed));
    open.merge(known_callers(&state))
        .fallback(pages::fallback)
        .layer(from_fn_with_state(state.clone(), media_host::media_only))
        .layer(from_fn_with_state(state.clone(), guard::guard))
        .with_state(state)
}

/// Routes that ask who calls, and refuse writes that another site sends.
fn known_callers(state: &State) -> Router<State> {
    let rpc = pages::rpc().layer(from_fn_with_state(state.clone(), limit::buffered));
    let small = Router::new()
        .merge(rest::routes(state))
        .merge(
            rpc.merge(forms::routes())
                .merge(pages::routes())
                .layer(from_fn(identify::no_embeds)),
        )
        .layer(DefaultBodyLimit::max(state.max_body))
        .layer(from_fn_with_state(state.clone(), limit::announced));
    let uploads = Router::new()
        .merge(tus::routes())
        .merge(rest::uploads(state))
        .merge(forms::uploads().layer(from_fn(identify::no_embeds)))
        .layer(DefaultBodyLimit::disable());
    small
        .merge(uploads)
        .layer(from_fn_with_state(state.clone(), identify::identify))
        .layer(from_fn_with_state(state.clone(), origin::same_origin))
}

//! The REST interface under `/api/v1`, one resource a file, and its description.

pub mod accounts;
pub mod assets;
pub mod audit;
pub mod batches;
pub mod content;
pub mod create_asset;
pub mod crops;
mod document;
pub mod embed;
pub mod events;
pub mod extract;
pub mod folders;
pub mod form;
pub mod idempotency;
pub mod invitations;
pub mod limits;
pub mod links;
pub mod me;
mod page;
pub mod placements;
pub mod plain_copies;
pub mod previews;
pub mod sessions;
pub mod shares;
pub mod tags;
pub mod teams;
pub mod tokens;
pub mod trash;
pub mod usage;
pub mod used_in;
pub mod users;
pub mod versions;
pub mod webhooks;
pub mod zips;

use std::{collections::HashSet, sync::LazyLock};

use axum::{Json, Router, http::Method, middleware::from_fn_with_state, routing::get};
use utoipa::openapi::{HttpMethod, OpenApi};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{failure::Failure, middleware::rates, state::State};

/// Where the interface begins.
pub const PREFIX: &str = "/api/v1";

/// Everything but uploads: requests with small bodies.
pub fn routes(state: &State) -> Router<State> {
    let once = from_fn_with_state(state.clone(), idempotency::with_body);
    let counted = from_fn_with_state(state.clone(), rates::counted);
    small().split_for_parts().0.layer(once).layer(counted)
}

/// The requests that bring files.
pub fn uploads(state: &State) -> Router<State> {
    let once = from_fn_with_state(state.clone(), idempotency::without_body);
    let counted = from_fn_with_state(state.clone(), rates::counted);
    large().split_for_parts().0.layer(once).layer(counted)
}

/// The description, open to everybody.
pub fn description() -> Router<State> {
    let text: bytes::Bytes = serde_json::to_vec(&document()).unwrap_or_default().into();
    let answer = move || {
        let text = text.clone();
        async move { ([("content-type", "application/json")], text) }
    };
    Router::new().route("/openapi.json", get(answer))
}

/// The `OpenAPI` document, made of the code that answers.
pub fn document() -> OpenApi {
    let mut document = document::frame();
    document.merge(small().split_for_parts().1);
    // Paths that both have are joined method by method.
    document::join(&mut document, large().split_for_parts().1);
    document::finish(&mut document);
    document
}

/// Whether the interface has a write of this method at a route.
fn is_write(method: &Method, route: &str) -> bool {
    static WRITES: LazyLock<HashSet<(HttpMethod, String)>> =
        LazyLock::new(|| document::writes(document()));
    document::write_method(method)
        .is_some_and(|method| WRITES.contains(&(method, route.to_owned())))
}

fn small() -> OpenApiRouter<State> {
    let api = OpenApiRouter::new()
        .routes(routes!(me::get_me, me::update_me))
        .routes(routes!(limits::get_limits))
        .routes(routes!(usage::get_usage))
        .routes(routes!(assets::list_assets))
        .routes(routes!(
            assets::get_asset,
            assets::update_asset,
            assets::trash_asset
        ))
        .routes(routes!(assets::archive_asset))
        .routes(routes!(assets::unarchive_asset))
        .routes(routes!(assets::restore_asset))
        .routes(routes!(batches::change_assets))
        .routes(routes!(zips::zip_assets))
        .routes(routes!(zips::zip_folder))
        .routes(routes!(batches::get_batch))
        .routes(routes!(batches::cancel_batch))
        .routes(routes!(batches::undo_batch))
        .routes(routes!(batches::list_batch_items))
        .routes(routes!(trash::empty_trash))
        .routes(routes!(trash::purge))
        .routes(routes!(placements::list_placements))
        .routes(routes!(
            placements::list_asset_placements,
            placements::fit_asset_many
        ))
        .routes(routes!(placements::fit_asset))
        .routes(routes!(plain_copies::copy_asset))
        .routes(routes!(crops::crop_asset))
        .routes(routes!(crops::get_source))
        .routes(routes!(crops::list_copies))
        .routes(routes!(crops::remake_asset))
        .routes(routes!(versions::list_versions))
        .routes(routes!(versions::revert_asset))
        .routes(routes!(versions::get_version_content))
        .routes(routes!(versions::get_version_rendition))
        .routes(routes!(used_in::list_usages, used_in::record_usage))
        .routes(routes!(used_in::remove_usage))
        .routes(routes!(used_in::scan_usages))
        .routes(routes!(used_in::count_usages))
        .routes(routes!(previews::preview_asset))
        .routes(routes!(content::get_content))
        .routes(routes!(content::get_rendition))
        .routes(routes!(content::get_page))
        .routes(routes!(links::sign_link))
        .routes(routes!(shares::share_asset, shares::unshare_asset))
        .routes(routes!(folders::list_folders, folders::create_folder))
        .routes(routes!(
            folders::get_folder,
            folders::update_folder,
            folders::trash_folder
        ))
        .routes(routes!(folders::folder_contents))
        .routes(routes!(folders::restore_folder))
        .routes(routes!(tags::list_tags, tags::create_tag))
        .routes(routes!(tags::update_tag, tags::delete_tag))
        .routes(routes!(tags::merge_tag))
        .routes(routes!(tags::list_gone_tags))
        .routes(routes!(tags::restore_tag))
        .routes(routes!(teams::list_teams, teams::create_team))
        .routes(routes!(teams::update_team, teams::delete_team))
        .routes(routes!(teams::list_gone_teams))
        .routes(routes!(teams::restore_team))
        .routes(routes!(users::list_users, users::create_user))
        .routes(routes!(users::get_user, users::update_user))
        .routes(routes!(users::get_user_usage))
        .routes(routes!(users::disable_user))
        .routes(routes!(users::enable_user))
        .routes(routes!(users::reset_user_password))
        .routes(routes!(users::list_user_sessions, users::end_user_sessions))
        .routes(routes!(
            invitations::list_invitations,
            invitations::invite_user
        ))
        .routes(routes!(invitations::withdraw_invitation))
        .routes(routes!(users::change_password))
        .routes(routes!(tokens::list_tokens, tokens::create_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(webhooks::list_webhooks, webhooks::create_webhook))
        .routes(routes!(
            webhooks::get_webhook,
            webhooks::update_webhook,
            webhooks::delete_webhook
        ))
        .routes(routes!(webhooks::rotate_webhook_secret))
        .routes(routes!(webhooks::test_webhook))
        .routes(routes!(webhooks::list_webhook_deliveries))
        .routes(routes!(webhooks::replay_webhook_delivery))
        .routes(routes!(
            embed::list_embed_sessions,
            embed::create_embed_session
        ))
        .routes(routes!(embed::claim_embed_session))
        .routes(routes!(embed::get_own_embed_session))
        .routes(routes!(embed::end_embed_session))
        .routes(routes!(sessions::list_sessions, sessions::end_sessions))
        .routes(routes!(sessions::end_session))
        .routes(routes!(events::follow_events))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::export_audit))
        .routes(routes!(accounts::list_accounts, accounts::create_account))
        .routes(routes!(accounts::get_account, accounts::update_account))
        .routes(routes!(accounts::get_account_usage))
        .routes(routes!(accounts::list_account_users))
        .routes(routes!(
            placements::list_account_placements,
            placements::set_account_placement
        ))
        .routes(routes!(placements::remove_account_placement));
    OpenApiRouter::new().nest(PREFIX, api)
}

fn large() -> OpenApiRouter<State> {
    let api = OpenApiRouter::new()
        .routes(routes!(create_asset::create_asset))
        .routes(routes!(versions::replace_asset));
    OpenApiRouter::new().nest(PREFIX, api)
}

/// A JSON answer that only the one who asked may keep.
pub struct Private<T>(pub T);

impl<T: serde::Serialize> axum::response::IntoResponse for Private<T> {
    fn into_response(self) -> axum::response::Response {
        ([("cache-control", "no-store")], Json(self.0)).into_response()
    }
}

/// A JSON answer with a secret in it, which a retry of the same request is not told again.
pub struct Secretive<T>(pub T);

impl<T: serde::Serialize> axum::response::IntoResponse for Secretive<T> {
    fn into_response(self) -> axum::response::Response {
        let mut response = Private(self.0).into_response();
        response.extensions_mut().insert(idempotency::ShownOnce);
        response
    }
}

/// What a handler of this interface gives back.
pub type Answer<T> = Result<Private<T>, Failure>;

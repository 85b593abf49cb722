//! The door that tells whether a set-up link is still good.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Failure;

/// Whether a set-up token is the current one and nobody has an account yet.
#[server(prefix = "/rpc", endpoint = "is_setup_token", input = Json)]
pub async fn is_setup_token(token: String) -> Result<bool, Failure> {
    use super::context::library;
    use model::Secret;

    Ok(library().is_setup_token(&Secret::new(token)).await?)
}

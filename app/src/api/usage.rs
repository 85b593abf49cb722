//! The door to the storage meter.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Usage;

use super::Failure;

/// What the account holds, of what it may.
#[server(prefix = "/rpc", endpoint = "get_usage", input = Json)]
pub async fn get_usage() -> Result<Usage, Failure> {
    use super::context::{actor, library};

    Ok(library().usage(&actor()?).await?)
}

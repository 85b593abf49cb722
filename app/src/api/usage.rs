//! The door to the storage meter.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Meter;

use super::Failure;

/// What the account holds, of what it may.
#[server(prefix = "/rpc", endpoint = "get_meter", input = Json)]
pub async fn get_meter() -> Result<Meter, Failure> {
    use super::context::{actor, library};

    Ok(library().meter(&actor()?).await?)
}

//! The door to who asks, and what holds for them.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Limits, Role};
use serde::{Deserialize, Serialize};

use super::Failure;

/// The cookie that remembers how large tiles are.
pub const TILE_COOKIE: &str = "satchel-tile";

/// Who asks, and what holds for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person's name, or their address where they have none.
    pub name: String,
    pub email: String,
    pub role: Role,
    pub account: String,
    pub limits: Limits,
    /// The width of a tile in pixels that they chose.
    pub tile: Option<u16>,
}

/// Who asks, and what holds for them.
#[server(prefix = "/rpc", endpoint = "get_me", input = Json)]
pub async fn get_me() -> Result<Me, Failure> {
    use super::context::{actor, cookie, library};
    use model::Problem;

    let (library, actor) = (library(), actor()?);
    let user = library
        .find_own_user(&actor)
        .await?
        .ok_or_else(Problem::unauthenticated)?;
    Ok(Me {
        name: user.name,
        email: user.email.to_string(),
        role: user.role,
        account: library.get_own_account(&actor).await?.name,
        limits: library.limits(&actor).await?,
        tile: cookie(TILE_COOKIE).and_then(|value| value.parse().ok()),
    })
}

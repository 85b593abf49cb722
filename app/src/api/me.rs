//! The door to who asks, and what holds for them.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Language, Limits, Role, Theme};
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
    /// The language they chose; absent: as the browser asks for.
    pub language: Option<Language>,
    pub theme: Theme,
    pub account: String,
    pub limits: Limits,
    /// The width of a tile in pixels that they chose.
    pub tile: Option<u16>,
    /// Whether the account passed a mark of its quota that this administrator is to be told of.
    pub warned: bool,
    /// The number of the last event when this was asked: what happens later is told as it happens.
    pub heard: i64,
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
        heard: library.last_event(&actor).await?,
        name: user.name,
        email: user.email.to_string(),
        role: user.role,
        language: user.language,
        theme: user.theme,
        account: library.get_own_account(&actor).await?.name,
        limits: library.limits(&actor).await?,
        warned: warned(&library, &actor).await?,
        tile: cookie(TILE_COOKIE).and_then(|value| value.parse().ok()),
    })
}

/// Whether somebody is to be told how full the account is; nobody where the library is off.
#[cfg(feature = "ssr")]
async fn warned(library: &library::Library, actor: &library::Actor) -> Result<bool, Failure> {
    if !actor.library_enabled {
        return Ok(false);
    }
    Ok(library.storage_warning(actor).await?.is_some())
}

/// Changes the own name, language and look; no language follows the browser.
///
/// A page speaks one language: send this as a plain form, so that the page comes anew.
#[server(prefix = "/rpc", endpoint = "save_profile")]
pub async fn save_profile(
    name: String,
    #[server(default)] language: String,
    theme: Theme,
) -> Result<(), Failure> {
    use super::context::{actor, library};
    use model::{MePatch, Problem};

    let unknown = |_| Problem::invalid("language", "There is no such language here.");
    let language = match language.as_str() {
        "" => None,
        tag => Some(tag.parse().map_err(unknown)?),
    };
    let patch = MePatch {
        name: Some(name.parse()?),
        language: Some(language),
        theme: Some(theme),
    };
    library().update_me(&actor()?, patch).await?;
    Ok(())
}

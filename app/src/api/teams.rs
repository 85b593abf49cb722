//! Doors to teams.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Asset, AssetId, Cursor, GoneTeam, Page, Team, TeamId, UserId};
use serde::{Deserialize, Serialize};

use super::Failure;

/// What assets can be narrowed to and marked with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub teams: Vec<TeamName>,
    /// People who may have added something, as far as the one who asks may know them.
    pub people: Vec<(UserId, String)>,
    /// The one who asks.
    pub own: Option<UserId>,
}

/// A team to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamName {
    pub id: TeamId,
    pub name: String,
}

/// A page of the account's teams, by name, who could be in them, and the last that went.
#[server(prefix = "/rpc", endpoint = "list_teams", input = Json)]
pub async fn list_teams(
    cursor: Option<Cursor>,
) -> Result<(Page<Team>, Vec<(UserId, String)>, Vec<GoneTeam>), Failure> {
    use super::context::{actor, library};
    use model::{Limit, Problem, Right};

    let (library, actor) = (library(), actor()?);
    if !actor.may(Right::Administer) {
        return Err(Problem::not_found().into());
    }
    let page = library.list_teams(&actor, cursor.as_ref(), Limit::default());
    let page = page.await?;
    let gone = library.list_gone_teams(&actor, None, Limit::MOST);
    Ok((page, people(&library, &actor).await?, gone.await?.items))
}

/// What assets can be narrowed to and marked with.
#[server(prefix = "/rpc", endpoint = "list_choices", input = Json)]
pub async fn list_choices() -> Result<Choices, Failure> {
    use super::context::{actor, library};
    use model::Right;

    let (library, actor) = (library(), actor()?);
    let people = if actor.may(Right::Administer) {
        people(&library, &actor).await?
    } else {
        library.list_adders(&actor).await?
    };
    let teams = library.list_team_names(&actor).await?;
    Ok(Choices {
        teams: teams
            .into_iter()
            .map(|(id, name)| TeamName { id, name })
            .collect(),
        people,
        own: actor.user_id(),
    })
}

/// The same as JSON, for a page whose parts read it when they come.
#[server(prefix = "/rpc", endpoint = "offer_choices", input = Json)]
pub async fn offer_choices() -> Result<String, Failure> {
    let choices = list_choices().await?;
    Ok(serde_json::to_string(&choices).unwrap_or_default())
}

/// Lets an asset be for teams and no longer for others.
#[server(prefix = "/rpc", endpoint = "assign_asset", input = Json)]
pub async fn assign_asset(
    id: AssetId,
    add: Vec<TeamId>,
    remove: Vec<TeamId>,
) -> Result<Asset, Failure> {
    use super::context::{actor, library};

    let (library, actor) = (library(), actor()?);
    for done in library.assign_assets(&actor, &[id], &add, &remove).await? {
        done.changed?;
    }
    Ok(library.get_asset(&actor, id).await?)
}

/// The people of the account, as many as a team may have.
#[cfg(feature = "ssr")]
async fn people(
    library: &library::Library,
    actor: &library::Actor,
) -> Result<Vec<(UserId, String)>, Failure> {
    use model::Limit;

    const MOST: usize = 1_000;
    let limit = Limit::new(Limit::MAX).unwrap_or_default();
    let (mut people, mut cursor) = (Vec::new(), None);
    loop {
        let page = library.list_users(actor, cursor.as_ref(), limit).await?;
        people.extend(page.items.into_iter().map(|user| (user.id, user.name)));
        cursor = page.next_cursor;
        if cursor.is_none() || people.len() >= MOST {
            return Ok(people);
        }
    }
}

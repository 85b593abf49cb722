//! The door to what a tag or a team takes along when it goes.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{TagId, TeamId};
use serde::{Deserialize, Serialize};

use super::Failure;

/// A tag or a team that somebody is about to delete or to merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    pub leaver: Leaver,
    pub name: String,
    /// The tag that is carried instead.
    pub into: Option<String>,
    /// How many files have it, in the archive and in the trash, too.
    pub files: u64,
}

/// What goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leaver {
    Tag(TagId),
    Team(TeamId),
}

/// Counting ends here.
pub const COUNTED_MOST: u64 = 10_000;

/// What goes, by a tag's name or a team's id, and of how many files.
#[server(prefix = "/rpc", endpoint = "ask_leaving", input = Json)]
pub async fn ask_leaving(
    tag: Option<String>,
    into: Option<String>,
    team: Option<TeamId>,
) -> Result<Leaving, Failure> {
    use super::context::{actor, library};
    use model::{AssetFilter, AssetState, Problem, TeamChoice};

    let (library, actor) = (library(), actor()?);
    let (leaver, name, filter) = match (tag, team) {
        (Some(tag), None) => {
            let tag = library.find_tag(&actor, &tag).await?;
            let tag = tag.ok_or_else(Problem::not_found)?;
            let tags = vec![tag.name.clone()];
            let filter = AssetFilter {
                tags,
                ..AssetFilter::default()
            };
            (Leaver::Tag(tag.id), tag.name, filter)
        }
        (None, Some(team)) => {
            let name = find_team(&library, &actor, team).await?;
            let filter = AssetFilter {
                teams: vec![TeamChoice::Team(team)],
                ..AssetFilter::default()
            };
            (Leaver::Team(team), name, filter)
        }
        _ => return Err(Failure(Problem::not_found())),
    };
    let into = match into {
        Some(name) => {
            let unknown = || Problem::invalid("into", "There is no tag of this name.");
            let found = library.find_tag(&actor, &name).await?;
            Some(found.ok_or_else(unknown)?.name)
        }
        None => None,
    };
    let mut files = 0;
    for state in [
        AssetState::Active,
        AssetState::Archived,
        AssetState::Trashed,
    ] {
        let filter = AssetFilter {
            state,
            ..filter.clone()
        };
        files += library.count_assets(&actor, &filter).await?;
    }
    Ok(Leaving {
        leaver,
        name,
        into,
        files,
    })
}

/// The name of a team, for administrators.
#[cfg(feature = "ssr")]
async fn find_team(
    library: &library::Library,
    actor: &library::Actor,
    id: TeamId,
) -> Result<String, Failure> {
    use model::{Problem, Right};

    if !actor.may(Right::Administer) {
        return Err(Failure(Problem::forbidden()));
    }
    Ok(library.get_team_name(actor, id).await?)
}

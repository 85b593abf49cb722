//! What operators say that places in messages take from an account, as plain forms.

use axum::{extract::State as Extract, response::Response};
use library::{Actor, Library};
use model::{
    AccountId, Limit, Mime, Placement, Problem, Reason, Slug,
    placement::{Figures, LocalText, Witness, catalogue, with_own},
};
use serde::Deserialize;

use super::{maybe_size, number, page_of};
use crate::{
    forms::answer::{Fields, done},
    identify::SignedIn,
    rest::extract::Words,
    state::State,
};

/// What a place in a message takes; what is left empty stays as it was.
#[derive(Deserialize)]
pub(super) struct Set {
    /// The id of a place, or `new:` and that of a channel.
    placement: String,
    /// What a new place is called.
    #[serde(default)]
    name: String,
    #[serde(default)]
    types: String,
    #[serde(default)]
    max_bytes: String,
    #[serde(default)]
    min_width: String,
    #[serde(default)]
    min_height: String,
    #[serde(default)]
    max_width: String,
    #[serde(default)]
    max_height: String,
    source: String,
    checked_on: String,
    confidence: String,
}

/// A place whose own rules go.
#[derive(Deserialize)]
pub(super) struct Remove {
    placement: String,
}

pub(super) async fn set(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words(id): Words<String>,
    Fields(form): Fields<Set>,
) -> Response {
    let work = async {
        let account = id.parse().map_err(|_| Problem::not_found())?;
        let place = find(&state.library, &actor, account, &form).await?;
        let place = place.with_figures(form.figures()?, &form.witness()?);
        state.library.set_placement(&actor, account, place).await?;
        Ok(())
    };
    done(&page_of(&id), work.await)
}

pub(super) async fn remove(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words(id): Words<String>,
    Fields(form): Fields<Remove>,
) -> Response {
    let work = async {
        let account: AccountId = id.parse().map_err(|_| Problem::not_found())?;
        let place: Slug = form.placement.parse().map_err(|_| Problem::not_found())?;
        state
            .library
            .remove_placement(&actor, account, &place)
            .await?;
        Ok(())
    };
    done(&page_of(&id), work.await)
}

/// The place that a form is about, as the account has it, or a new one.
async fn find(
    library: &Library,
    actor: &Actor,
    account: AccountId,
    form: &Set,
) -> Result<Placement, Problem> {
    let own = library.list_own_placements(actor, account, None, Limit::MOST);
    let all = with_own(catalogue(), own.await?.items);
    let found = match form.placement.strip_prefix("new:") {
        None => {
            let is_it = |one: &&Placement| one.id.as_str() == form.placement;
            all.iter().find(is_it).cloned()
        }
        Some(channel) => {
            let is_in = |one: &&Placement| one.channel.id.as_str() == channel;
            let beside = all.iter().find(is_in);
            beside.map(|beside| new(beside, &form.name)).transpose()?
        }
    };
    found.ok_or_else(Problem::not_found)
}

/// A place without rules in the channel of another.
fn new(beside: &Placement, name: &str) -> Result<Placement, Problem> {
    let bad = || {
        let detail = "A new place needs a name with letters or figures.";
        Problem::invalid("name", detail).because(Reason::PlacementName)
    };
    let letters = name.trim().to_lowercase();
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Err(bad());
    }
    let id = format!("{}-{}", beside.channel.id, words.join("-"));
    Ok(Placement {
        id: id.parse().map_err(|_| bad())?,
        channel: beside.channel.clone(),
        name: LocalText {
            en: name.trim().to_owned(),
            pt_br: None,
        },
        note: None,
        rules: Vec::new(),
        is_own: true,
    })
}

impl Set {
    fn figures(&self) -> Result<Figures, Problem> {
        let types = self.types.split(',').map(str::trim);
        let types: Vec<_> = types.filter(|one| !one.is_empty()).collect();
        Ok(Figures {
            types: (!types.is_empty())
                .then(|| types.iter().map(|one| Mime((*one).to_owned())).collect()),
            max_bytes: maybe_size(&self.max_bytes)?,
            min_width: maybe_number(&self.min_width)?,
            min_height: maybe_number(&self.min_height)?,
            max_width: maybe_number(&self.max_width)?,
            max_height: maybe_number(&self.max_height)?,
        })
    }

    fn witness(&self) -> Result<Witness, Problem> {
        let wrong = |field| {
            let detail = "Say which page says so, and when it was read.";
            Problem::invalid(field, detail).because(Reason::PlacementSource)
        };
        Ok(Witness {
            source: self.source.trim().to_owned(),
            checked_on: self.checked_on.parse().map_err(|_| wrong("checked_on"))?,
            confidence: self.confidence.parse().map_err(|_| wrong("confidence"))?,
        })
    }
}

fn maybe_number(text: &str) -> Result<Option<u32>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => number(text).map(Some),
    }
}

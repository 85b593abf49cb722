//! What the settings change about tags, as plain forms.

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use library::{Actor, Library};
use model::{FolderColor, Problem, TagId, TagPatch};
use serde::Deserialize;

use super::{
    answer::{Fields, done},
    settings::About,
};
use crate::{identify::SignedIn, state::State};

const TAGS: &str = "/settings/tags";

/// The forms of tags.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/settings/tags/create", post(create))
        .route("/settings/tags/rename", post(rename))
        .route("/settings/tags/color", post(color))
        .route("/settings/tags/merge", post(merge))
        .route("/settings/tags/delete", post(delete))
        .route("/settings/tags/restore", post(restore))
}

/// A tag to be made.
#[derive(Deserialize)]
struct Create {
    name: String,
}

/// A tag as it was seen, and its new name.
#[derive(Deserialize)]
struct Rename {
    id: TagId,
    name: String,
    version: Option<u32>,
}

/// A tag as it was seen, and its color; empty takes it away.
#[derive(Deserialize)]
struct Paint {
    id: TagId,
    #[serde(default)]
    color: String,
    version: Option<u32>,
}

/// A tag, and the name of the one that is to be carried instead.
#[derive(Deserialize)]
struct Merge {
    id: TagId,
    into: String,
}

async fn create(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Create>,
) -> Response {
    let work = library.create_tag(&actor, &form.name).await;
    done(TAGS, work.map(drop).map_err(Problem::from))
}

async fn rename(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Rename>,
) -> Response {
    let patch = TagPatch {
        name: Some(form.name),
        version: form.version,
        ..TagPatch::default()
    };
    done(TAGS, update(&library, &actor, form.id, patch).await)
}

async fn color(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Paint>,
) -> Response {
    let color = FolderColor::ALL
        .into_iter()
        .find(|color| color.as_str() == form.color);
    let patch = TagPatch {
        color: Some(color),
        version: form.version,
        ..TagPatch::default()
    };
    done(TAGS, update(&library, &actor, form.id, patch).await)
}

async fn update(
    library: &Library,
    actor: &Actor,
    id: TagId,
    patch: TagPatch,
) -> Result<(), Problem> {
    library.update_tag(actor, id, patch).await?;
    Ok(())
}

async fn merge(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Merge>,
) -> Response {
    let work = async {
        let into = library.find_tag(&actor, &form.into).await?;
        let into = into.ok_or_else(Problem::not_found)?;
        library.merge_tag(&actor, form.id, into.id).await?;
        Ok(())
    };
    done(TAGS, work.await)
}

async fn delete(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        library.delete_tag(&actor, form.id()?).await?;
        Ok(())
    };
    done(TAGS, work.await)
}

async fn restore(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        library.restore_tag(&actor, form.id()?).await?;
        Ok(())
    };
    done(TAGS, work.await)
}

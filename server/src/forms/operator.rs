//! What operators change about accounts, as plain forms.

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use library::{
    Actor,
    accounts::{AccountPatch, LimitsPatch},
};
use model::{AccountId, ByteSize, Kind, Problem};
use serde::Deserialize;

use super::answer::{Fields, done};
use crate::{failure::Result, identify::SignedIn, rest::extract::Words, state::State};

const PAGE: &str = "/operator/accounts";

/// The forms of operators.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/operator/accounts", post(create))
        .route("/operator/accounts/{id}", post(update))
}

/// An account to be made.
#[derive(Deserialize)]
struct Create {
    name: String,
}

/// What an account may, all of it.
#[derive(Deserialize)]
struct Update {
    #[serde(default)]
    quota: String,
    #[serde(default)]
    user_quota: String,
    max_image: String,
    max_video: String,
    max_audio: String,
    max_document: String,
    max_contact: String,
    folder_images: String,
    retention_days: String,
    audit_days: String,
    /// A box that is not ticked is not sent.
    library: Option<String>,
}

async fn create(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Create>,
) -> Response {
    let work = async {
        let name = form.name.parse().map_err(|problem: Problem| Problem {
            field: Some("name".to_owned()),
            ..problem
        })?;
        let limits = state.default_limits.clone();
        state.library.create_account(&actor, name, limits).await?;
        Ok(())
    };
    done(PAGE, work.await)
}

async fn update(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words(id): Words<String>,
    Fields(form): Fields<Update>,
) -> Response {
    done(PAGE, set(&state, &actor, &id, &form).await)
}

async fn set(state: &State, actor: &Actor, id: &str, form: &Update) -> Result<(), Problem> {
    let id: AccountId = id.parse().map_err(|_| Problem::not_found())?;
    let patch = AccountPatch {
        library_enabled: Some(form.library.is_some()),
        limits: form.limits()?,
    };
    state.library.set_account(actor, id, patch).await?;
    Ok(())
}

impl Update {
    fn limits(&self) -> Result<LimitsPatch, Problem> {
        let largest = [
            (Kind::Image, &self.max_image),
            (Kind::Video, &self.max_video),
            (Kind::Audio, &self.max_audio),
            (Kind::Document, &self.max_document),
            (Kind::Contact, &self.max_contact),
        ];
        let mut max_size = Vec::new();
        for (kind, text) in largest {
            max_size.push((kind, size(text)?));
        }
        Ok(LimitsPatch {
            quota: Some(maybe_size(&self.quota)?),
            max_size,
            folder_images: Some(number(&self.folder_images)?),
            retention_days: Some(number(&self.retention_days)?),
            user_quota: Some(maybe_size(&self.user_quota)?),
            audit_days: Some(number(&self.audit_days)?),
        })
    }
}

fn size(text: &str) -> Result<ByteSize, Problem> {
    text.parse()
        .map_err(|_| Problem::invalid("size", "Write a size as 5MB or 2GB."))
}

fn maybe_size(text: &str) -> Result<Option<ByteSize>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => size(text).map(Some),
    }
}

fn number(text: &str) -> Result<u32, Problem> {
    text.trim()
        .parse()
        .map_err(|_| Problem::invalid("number", "Write a whole number."))
}

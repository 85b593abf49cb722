//! What operators change about accounts, as plain forms.

mod placements;

use axum::{Router, extract::State as Extract, response::Response, routing::post};
use library::{
    Actor,
    accounts::{AccountPatch, LimitsPatch},
    users::UserPatch,
};
use model::{AccountId, ByteSize, Kind, Problem, Reason, UserId};
use serde::Deserialize;

use super::answer::{Fields, done};
use crate::{failure::Result, identify::SignedIn, rest::extract::Words, state::State};

const PAGE: &str = "/operator/accounts";

/// The forms of operators.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/operator/accounts", post(create))
        .route("/operator/accounts/{id}", post(update))
        .route("/operator/accounts/{id}/quota", post(set_quota))
        .route("/operator/accounts/{id}/placements", post(placements::set))
        .route(
            "/operator/accounts/{id}/placements/remove",
            post(placements::remove),
        )
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
    #[serde(default)]
    max_assets: Option<String>,
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
    let page = page_of(&id);
    done(&page, set(&state, &actor, &id, &form).await)
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

/// A person of an account and what they may bring.
#[derive(Deserialize)]
struct SetQuota {
    id: String,
    #[serde(default)]
    quota: String,
}

async fn set_quota(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Words(account): Words<String>,
    Fields(form): Fields<SetQuota>,
) -> Response {
    let work = async {
        let id: UserId = form.id.parse().map_err(|_| Problem::not_found())?;
        let patch = UserPatch {
            role: None,
            quota: Some(maybe_size(&form.quota)?),
        };
        state.library.update_user(&actor, id, patch).await?;
        Ok(())
    };
    done(&page_of(&account), work.await)
}

/// The page of an account; of what is no id, the page of all.
fn page_of(id: &str) -> String {
    match id.parse::<AccountId>() {
        Ok(id) => format!("{PAGE}/{id}"),
        Err(_) => PAGE.to_owned(),
    }
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
            max_assets: self.max_assets.as_deref().map(number).transpose()?,
        })
    }
}

fn size(text: &str) -> Result<ByteSize, Problem> {
    text.parse().map_err(|_| {
        Problem::invalid("size", "Write a size as 5MB or 2GB.").because(Reason::NotASize)
    })
}

/// A size, or none where nothing is written.
pub(super) fn maybe_size(text: &str) -> Result<Option<ByteSize>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => size(text).map(Some),
    }
}

fn number(text: &str) -> Result<u32, Problem> {
    text.trim().parse().map_err(|_| {
        Problem::invalid("number", "Write a whole number.").because(Reason::NotANumber)
    })
}

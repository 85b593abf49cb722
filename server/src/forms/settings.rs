//! What the settings change, as plain forms: people, their links, the own password and sessions.

use axum::{
    Router, extract::State as Extract, http::HeaderValue, response::Response, routing::post,
};
use library::{Actor, Library, invitations::NewInvitation, users::UserPatch};
use model::{
    AssetId, BatchAction, InvitationId, Outcome, Problem, Role, Secret, Selection, SessionId,
    UserId,
};
use serde::Deserialize;

use super::{
    answer::{Fields, back_with, done, see_other},
    operator::maybe_size,
};
use crate::{
    failure::Result,
    identify::{SignedIn, no_session_cookie, session_cookie},
    state::State,
};

const PEOPLE: &str = "/settings/people";
const PROFILE: &str = "/settings/profile";
const STORAGE: &str = "/settings/storage";

/// The forms of the settings.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/settings/people/invite", post(invite))
        .route("/settings/people/withdraw", post(withdraw))
        .route("/settings/people/role", post(set_role))
        .route("/settings/people/disable", post(disable))
        .route("/settings/people/enable", post(enable))
        .route("/settings/people/reset", post(reset))
        .route("/settings/people/sign-out", post(end_sessions_of))
        .route("/settings/people/quota", post(set_quota))
        .route("/settings/storage/trash", post(trash))
        .route("/settings/storage/seen", post(see_warning))
        .route("/settings/profile/password", post(change_password))
        .route("/settings/profile/session", post(end_session))
        .route(
            "/settings/profile/sign-out-everywhere",
            post(sign_out_everywhere),
        )
}

/// Somebody to be invited.
#[derive(Deserialize)]
struct Invite {
    email: String,
    role: String,
}

/// Whom or what a button is about.
#[derive(Deserialize)]
pub(super) struct About {
    id: String,
}

/// A person and what they become.
#[derive(Deserialize)]
struct SetRole {
    id: String,
    role: String,
}

/// A person and what they may bring.
#[derive(Deserialize)]
struct SetQuota {
    id: String,
    #[serde(default)]
    quota: String,
}

/// A new password, and proof of the old one.
#[derive(Deserialize)]
struct ChangePassword {
    old_password: Secret,
    new_password: Secret,
}

impl About {
    /// The page of the person that a button is about.
    fn page(&self) -> String {
        match self.id::<UserId>() {
            Ok(id) => format!("{PEOPLE}/{id}"),
            Err(_) => PEOPLE.to_owned(),
        }
    }

    /// The id; one that makes no sense names nothing.
    pub(super) fn id<T: std::str::FromStr>(&self) -> Result<T, Problem> {
        self.id.parse().map_err(|_| Problem::not_found())
    }
}

async fn invite(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Invite>,
) -> Response {
    let made = async {
        let new = NewInvitation {
            email: form.email.parse().map_err(|problem: Problem| Problem {
                field: Some("email".to_owned()),
                ..problem
            })?,
            role: read_role(&form.role)?,
        };
        let (_, token) = state.library.invite_user(&actor, new).await?;
        Ok(state.links.to(&format!("/invite/{}", token.expose())))
    };
    show_link(&state, PEOPLE, made.await)
}

async fn reset(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let made = async {
        let token = state
            .library
            .create_password_reset(&actor, form.id()?)
            .await?;
        Ok(state.links.to(&format!("/reset/{}", token.expose())))
    };
    show_link(&state, &form.page(), made.await)
}

/// Leads to the page that shows a link once; no address and no log ever has it.
fn show_link(state: &State, page: &str, link: Result<String, Problem>) -> Response {
    match link {
        Ok(link) => see_other(page, link_cookie(&link, state.links.is_https())),
        Err(problem) => back_with(page, &problem),
    }
}

fn link_cookie(link: &str, https: bool) -> Option<HeaderValue> {
    let name = app::api::settings::LINK_COOKIE;
    let secure = if https { "; Secure" } else { "" };
    let text =
        format!("{name}={link}; Path={PEOPLE}; Max-Age=60; HttpOnly; SameSite=Strict{secure}");
    let mut header = HeaderValue::from_str(&text).ok()?;
    header.set_sensitive(true);
    Some(header)
}

async fn withdraw(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        let id: InvitationId = form.id()?;
        Ok(library.withdraw_invitation(&actor, id).await?)
    };
    done(PEOPLE, work.await)
}

async fn set_role(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<SetRole>,
) -> Response {
    let about = About { id: form.id };
    let work = async {
        let patch = UserPatch {
            role: Some(read_role(&form.role)?),
            quota: None,
        };
        library.update_user(&actor, about.id()?, patch).await?;
        Ok(())
    };
    done(&about.page(), work.await)
}

async fn set_quota(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<SetQuota>,
) -> Response {
    let about = About { id: form.id };
    let work = async {
        let patch = UserPatch {
            role: None,
            quota: Some(maybe_size(&form.quota)?),
        };
        library.update_user(&actor, about.id()?, patch).await?;
        Ok(())
    };
    done(&about.page(), work.await)
}

async fn disable(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        library.disable_user(&actor, form.id()?).await?;
        Ok(())
    };
    done(&form.page(), work.await)
}

async fn enable(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        library.enable_user(&actor, form.id()?).await?;
        Ok(())
    };
    done(&form.page(), work.await)
}

async fn end_sessions_of(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    let work = async {
        let id: UserId = form.id()?;
        Ok(library.end_user_sessions(&actor, id).await?)
    };
    done(&form.page(), work.await)
}

async fn change_password(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<ChangePassword>,
) -> Response {
    let library = &state.library;
    let work = library.change_password(&actor, &form.old_password, &form.new_password);
    match work.await {
        Ok(token) => {
            let cookie = session_cookie(&token, state.links.is_https());
            see_other(&format!("{PROFILE}?done=1"), cookie)
        }
        Err(error) => back_with(PROFILE, &error.into()),
    }
}

async fn end_session(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<About>,
) -> Response {
    done(PROFILE, end_own(&library, &actor, &form).await)
}

async fn end_own(library: &Library, actor: &Actor, form: &About) -> Result<(), Problem> {
    let id: SessionId = form.id()?;
    Ok(library.end_session(actor, id).await?)
}

async fn sign_out_everywhere(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
) -> Result<Response> {
    state.library.sign_out_everywhere(&actor).await?;
    let cookie = no_session_cookie(state.links.is_https());
    Ok(see_other("/sign-in", cookie))
}

/// Moves what is ticked to the trash.
async fn trash(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Fields(form): Fields<Vec<(String, String)>>,
) -> Response {
    let ids = form.into_iter().filter(|(name, _)| name == "id");
    let ids: Vec<AssetId> = ids.filter_map(|(_, id)| id.parse().ok()).collect();
    let selection = Selection::Ids(ids);
    let answer = library.change_assets(&actor, BatchAction::Trash, selection);
    match answer.await {
        Ok(answer) => {
            let count = answer
                .items
                .iter()
                .filter(|item| item.outcome == Outcome::Changed)
                .count();
            see_other(&format!("{STORAGE}?trashed={count}#review"), None)
        }
        Err(error) => back_with(STORAGE, &Problem::from(error)),
    }
}

/// Takes the warning away that room runs out.
async fn see_warning(Extract(library): Extract<Library>, SignedIn(actor): SignedIn) -> Response {
    let work = async { Ok(library.see_storage_warning(&actor).await?) };
    done(STORAGE, work.await)
}

fn read_role(word: &str) -> Result<Role, Problem> {
    word.parse()
        .map_err(|_| Problem::invalid("role", "A role is agent or administrator."))
}

//! `/me`: who asks, and what they may.

use axum::extract::State as Extract;
use library::{Actor, Library, Who};
use model::{Account, MePatch, Right, Scope, TokenId, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answer, Private, extract::Said};
use crate::identify::SignedIn;

/// Who asks, and what they may.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// The person who asks; absent when a token does.
    user: Option<User>,
    /// The token that asks; absent when a person does.
    token_id: Option<TokenId>,
    account: Account,
    /// What the token is good for; absent for people, who may all their role may.
    scopes: Option<Vec<Scope>>,
    rights: Rights,
}

/// What the one who asks may do.
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
#[derive(Serialize, ToSchema)]
pub struct Rights {
    view: bool,
    edit: bool,
    purge: bool,
    administer: bool,
    operate: bool,
}

/// Tells who asks, and what they may.
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub async fn get_me(Extract(library): Extract<Library>, SignedIn(actor): SignedIn) -> Answer<Me> {
    Ok(Private(Me {
        user: library.find_own_user(&actor).await?,
        account: library.get_own_account(&actor).await?,
        token_id: match actor.who {
            Who::Token(id) => Some(id),
            Who::User { .. } | Who::Embed(_) | Who::System => None,
        },
        rights: Rights::of(&actor),
        scopes: actor.scopes,
    }))
}

/// Changes the own name, language and look.
#[utoipa::path(patch, path = "/me", tag = "me", request_body = MePatch,
    responses((status = 200, body = User)))]
pub async fn update_me(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Said(patch): Said<MePatch>,
) -> Answer<User> {
    Ok(Private(library.update_me(&actor, patch).await?))
}

impl Rights {
    fn of(actor: &Actor) -> Self {
        Self {
            view: actor.may(Right::View),
            edit: actor.may(Right::Edit),
            purge: actor.may(Right::Purge),
            administer: actor.may(Right::Administer),
            operate: actor.may(Right::Operate),
        }
    }
}

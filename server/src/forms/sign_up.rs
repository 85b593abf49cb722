//! `POST /setup/{token}`: makes the first account, its administrator and the operator.

use axum::{extract::State as Extract, response::Response};
use library::setup::SetUp;
use model::{Problem, Secret};
use serde::Deserialize;

use super::answer::{Fields, back_with, encode, see_other};
use crate::{
    identify::{Sender, session_cookie},
    rest::extract::Words,
    state::State,
};

/// What the person who opens the set-up link types.
#[derive(Deserialize)]
pub struct Form {
    #[serde(default)]
    account: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    password: Secret,
}

/// Makes the first account and signs its administrator in.
pub async fn set_up(
    Extract(state): Extract<State>,
    Words(token): Words<String>,
    Sender(client): Sender,
    Fields(form): Fields<Form>,
) -> Response {
    let page = format!("/setup/{}", encode(&token));
    let set_up = match form.read() {
        Ok(set_up) => set_up,
        Err(problem) => return back_with(&page, &problem),
    };
    let token = Secret::new(token);
    match state.library.set_up(&token, set_up, &client).await {
        Ok((_, session)) => see_other("/", session_cookie(&session, state.links.is_https())),
        Err(error) => back_with(&page, &error.into()),
    }
}

impl Form {
    fn read(self) -> Result<SetUp, Problem> {
        let at = |field: &'static str| {
            move |problem: Problem| Problem {
                field: Some(field.to_owned()),
                ..problem
            }
        };
        Ok(SetUp {
            account: self.account.parse().map_err(at("account"))?,
            name: self.name.parse().map_err(at("name"))?,
            email: self.email.parse().map_err(at("email"))?,
            password: self.password,
        })
    }
}

//! `satchel token`: makes API tokens.

use clap::{Args, Subcommand};
use library::tokens::NewToken;
use model::{Role, Scope, Token};
use serde::Serialize;

use super::{account, somebody};
use crate::{
    cli::{self, Outcome},
    config::Settings,
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a token and print it, alone and once
    Create(Create),
}

#[derive(Debug, Args)]
pub struct Create {
    /// The account's name
    #[arg(long)]
    account: String,
    /// What it may: `agent` or `administrator`
    #[arg(long)]
    role: Role,
    /// What it is called in lists
    #[arg(long, default_value = "Command line")]
    name: String,
    /// What it is good for: `read`, `write`, `purge`, `administer`; all its role may when not said
    #[arg(long, value_name = "SCOPE", value_delimiter = ',')]
    scope: Vec<Scope>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Created<'a> {
    #[serde(flatten)]
    token: &'a Token,
    secret: &'a str,
}

pub(crate) async fn run(settings: &Settings, command: Command) -> Outcome {
    let Command::Create(create) = command;
    let token = NewToken {
        name: create.name.parse()?,
        role: create.role,
        scopes: create.scope,
    };
    let library = cli::open(settings).await?;
    let account = account::find(&library, &create.account).await?;
    let (token, secret) = library.create_token(&somebody(), account.id, token).await?;
    library.close().await;
    let created = Created {
        token: &token,
        secret: secret.expose(),
    };
    cli::print(create.json, &created, || secret.expose().to_owned())
}

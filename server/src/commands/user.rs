//! `satchel user`: adds people.

use std::io::Read;

use clap::{Args, Subcommand};
use library::users::NewUser;
use model::{Email, Role, Secret, User};
use serde::Serialize;

use super::{account, somebody};
use crate::{
    cli::{self, CommandError, Outcome},
    config::Settings,
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a person to an account
    Create(Create),
}

#[derive(Debug, Args)]
pub struct Create {
    /// The account's name
    #[arg(long)]
    account: String,
    /// The address they sign in with
    #[arg(long)]
    email: String,
    /// What they may: `agent` or `administrator`
    #[arg(long)]
    role: Role,
    /// What they are called; the address's first part when not said
    #[arg(long)]
    name: Option<String>,
    /// Lets them manage accounts and limits
    #[arg(long)]
    operator: bool,
    /// Read the password from standard input instead of making one up
    #[arg(long)]
    password_stdin: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Created<'a> {
    #[serde(flatten)]
    user: &'a User,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
}

pub(crate) async fn run(settings: &Settings, command: Command) -> Outcome {
    let Command::Create(create) = command;
    let email: Email = create.email.parse()?;
    let name = match &create.name {
        Some(name) => name.parse()?,
        None => email
            .as_str()
            .split('@')
            .next()
            .unwrap_or_default()
            .parse()?,
    };
    let user = NewUser {
        email,
        name,
        role: create.role,
        operator: create.operator,
        password: create.password()?,
    };
    let library = cli::open(settings).await?;
    let account = account::find(&library, &create.account).await?;
    let (user, password) = library.create_user(&somebody(), account.id, user).await?;
    library.close().await;
    let password = password.as_ref().map(Secret::expose);
    let created = Created {
        user: &user,
        password,
    };
    cli::print(create.json, &created, || {
        let made = format!("Made {} ({}) in {}.", user.email, user.role, account.name);
        match password {
            Some(password) => format!("{made}\nPassword: {password}"),
            None => made,
        }
    })
}

impl Create {
    /// The password from standard input, without the line's end.
    fn password(&self) -> Result<Option<Secret>, CommandError> {
        if !self.password_stdin {
            return Ok(None);
        }
        let mut text = String::new();
        std::io::stdin().take(4_096).read_to_string(&mut text)?;
        let password = text.trim_end_matches(['\r', '\n']);
        if password.is_empty() {
            return Err(CommandError::Usage(
                "standard input holds no password".to_owned(),
            ));
        }
        Ok(Some(Secret::new(password)))
    }
}

//! `satchel user`: adds people.

use std::{io::Read, str::FromStr};

use clap::{Args, Subcommand};
use library::users::{NewUser, UserPatch};
use model::{ByteSize, Email, Role, Secret, User};
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
    /// Change what a person may bring
    Set(Set),
}

#[derive(Debug, Args)]
pub struct Set {
    /// The address they sign in with
    #[arg(long)]
    email: Email,
    /// The most bytes they may bring, such as `2GB`, or `default` for the account's figure
    #[arg(long, value_name = "SIZE")]
    quota: Quota,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// A quota of one's own, or the account's.
#[derive(Clone, Copy, Debug)]
struct Quota(Option<ByteSize>);

impl FromStr for Quota {
    type Err = model::size::ParseByteSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "default" => Ok(Self(None)),
            size => size.parse().map(|size| Self(Some(size))),
        }
    }
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
    match command {
        Command::Create(said) => create(settings, said).await,
        Command::Set(set) => set.run(settings).await,
    }
}

impl Set {
    async fn run(self, settings: &Settings) -> Outcome {
        let library = cli::open(settings).await?;
        let user = library.get_user_by_email(&somebody(), &self.email).await?;
        let patch = UserPatch {
            role: None,
            quota: Some(self.quota.0),
        };
        let user = library.update_user(&somebody(), user.id, patch).await?;
        library.close().await;
        cli::print(self.json, &user, || match user.quota {
            Some(quota) => format!("{} may bring {quota}.", user.email),
            None => format!("{} may bring what the account's limits say.", user.email),
        })
    }
}

async fn create(settings: &Settings, create: Create) -> Outcome {
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

//! `satchel account`: makes, changes and lists accounts.

use std::{fmt::Write, str::FromStr};

use clap::{Args, Subcommand, ValueEnum};
use library::accounts::{AccountPatch, LimitsPatch};
use model::{Account, ByteSize, Kind, Limit, PersonName};

use super::somebody;
use crate::{
    cli::{self, CommandError, Outcome},
    config::Settings,
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an account
    Create(Create),
    /// Change what an account may
    Set(Set),
    /// List the accounts
    List(List),
}

#[derive(Debug, Args)]
pub struct Create {
    /// What it is called
    name: String,
    /// The most bytes it may hold, such as `5GB`
    #[arg(long, value_name = "SIZE")]
    quota: Option<ByteSize>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct Set {
    /// What it is called
    name: String,
    /// The most bytes it may hold, such as `10GB`, or `none`
    #[arg(long, value_name = "SIZE")]
    quota: Option<Quota>,
    /// The largest file of a kind, such as `video=2GB`; may be said several times
    #[arg(long, value_name = "KIND=SIZE")]
    max_size: Vec<MaxSize>,
    /// Days that trash is kept, such as `30d`
    #[arg(long, value_name = "DAYS")]
    retention: Option<Days>,
    /// The most bytes one person may bring, such as `1GB`, or `none`
    #[arg(long, value_name = "SIZE")]
    user_quota: Option<Quota>,
    /// The most images taken from one dropped folder
    #[arg(long, value_name = "COUNT")]
    folder_images: Option<u32>,
    /// Days that the audit trail is kept, such as `365d`
    #[arg(long, value_name = "DAYS")]
    audit_retention: Option<Days>,
    /// The most files it may have, the trash included
    #[arg(long, value_name = "COUNT")]
    max_assets: Option<u32>,
    /// Whether the library is switched on
    #[arg(long, value_name = "ON|OFF")]
    library: Option<Switch>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct List {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug)]
struct Quota(Option<ByteSize>);

impl FromStr for Quota {
    type Err = model::size::ParseByteSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "none" => Ok(Self(None)),
            size => size.parse().map(|size| Self(Some(size))),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct MaxSize(Kind, ByteSize);

impl FromStr for MaxSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, size) = text.split_once('=').ok_or("say it as video=2GB")?;
        let kind = kind.parse::<Kind>().map_err(|error| error.to_string())?;
        let size = size
            .parse::<ByteSize>()
            .map_err(|error| error.to_string())?;
        Ok(Self(kind, size))
    }
}

#[derive(Clone, Copy, Debug)]
struct Days(u32);

impl FromStr for Days {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_suffix('d')
            .unwrap_or(text)
            .parse()
            .map(Self)
            .map_err(|_| "say it as 30d")
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Switch {
    On,
    Off,
}

pub(crate) async fn run(settings: &Settings, command: Command) -> Outcome {
    match command {
        Command::Create(create) => create.run(settings).await,
        Command::Set(set) => set.run(settings).await,
        Command::List(list) => list.run(settings).await,
    }
}

impl Create {
    async fn run(self, settings: &Settings) -> Outcome {
        let name: PersonName = self.name.parse()?;
        let mut limits = settings.limits.account_limits()?;
        limits.quota = self.quota.or(limits.quota);
        let library = cli::open(settings).await?;
        let account = library.create_account(&somebody(), name, limits).await?;
        library.close().await;
        cli::print(self.json, &account, || {
            format!("Made {}.", describe(&account))
        })
    }
}

impl Set {
    async fn run(self, settings: &Settings) -> Outcome {
        let library = cli::open(settings).await?;
        let account = library.get_account_by_name(&somebody(), &self.name).await?;
        let patch = AccountPatch {
            library_enabled: self.library.map(|switch| matches!(switch, Switch::On)),
            limits: self.limits(),
        };
        let account = library.set_account(&somebody(), account.id, patch).await?;
        library.close().await;
        cli::print(self.json, &account, || describe(&account))
    }

    /// The limits that were named; all others stay.
    fn limits(&self) -> LimitsPatch {
        let largest = |MaxSize(kind, size): &MaxSize| (*kind, *size);
        LimitsPatch {
            quota: self.quota.map(|Quota(quota)| quota),
            max_size: self.max_size.iter().map(largest).collect(),
            folder_images: self.folder_images,
            retention_days: self.retention.map(|Days(days)| days),
            user_quota: self.user_quota.map(|Quota(quota)| quota),
            audit_days: self.audit_retention.map(|Days(days)| days),
            max_assets: self.max_assets,
        }
    }
}

impl List {
    async fn run(self, settings: &Settings) -> Outcome {
        let library = cli::open(settings).await?;
        let mut accounts = Vec::new();
        let mut cursor = None;
        loop {
            let page = library
                .list_accounts(&somebody(), cursor.as_ref(), Limit::default())
                .await?;
            accounts.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        library.close().await;
        cli::print(self.json, &accounts, || {
            accounts.iter().map(describe).collect::<Vec<_>>().join("\n")
        })
    }
}

/// The account of a name, for commands that work in one.
pub(super) async fn find(library: &library::Library, name: &str) -> Result<Account, CommandError> {
    Ok(library.get_account_by_name(&somebody(), name).await?)
}

/// An account on one line.
fn describe(account: &Account) -> String {
    let limits = &account.limits;
    let mut line = format!("{}  {}", account.id, account.name);
    match limits.quota {
        Some(quota) => _ = write!(line, "  quota {quota}"),
        None => line.push_str("  no quota"),
    }
    if let Some(quota) = limits.user_quota {
        _ = write!(line, "  each person {quota}");
    }
    for kind in Kind::ALL {
        _ = write!(line, "  {kind} {}", limits.max_size.of(kind));
    }
    _ = write!(line, "  folder {} images", limits.folder_images);
    _ = write!(line, "  trash {} days", limits.retention_days);
    _ = write!(line, "  audit {} days", limits.audit_days);
    _ = write!(line, "  at most {} files", limits.max_assets);
    if !account.library_enabled {
        line.push_str("  library off");
    }
    line
}

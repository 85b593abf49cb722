//! `satchel gc`: removes stored bytes that nothing points at.

use clap::Args;
use model::ByteSize;

use crate::{
    cli::{self, Outcome},
    config::Settings,
};

#[derive(Debug, Args)]
pub struct Command {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(settings: &Settings, command: &Command) -> Outcome {
    let library = cli::open(settings).await?;
    let collected = library.collect_garbage().await?;
    library.close().await;
    cli::print(command.json, &collected, || {
        format!(
            "Removed {} files, {} renditions and {} uploads: {}.",
            collected.blobs,
            collected.renditions,
            collected.uploads,
            ByteSize::bytes(collected.bytes)
        )
    })
}

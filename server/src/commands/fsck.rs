//! `satchel fsck`: compares the database with the storage.

use std::process::ExitCode;

use clap::Args;
use library::fsck::FsckReport;

use crate::{
    cli::{self, Outcome},
    config::Settings,
};

#[derive(Debug, Args)]
pub struct Command {
    /// Read every file and compare digests, not only sizes
    #[arg(long)]
    deep: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(settings: &Settings, command: &Command) -> Outcome {
    let library = cli::open(settings).await?;
    let report = library.fsck(command.deep).await?;
    library.close().await;
    cli::print(command.json, &report, || describe(&report))?;
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn describe(report: &FsckReport) -> String {
    let mut lines = vec![format!("{} files checked", report.blobs_checked)];
    let lists = [
        ("missing", &report.missing),
        ("orphaned", &report.orphaned),
        ("mismatched", &report.mismatched),
    ];
    for (what, keys) in lists {
        lines.extend(keys.iter().map(|key| format!("{what}: {key}")));
    }
    lines.extend(report.quota.iter().map(|wrong| {
        let (account, recorded, counted) = (wrong.account_id, wrong.recorded, wrong.counted);
        format!("quota: {account} is recorded with {recorded} bytes and holds {counted}")
    }));
    lines.extend(report.folders.iter().map(|wrong| {
        let (folder, recorded, counted) = (wrong.folder_id, wrong.recorded, wrong.counted);
        format!("folders: {folder} is recorded with {recorded} files and holds {counted}")
    }));
    lines.extend(report.totals.iter().map(|wrong| {
        let (account, recorded, counted) = (wrong.account_id, wrong.recorded, wrong.counted);
        let what = &wrong.what;
        format!("total: {what} of {account} is recorded as {recorded} and counts {counted}")
    }));
    if report.is_clean() {
        lines.push("all is well".to_owned());
    }
    lines.join("\n")
}

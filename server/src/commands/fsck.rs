//! `satchel fsck`: compares the database with the storage.

use std::process::ExitCode;

use clap::Args;
use library::fsck::{FsckReport, TotalDifference};
use serde::Serialize;

use crate::{
    cli::{self, Outcome},
    config::Settings,
};

#[derive(Debug, Args)]
pub struct Command {
    /// Compare sizes only; without this, every file is read and its digest compared
    #[arg(long)]
    quick: bool,
    /// Write meters and totals anew first where they differ from a recount
    #[arg(long)]
    repair: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(settings: &Settings, command: &Command) -> Outcome {
    let library = cli::open(settings).await?;
    let repaired = if command.repair {
        library.repair_meters().await?
    } else {
        Vec::new()
    };
    let report = library.fsck(!command.quick).await?;
    library.close().await;
    let told = Told {
        repaired: &repaired,
        report: &report,
    };
    cli::print(command.json, &told, || {
        let lines = repaired
            .iter()
            .map(|was| format!("put right: {}", total(was)));
        let lines = lines.chain([describe(&report)]);
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What was found, and what was put right before.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    report: &'a FsckReport,
    repaired: &'a [TotalDifference],
}

fn total(wrong: &TotalDifference) -> String {
    let (account, recorded, counted) = (wrong.account_id, wrong.recorded, wrong.counted);
    let what = &wrong.what;
    format!("total: {what} of {account} is recorded as {recorded} and counts {counted}")
}

fn describe(report: &FsckReport) -> String {
    let mut lines = vec![format!("{} files checked", report.blobs_checked)];
    let lists = [
        ("missing", &report.missing),
        ("orphaned", &report.orphaned),
        ("mismatched", &report.mismatched),
        ("not ours", &report.foreign),
        ("left of an upload", &report.stray),
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
    lines.extend(report.totals.iter().map(total));
    if report.is_clean() {
        lines.push("all is well".to_owned());
    }
    lines.join("\n")
}

//! `satchel doctor`: checks the installation and says what to do.

use std::process::ExitCode;

use clap::Args;
use library::doctor::Check;

use crate::{
    cli::{self, CommandError, Outcome},
    config::Settings,
    site::Site,
};

#[derive(Debug, Args)]
pub struct Command {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(settings: &Settings, command: &Command) -> Outcome {
    let checks = match cli::open(settings).await {
        Ok(library) => {
            let mut checks = library.doctor().await;
            checks.push(check_site(settings));
            library.close().await;
            checks
        }
        Err(CommandError::Library(error)) => vec![Check::of_start(&error)],
        Err(error) => return Err(error),
    };
    cli::print(command.json, &checks, || {
        checks.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    Ok(if checks.iter().all(|check| check.ok) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Looks for the folder that pages load from.
fn check_site(settings: &Settings) -> Check {
    let ok = Site::find(&settings.site_dir).is_there();
    let finding = if ok {
        "Pages have script and styles."
    } else {
        "There is no site folder: pages have neither script nor styles."
    };
    let advice = "Unpack `site/` beside the program, or set `SATCHEL_SITE_DIR` to where it lies.";
    Check {
        name: "site",
        ok,
        finding: finding.to_owned(),
        advice: (!ok).then(|| advice.to_owned()),
    }
}

fn line(check: &Check) -> String {
    let mark = if check.ok { "ok  " } else { "BAD " };
    let line = format!("{mark}{}: {}", check.name, check.finding);
    match &check.advice {
        Some(advice) => format!("{line}\n    {advice}"),
        None => line,
    }
}

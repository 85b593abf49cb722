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
    let is_there = Site::find(&settings.site_dir).is_there();
    let finding = if is_there {
        "Pages have script and styles."
    } else {
        "There is no site folder: pages have neither script nor styles."
    };
    let advice = "Unpack `site/` beside the program, or set `SATCHEL_SITE_DIR` to where it lies.";
    Check {
        name: "site",
        // Programs do without.
        ok: true,
        finding: finding.to_owned(),
        advice: (!is_there).then(|| advice.to_owned()),
    }
}

fn line(check: &Check) -> String {
    let mark = match (check.ok, &check.advice) {
        (false, _) => "BAD",
        (true, Some(_)) => "note",
        (true, None) => "ok ",
    };
    let line = format!("{mark} {}: {}", check.name, check.finding);
    match &check.advice {
        Some(advice) => format!("{line}\n    {advice}"),
        None => line,
    }
}

//! `satchel migrate`: brings the database up to date, before the first start or the next.

use std::{process::ExitCode, sync::Arc};

use library::{Library, SystemClock};

use crate::{cli::Outcome, config::Settings, logging};

pub(crate) async fn run(settings: &Settings) -> Outcome {
    logging::start_quiet(&settings.log);
    let config = settings.library(&settings.public_url(settings.listen)?)?;
    let library = Library::open(config, Arc::new(SystemClock)).await?;
    library.close().await;
    Ok(ExitCode::SUCCESS)
}

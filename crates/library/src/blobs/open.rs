//! Opens the store that an address names.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use model::Secret;
use opendal::{
    Operator, OperatorUri,
    layers::{RetryLayer, TimeoutLayer},
};

use super::folder::Folder;
use crate::{Error, Result};

/// The longest that one question without a body may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest that one piece of a body may take.
const PIECE_PATIENCE: Duration = Duration::from_mins(1);

/// Opens the store that an address names; a folder also by its own path.
///
/// A folder in which files are known to lie is not made: where it is empty, its disk is missing.
pub(super) fn open(
    url: &Secret,
    process: &str,
    has_files: bool,
) -> Result<(Operator, Option<Folder>)> {
    // Each is quiet when it was done before. The transport is installed by hand: the feature
    // that would do it brings a second crypto library along.
    opendal::install_default();
    opendal_http_transport_reqwest::install_default();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let uri = parse(url)?;
    let folder = match uri.scheme() {
        "fs" | "file" => {
            let root = path_of(&uri)?;
            if has_files && !Folder::is_in_use(&root)? {
                return Err(missing(&root));
            }
            Some(Folder::open(root, process)?)
        }
        _ => None,
    };
    let operator = Operator::from_uri(&uri).map_err(|error| explain(uri.scheme(), &error))?;
    let operator = operator
        .layer(
            TimeoutLayer::new()
                .with_timeout(PATIENCE)
                .with_io_timeout(PIECE_PATIENCE),
        )
        .layer(RetryLayer::new().with_jitter().with_max_times(4));
    Ok((operator, folder))
}

/// Reads an address; `memory:` is as good as `memory://`.
fn parse(url: &Secret) -> Result<OperatorUri> {
    // The address may hold credentials, so it is not repeated.
    let unreadable = || {
        Error::Config("The storage URL cannot be read; it looks like `fs:///srv/blobs`.".to_owned())
    };
    let (scheme, rest) = url.expose().split_once(':').ok_or_else(unreadable)?;
    let is_word = scheme
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-');
    if scheme.is_empty() || !is_word {
        return Err(unreadable());
    }
    let rest = if rest.is_empty() { "///" } else { rest };
    OperatorUri::new(&format!("{scheme}:{rest}"), Vec::new()).map_err(|_| unreadable())
}

fn path_of(uri: &OperatorUri) -> Result<PathBuf> {
    let root = uri.root().map(|root| format!("/{root}"));
    root.or_else(|| uri.option("root").map(str::to_owned))
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .ok_or_else(|| {
            Error::Config(
                "The storage URL of a folder has three slashes: `fs:///srv/blobs`.".to_owned(),
            )
        })
}

fn missing(root: &Path) -> Error {
    let root = root.display();
    Error::Config(format!(
        "The database knows of files, and the folder of the storage has none: {root}. Mount its \
         disk or bring the files back; to begin without them, make the folder {root}/.new"
    ))
}

fn explain(scheme: &str, error: &opendal::Error) -> Error {
    Error::Config(match error.kind() {
        opendal::ErrorKind::Unsupported => format!(
            "The storage URL names `{scheme}`, which this program was built without \
             (feature `services-{scheme}`)."
        ),
        // The message names the missing setting; the values of settings are in its context.
        _ => format!("The storage URL is not complete: {}.", error.message()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_cannot_be_opened_is_told_without_its_secrets() {
        for address in [
            "s3://?secret_access_key=hush",
            "nowhere://bucket?password=hush",
            "fs://relative/hush",
            "::hush",
        ] {
            let error = open(&Secret::new(address), "test", false)
                .err()
                .map(|error| error.to_string());
            assert!(!error.unwrap_or_default().contains("hush"), "{address}");
        }
    }

    #[test]
    fn memory_needs_no_slashes() {
        assert!(open(&Secret::new("memory:"), "test", true).is_ok());
        assert!(open(&Secret::new("memory://"), "test", true).is_ok());
    }
}

//! Where a test's blobs lie.

use std::path::Path;

/// A folder of the test's own: on disk, or in the store that `SATCHEL_TEST_BLOBS` names.
pub fn url(folder: &Path) -> String {
    let Some(url) = super::setting("SATCHEL_TEST_BLOBS") else {
        return format!("fs://{}/blobs", folder.display());
    };
    let own = folder.file_name().unwrap_or_default().to_string_lossy();
    match url.split_once('?') {
        Some((place, options)) => format!("{}/{own}?{options}", place.trim_end_matches('/')),
        None => format!("{}/{own}", url.trim_end_matches('/')),
    }
}

//! Makes the preview of a picture before anybody asks for it.

use model::{AccountId, BlobId};

use crate::{Library, Result};

impl Library {
    pub(super) async fn run_make_preview(&self, account: AccountId, blob: BlobId) -> Result<()> {
        self.make_preview(account, blob).await
    }
}

//! Checks of the installation, with what to do about each.

use serde::Serialize;

use crate::Library;

/// One check of the installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub ok: bool,
    /// What was found.
    pub finding: String,
    /// What to do, where something is wrong.
    pub advice: Option<String>,
}

impl Library {
    /// Checks database, store, free space, clock, decoder sandbox and public URL.
    pub async fn doctor(&self) -> Vec<Check> {
        todo!()
    }
}

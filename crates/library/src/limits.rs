//! What is enforced on the way in, told to whoever asks.

use model::Limits;

use crate::{Actor, Library, Result};

impl Library {
    /// What is enforced for the actor's account.
    pub async fn limits(&self, actor: &Actor) -> Result<Limits> {
        todo!()
    }
}

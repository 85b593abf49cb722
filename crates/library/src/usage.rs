//! The storage meter, and the reservations that keep an account within its quota.

use model::Usage;

use crate::{Actor, Library, Result};

impl Library {
    /// What the actor's account holds, of what it may.
    pub async fn usage(&self, actor: &Actor) -> Result<Usage> {
        todo!()
    }
}

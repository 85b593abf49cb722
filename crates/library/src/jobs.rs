//! Work to do later, kept in the database: leased, retried, idempotent.

use tokio::sync::Notify;

use crate::Library;

/// Rings when there is work, so that workers need not wait for their next look.
#[derive(Debug, Default)]
pub(crate) struct Bell(Notify);

/// Workers under way; dropping it stops nothing, [`Workers::drain`] does.
pub struct Workers {
    // the owner of this file decides
}

impl Workers {
    /// Takes no new work, lets what is under way finish within ten seconds, and returns.
    pub async fn drain(self) {
        todo!()
    }
}

impl Library {
    /// Starts the workers and the schedule (collector, expiry of uploads and sessions).
    pub fn start_workers(&self) -> Workers {
        todo!()
    }

    /// Does all work that is due, then returns how many jobs there were; for tests and the command line.
    pub async fn run_due_jobs(&self) -> crate::Result<usize> {
        todo!()
    }
}

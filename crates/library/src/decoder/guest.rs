//! Programs of others that the operator lends: each runs once, on one file, within walls.
//!
//! A child of this program puts up the walls and then becomes the other program, which so is
//! within them from its first step. One runs at a time, after everything that people wait for.

mod walls;

use std::{io, path::PathBuf, process::Stdio, time::Duration};

use rustix::process::{Pid, Signal, kill_process_group};
use serde::{Deserialize, Serialize};
use tokio::{io::AsyncReadExt as _, process::Command};

use super::{DecodeError, DecodeSource, DecoderConfig, DecoderPool};
pub(super) use walls::enter;

/// How the parent tells a child what to become; the rest of the environment is empty.
pub(super) const ERRAND: &str = "SATCHEL_ERRAND";
/// How a child ends that could not become the program.
const NOT_STARTED: u8 = 126;

/// What a program of others is to do with one file, which it finds at [`INPUT`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Errand {
    /// Where it lies.
    pub program: PathBuf,
    /// What it is told.
    pub args: Vec<String>,
    /// The most address space, in bytes.
    pub memory: u64,
    /// The most processor time.
    pub cpu_seconds: u64,
    /// The longest that it may take.
    pub wall: Duration,
    /// The most bytes that it may print.
    pub printed: u64,
    /// A folder of its own to write in, where it works; nothing is written elsewhere.
    pub folder: Option<PathBuf>,
    /// The most bytes of a file that it writes.
    pub written: u64,
    /// How it ends where it only made itself ready, and wants to be started once more.
    pub again_on: Option<i32>,
}

/// Where a program finds its file, which has no other name that it may open.
pub(crate) const INPUT: &str = "/proc/self/fd/0";

impl DecoderPool {
    /// Runs a program of others on one file and gives back what it printed.
    ///
    /// `Corrupt` tells that it found fault with the file, `Crashed` that it died of it.
    pub(crate) async fn run_errand(
        &self,
        errand: &Errand,
        source: DecodeSource,
    ) -> Result<Vec<u8>, DecodeError> {
        let file = tokio::task::spawn_blocking(|| source.into_file()).await;
        let file = file.map_err(|error| DecodeError::Io(error.to_string()))??;
        let _alone = self.guest().lock().await;
        let done = async {
            let first = run(self.config(), errand, Stdio::from(file.try_clone()?)).await?;
            if first.0.is_some() && first.0 == errand.again_on {
                return run(self.config(), errand, Stdio::from(file)).await;
            }
            Ok(first)
        };
        let done = tokio::time::timeout(errand.wall, done).await;
        let (code, printed) = done.unwrap_or(Err(DecodeError::TimedOut))?;
        match code {
            Some(0) => Ok(printed),
            Some(code) if code == i32::from(NOT_STARTED) => {
                let name = errand.program.display();
                Err(DecodeError::Io(format!("{name} could not be started")))
            }
            Some(code) => Err(DecodeError::Corrupt {
                reason: format!("the program ended with {code}"),
            }),
            None => Err(DecodeError::Crashed),
        }
    }
}

/// How it ended, nothing where it was ended by others, and what it printed.
async fn run(
    config: &DecoderConfig,
    errand: &Errand,
    file: Stdio,
) -> Result<(Option<i32>, Vec<u8>), DecodeError> {
    let told = serde_json::to_string(errand).map_err(io::Error::from)?;
    let mut child = Command::new(&config.program)
        .arg0("satchel")
        .args(&config.args)
        .env_clear()
        .env(ERRAND, told)
        .stdin(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    let _group = Group::of(child.id());
    let mut printed = Vec::new();
    if let Some(output) = child.stdout.take() {
        let mut output = output.take(errand.printed + 1);
        output.read_to_end(&mut printed).await?;
    }
    if printed.len() as u64 > errand.printed {
        return Err(DecodeError::Crashed);
    }
    Ok((child.wait().await?.code(), printed))
}

/// A program and all that it started; dropping it ends them.
struct Group(Option<Pid>);

impl Group {
    fn of(leader: Option<u32>) -> Self {
        let leader = leader.and_then(|id| i32::try_from(id).ok());
        Self(leader.and_then(Pid::from_raw))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Mostly there is nobody left.
        if let Some(leader) = self.0 {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

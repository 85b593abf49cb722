//! Programs of others that the operator lends: each runs once, on one file, within walls.
//!
//! A child of this program puts up the walls and then becomes the other program, which so is
//! within them from its first step. One runs at a time, after everything that people wait for, and
//! on the decoders' shares: what it fills with data counts as what they do, and the kernel holds it
//! to that.

mod walls;

use std::{
    fs::File,
    io,
    os::unix::process::ExitStatusExt as _,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use serde::{Deserialize, Serialize};
use tokio::{io::AsyncReadExt as _, process::Command};

use super::{
    DecodeError, DecodeSource, DecoderConfig, DecoderPool,
    turns::{Rank, Share},
};
pub(super) use walls::enter;

/// How the parent tells a child what to become; the rest of the environment is empty.
pub(super) const ERRAND: &str = "SATCHEL_ERRAND";
/// How a child ends that could not become the program.
const NOT_STARTED: u8 = 126;
/// What a program of others is given to fill while others are at work.
const SHARED: u64 = 192 << 20;
/// What its own pages and those of its libraries take more than a decoder's, which it reads from
/// files.
const READ: u64 = 64 << 20;
/// How often one goes to the end of the line for somebody who needs to be alone.
const GIVES_WAY: usize = 2;

/// What a program of others is to do with one file, which it finds at [`INPUT`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Errand {
    /// Where it lies.
    pub program: PathBuf,
    /// What it is told.
    pub args: Vec<String>,
    /// The most address space, in bytes, most of which such programs never fill.
    pub mapped: u64,
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

/// How much of the decoders' memory a program of others has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Its part, beside others.
    Shared,
    /// All of it, alone, and for no longer than a picture that needs as much.
    Whole,
}

impl Room {
    /// How it is tried: alone only where it may have wanted more.
    pub const ALL: [Self; 2] = [Self::Shared, Self::Whole];
}

/// An errand, and the data that it may fill, in bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Order {
    errand: Errand,
    filled: u64,
}

/// Where a program finds its file, which has no other name that it may open.
pub(crate) const INPUT: &str = "/proc/self/fd/0";

impl DecoderPool {
    /// Runs a program of others on one file and gives back what it printed.
    ///
    /// `Corrupt` tells that it found fault with the file, `Crashed` that it died of it: both may
    /// come of too little memory. It begins anew, twice at most, where somebody needs to be alone.
    pub(crate) async fn run_errand(
        &self,
        errand: &Errand,
        source: DecodeSource,
        room: Room,
    ) -> Result<Vec<u8>, DecodeError> {
        let file = tokio::task::spawn_blocking(|| source.into_file()).await;
        let file = file.map_err(|error| DecodeError::Io(error.to_string()))??;
        let _one = self.guest().lock().await;
        for _ in 0..GIVES_WAY {
            let (_turn, order) = self.guest_turn(errand, room).await?;
            tokio::select! {
                done = carry_out(self.config(), &order, &file) => return done,
                () = self.turns().crowded(), if room == Room::Shared => {}
            }
        }
        let (_turn, order) = self.guest_turn(errand, room).await?;
        carry_out(self.config(), &order, &file).await
    }

    /// Waits for as many shares as there is memory wanted.
    async fn guest_turn(&self, errand: &Errand, room: Room) -> Result<(Share, Order), DecodeError> {
        let (most, share) = self.rooms();
        let filled = match room {
            Room::Shared => SHARED.min(most),
            Room::Whole => most.saturating_sub(READ),
        };
        let shares = usize::try_from(filled.div_ceil(share)).unwrap_or(usize::MAX);
        let (shares, cpu_seconds) = match room {
            Room::Shared => (shares, errand.cpu_seconds),
            Room::Whole => (
                self.turns().all(),
                errand.cpu_seconds.min(self.config().cpu.as_secs().max(1)),
            ),
        };
        let turn = self.turns().take(Rank::Later, None, shares).await;
        let turn = turn.ok_or(DecodeError::Busy)?;
        self.clear();
        let errand = Errand {
            cpu_seconds,
            ..errand.clone()
        };
        Ok((turn, Order { errand, filled }))
    }
}

/// Does as ordered, twice where the first time was for making ready.
async fn carry_out(
    config: &DecoderConfig,
    order: &Order,
    file: &File,
) -> Result<Vec<u8>, DecodeError> {
    let errand = &order.errand;
    let done = async {
        let first = run(config, order, Stdio::from(file.try_clone()?)).await?;
        if first.0.code().is_some() && first.0.code() == errand.again_on {
            return run(config, order, Stdio::from(file.try_clone()?)).await;
        }
        Ok(first)
    };
    let done = tokio::time::timeout(errand.wall, done).await;
    let (ended, printed) = done.unwrap_or(Err(DecodeError::TimedOut))?;
    match (ended.code(), ended.signal()) {
        (Some(0), _) => Ok(printed),
        (Some(code), _) if code == i32::from(NOT_STARTED) => {
            let name = errand.program.display();
            Err(DecodeError::Io(format!("{name} could not be started")))
        }
        (Some(code), _) => Err(DecodeError::Corrupt {
            reason: format!("the program ended with {code}"),
        }),
        (None, Some(libc::SIGXCPU)) => Err(DecodeError::Exhausted),
        (None, _) => Err(DecodeError::Crashed),
    }
}

/// How it ended, and what it printed.
async fn run(
    config: &DecoderConfig,
    order: &Order,
    file: Stdio,
) -> Result<(ExitStatus, Vec<u8>), DecodeError> {
    let told = serde_json::to_string(order).map_err(io::Error::from)?;
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
        let mut output = output.take(order.errand.printed + 1);
        output.read_to_end(&mut printed).await?;
    }
    if printed.len() as u64 > order.errand.printed {
        return Err(DecodeError::Crashed);
    }
    Ok((child.wait().await?, printed))
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

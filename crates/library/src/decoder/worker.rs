//! One child as its parent sees it: a process, a socket, and how often it was asked.

use std::{
    io::{self, IoSlice},
    mem::MaybeUninit,
    os::{
        fd::{AsFd, OwnedFd},
        unix::process::ExitStatusExt as _,
    },
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use tokio::{
    io::{AsyncReadExt, Interest},
    net::UnixStream,
    process::{Child, Command},
};

use super::{
    child::MEMORY,
    protocol::{Answer, Question, lengths},
};

/// How long a child that hung up is given to be gone.
const GOING: Duration = Duration::from_secs(1);

/// A running child; dropping it kills it.
pub(super) struct Worker {
    child: Child,
    socket: UnixStream,
    /// How many questions it has answered.
    pub answered: u32,
    /// When it was last put aside.
    pub idle_since: Instant,
}

impl Worker {
    /// Starts a child that may take so much memory.
    pub(super) fn start(program: &Path, args: &[String], memory: u64) -> io::Result<Self> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let child = Command::new(program)
            .arg0("satchel")
            .args(args)
            .env_clear()
            .env(MEMORY, memory.to_string())
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let socket = UnixStream::from_std(ours)?;
        Ok(Self {
            child,
            socket,
            answered: 0,
            idle_since: Instant::now(),
        })
    }

    /// Its process id, while it lives.
    pub(super) fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Asks one question; an error means that this child is of no more use.
    pub(super) async fn ask(
        &mut self,
        question: &Question,
        file: Option<&OwnedFd>,
    ) -> io::Result<(Answer, Vec<u8>)> {
        let text = serde_json::to_vec(question)?;
        let len = u32::try_from(text.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
        let mut bytes = len.to_le_bytes().to_vec();
        bytes.extend(text);
        self.send(&bytes, file).await?;
        let mut sizes = [0; 8];
        self.socket.read_exact(&mut sizes).await?;
        let (head_len, body_len) = lengths(sizes)?;
        let mut head = vec![0; head_len];
        self.socket.read_exact(&mut head).await?;
        let mut body = Vec::with_capacity(body_len);
        (&mut self.socket)
            .take(body_len as u64)
            .read_to_end(&mut body)
            .await?;
        if body.len() < body_len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.answered += 1;
        Ok((serde_json::from_slice(&head)?, body))
    }

    /// The signal that ended it, once it says nothing more; one that lives on is ended.
    pub(super) async fn ended_by(&mut self) -> Option<i32> {
        if tokio::time::timeout(GOING, self.child.wait())
            .await
            .is_err()
        {
            drop(self.child.start_kill());
        }
        self.child.wait().await.ok()?.signal()
    }

    /// Sends bytes, the file with the first of them.
    async fn send(&self, mut bytes: &[u8], mut file: Option<&OwnedFd>) -> io::Result<()> {
        while !bytes.is_empty() {
            let sent = self.socket.async_io(Interest::WRITABLE, || {
                let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
                let mut control = SendAncillaryBuffer::new(&mut space);
                let files = file.map(|file| [file.as_fd()]);
                if let Some(files) = &files {
                    control.push(SendAncillaryMessage::ScmRights(files));
                }
                let parts = [IoSlice::new(bytes)];
                Ok(sendmsg(
                    &self.socket,
                    &parts,
                    &mut control,
                    SendFlags::NOSIGNAL,
                )?)
            });
            let sent = sent.await?;
            bytes = &bytes[sent..];
            file = None;
        }
        Ok(())
    }

    /// Bytes of memory it holds, where the system tells.
    pub(super) fn resident(&self) -> u64 {
        let pages = || {
            let text = std::fs::read_to_string(format!("/proc/{}/statm", self.pid()?)).ok()?;
            text.split_whitespace().nth(1)?.parse::<u64>().ok()
        };
        pages().unwrap_or(0) * rustix::param::page_size() as u64
    }
}

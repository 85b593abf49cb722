//! The child: locks itself in, then answers one question after the other until its parent goes.

use std::{
    fs::File,
    io::{self, IoSliceMut},
    mem::MaybeUninit,
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
    process::ExitCode,
};

use imaging::{Picture, metadata::Stripped, sniff};
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};

use super::{
    guest::{self, ERRAND},
    protocol::{Answer, MAX_QUESTION, Question, Task, pack, write_answer},
    reader::Reader,
    sandbox::{self, SandboxStatus},
};

/// How the parent tells the most memory; the rest of the environment is empty.
pub(super) const MEMORY: &str = "SATCHEL_DECODER_MEMORY";
/// What a child takes that nobody told.
const DEFAULT_MEMORY: u64 = 448 << 20;

/// Decodes for a parent on the other end of standard input, and prints nothing.
///
/// It must be called before any thread is started: the walls are those of one thread. A parent
/// that has an errand for a program of others has this process become that program.
#[expect(
    clippy::disallowed_methods,
    reason = "its parent is all that a child hears of the configuration"
)]
pub fn run_child() -> ExitCode {
    if let Ok(errand) = std::env::var(ERRAND) {
        return guest::enter(&errand);
    }
    // Standard error is closed to a child; its deaths are told by its exit.
    std::panic::set_hook(Box::new(|_| {}));
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "its parent is all that a child hears of the configuration"
)]
fn serve() -> io::Result<()> {
    let memory = std::env::var(MEMORY)
        .ok()
        .and_then(|text| text.parse().ok());
    let mut socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let own = sandbox::size();
    let status = sandbox::enter(memory.unwrap_or(DEFAULT_MEMORY))?;
    while let Some((question, file)) = receive(&socket)? {
        sandbox::limit_cpu(question.limits.cpu_seconds)?;
        sandbox::limit_memory(own.saturating_add(question.limits.room))?;
        let (answer, body) = answer(&question, file, status)?;
        write_answer(&mut socket, &answer, &body)?;
    }
    Ok(())
}

/// The next question and the file that comes with it; `None` once the parent is gone.
fn receive(socket: &UnixStream) -> io::Result<Option<(Question, Option<OwnedFd>)>> {
    let mut bytes = Vec::new();
    let mut file = None;
    loop {
        if let Some(wanted) = bytes
            .first_chunk::<4>()
            .map(|len| u32::from_le_bytes(*len) as usize)
        {
            if wanted > MAX_QUESTION {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if let Some(question) = bytes.get(4..4 + wanted) {
                return Ok(Some((serde_json::from_slice(question)?, file)));
            }
        }
        let mut part = [0; 4096];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let flags = RecvFlags::CMSG_CLOEXEC;
        let got = recvmsg(
            socket,
            &mut [IoSliceMut::new(&mut part)],
            &mut control,
            flags,
        )?;
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(files) = message {
                file = files.last().or(file);
            }
        }
        if got.bytes == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&part[..got.bytes]);
    }
}

fn answer(
    question: &Question,
    file: Option<OwnedFd>,
    status: SandboxStatus,
) -> io::Result<(Answer, Vec<u8>)> {
    if let Task::Sandbox = question.task {
        return Ok((Answer::Sandbox(status.tried()), Vec::new()));
    }
    let file = file.ok_or(io::ErrorKind::InvalidData)?;
    let mut reader = Reader::new(File::from(file))?;
    // A panic in a codec ends the child: what it leaves behind is not to be trusted.
    let done = work(question, &mut reader);
    Ok(match (done, reader.failed) {
        (_, Some(error)) => (Answer::Unreadable(error), Vec::new()),
        (Ok(done), None) => done,
        (Err(error), None) => (Answer::Refused(error), Vec::new()),
    })
}

fn work(question: &Question, reader: &mut Reader) -> imaging::Result<(Answer, Vec<u8>)> {
    let budget = question.limits.budget();
    match &question.task {
        Task::Inspect {
            name,
            thumb,
            drawings,
        } => {
            let name = name.as_deref();
            let mut found = match imaging::inspect(reader, name, &budget, *thumb) {
                Err(imaging::Error::Unsupported { reason }) if *drawings => {
                    let found = imaging::inspect_drawing(reader, name)?;
                    found.ok_or(imaging::Error::Unsupported { reason })?
                }
                found => found?,
            };
            let body = found.thumb.as_mut().map(take_bytes).unwrap_or_default();
            Ok((Answer::Inspected(Box::new(found)), body))
        }
        Task::Render(preset) => {
            let mut picture = imaging::render(reader, &budget, *preset)?;
            let body = take_bytes(&mut picture);
            Ok((Answer::Rendered(picture), body))
        }
        Task::Page(page, preset) => {
            let mut picture = imaging::render_page(reader, &budget, *page, *preset)?;
            let body = take_bytes(&mut picture);
            Ok((Answer::Rendered(picture), body))
        }
        Task::Transform(recipe) => {
            let mut made = imaging::transform(reader, &budget, recipe)?;
            let body = std::mem::take(&mut made.bytes);
            Ok((Answer::Made(made), body))
        }
        Task::Strip => {
            let format = sniff::sniff(reader, None)?;
            Ok(match imaging::metadata::strip(reader, format, &budget)? {
                Stripped::Unchanged => (Answer::Unchanged, Vec::new()),
                Stripped::Bytes(bytes) => (Answer::Bytes, bytes),
                Stripped::Patches(patches) => pack(patches),
            })
        }
        Task::Text => {
            let text = imaging::text::read(reader, &budget)?;
            Ok((Answer::Text(text), Vec::new()))
        }
        Task::Content => {
            let content = imaging::preview::read(reader, &budget)?;
            Ok((Answer::Content(content), Vec::new()))
        }
        Task::Outline => {
            let content = imaging::preview::outline(reader, &budget)?;
            Ok((Answer::Content(content), Vec::new()))
        }
        Task::Sandbox => Err(imaging::Error::unsupported("no file is needed for this")),
    }
}

fn take_bytes(picture: &mut Picture) -> Vec<u8> {
    std::mem::take(&mut picture.bytes)
}

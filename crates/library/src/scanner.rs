//! Asks a malware scanner about each file before it is kept, where the operator has one: clamd, or
//! what speaks as it does. What nobody could look at is never let through.

use std::{
    io,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use model::{FileName, Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use tokio::{
    fs::File,
    io::{
        AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _,
        BufReader,
    },
    net::{TcpStream, UnixStream},
    time::timeout,
};

use crate::{Library, Result, ingest::Arrival};

/// How long a scanner may take to answer at all, and to look at one file.
const GREETING: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_mins(2);
/// How much of a file is sent at a time.
const PIECE: usize = 128 * 1024;
/// The longest answer that is read.
const ANSWER: u64 = 1024;

/// Where the scanner is, and what happens while it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannerConfig {
    pub address: Address,
    pub when_down: WhenDown,
}

/// Where a scanner listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Tcp(String),
    Unix(PathBuf),
}

/// What becomes of a file that the scanner could not look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenDown {
    /// An upload in pieces is kept on its way and may be finished later; nothing is taken meanwhile.
    #[default]
    Hold,
    /// It is refused for good.
    Refuse,
}

/// What a scanner says of a file.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Clean,
    /// Something by this name is in it.
    Found(String),
    /// It is larger than the scanner looks at.
    TooLarge,
}

/// Whether the scanner did not answer when it was last asked.
#[derive(Debug, Default)]
pub(crate) struct Outage(AtomicBool);

impl Address {
    /// Reads `tcp://host:port` or `unix:/path`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(host) = text.strip_prefix("tcp://") {
            let (name, port) = host.rsplit_once(':')?;
            let is_whole = !name.is_empty() && port.parse::<u16>().is_ok();
            return is_whole.then(|| Self::Tcp(host.to_owned()));
        }
        let path = text.strip_prefix("unix:")?;
        let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
        path.is_absolute().then_some(Self::Unix(path))
    }
}

impl Library {
    /// Whether the scanner answered when it was last asked; nothing where there is none.
    pub fn scanner_answers(&self) -> Option<bool> {
        let is_down = self.inner.outage.0.load(Ordering::Relaxed);
        self.inner.config.scanner.as_ref().map(|_| !is_down)
    }

    /// Refuses a staged file in which the scanner finds something, or which it could not look at.
    pub(crate) async fn scan(&self, arrival: &Arrival) -> Result<()> {
        let Some(config) = &self.inner.config.scanner else {
            return Ok(());
        };
        let name = arrival.metadata.name.as_ref();
        let name = name.map_or("The file", FileName::as_str);
        let file = File::open(self.inner.staging.path(arrival.lock.id())).await?;
        let asked = timeout(PATIENCE, ask(&config.address, file)).await;
        let told = asked.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        self.inner.outage.0.store(told.is_err(), Ordering::Relaxed);
        let refused = match told {
            Ok(Verdict::Clean) => return Ok(()),
            Ok(Verdict::Found(what)) => {
                tracing::warn!(upload = %arrival.lock.id(), what, "the scanner found something");
                unsafe_file(format!("{name} is not taken: malware was found in it."))
            }
            Ok(Verdict::TooLarge) => unsafe_file(format!(
                "{name} is not taken: it is larger than what is looked at for malware here."
            )),
            Err(error) => {
                tracing::error!(%error, "the scanner does not answer");
                match config.when_down {
                    WhenDown::Hold => Problem::unavailable(
                        "Files are looked at for malware, which is not possible right now. Try \
                         again in a moment.",
                    ),
                    WhenDown::Refuse => unsafe_file(format!(
                        "{name} is not taken: it could not be looked at for malware."
                    )),
                }
            }
        };
        Err(refused.into())
    }

    /// What the scanner calls itself; nothing where there is none.
    pub(crate) async fn scanner_version(&self) -> Option<io::Result<String>> {
        let config = self.inner.config.scanner.as_ref()?;
        let asked = async {
            let mut line = connect(&config.address).await?;
            line.write_all(b"zVERSION\0").await?;
            answer(&mut line).await
        };
        let told = timeout(GREETING, asked).await;
        let told = told.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        self.inner.outage.0.store(told.is_err(), Ordering::Relaxed);
        Some(told)
    }
}

fn unsafe_file(detail: String) -> Problem {
    Problem::new(ProblemCode::UnsafeFile, detail)
}

/// A connection of either sort.
trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

async fn connect(address: &Address) -> io::Result<Box<dyn Line>> {
    let connected = async {
        Ok::<Box<dyn Line>, io::Error>(match address {
            Address::Tcp(host) => Box::new(TcpStream::connect(host).await?),
            Address::Unix(path) => Box::new(UnixStream::connect(path).await?),
        })
    };
    let connected = timeout(GREETING, connected).await;
    connected.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// Sends a file in pieces, each behind its length, and reads what the scanner says.
async fn ask(address: &Address, mut file: File) -> io::Result<Verdict> {
    let mut line = connect(address).await?;
    line.write_all(b"zINSTREAM\0").await?;
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece).await?;
        let head = u32::try_from(length).map_err(io::Error::other)?;
        let sent = async {
            line.write_all(&head.to_be_bytes()).await?;
            line.write_all(&piece[..length]).await
        };
        // Who has seen enough hangs up, and what it said is there to be read.
        if sent.await.is_err() || length == 0 {
            break;
        }
    }
    let told = answer(&mut line).await?;
    verdict(&told).ok_or_else(|| io::Error::other(told))
}

async fn answer(line: &mut Box<dyn Line>) -> io::Result<String> {
    let mut told = Vec::new();
    let mut line = BufReader::new(line.take(ANSWER));
    line.read_until(0, &mut told).await?;
    let told = String::from_utf8_lossy(&told);
    let told: String = told.chars().filter(|c| !c.is_control()).collect();
    if told.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(told)
}

/// What an answer means; nothing where it tells of an error.
fn verdict(told: &str) -> Option<Verdict> {
    let told = told.strip_prefix("stream: ").unwrap_or(told).trim();
    if let Some(what) = told.strip_suffix(" FOUND") {
        return Some(Verdict::Found(what.to_owned()));
    }
    match told {
        "OK" => Some(Verdict::Clean),
        _ if told.contains("size limit exceeded") => Some(Verdict::TooLarge),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(verdict("stream: OK"), Some(Verdict::Clean));
        let found = Verdict::Found("Eicar-Test-Signature".to_owned());
        assert_eq!(verdict("stream: Eicar-Test-Signature FOUND"), Some(found));
        let large = "INSTREAM size limit exceeded. ERROR";
        assert_eq!(verdict(large), Some(Verdict::TooLarge));
        for told in [
            "",
            "OK?",
            "UNKNOWN COMMAND",
            "stream: lstat() failed. ERROR",
        ] {
            assert_eq!(verdict(told), None, "{told}");
        }
    }

    #[test]
    fn an_address_is_whole_or_none() {
        assert_eq!(
            Address::parse("tcp://127.0.0.1:3310"),
            Some(Address::Tcp("127.0.0.1:3310".to_owned()))
        );
        let socket = Address::Unix(PathBuf::from("/run/clamd.sock"));
        for text in ["unix:/run/clamd.sock", "unix:///run/clamd.sock"] {
            assert_eq!(Address::parse(text), Some(socket.clone()));
        }
        for text in [
            "",
            "tcp://",
            "tcp://host",
            "tcp://:3310",
            "unix:clamd",
            "clamd",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}

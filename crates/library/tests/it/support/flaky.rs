//! A bucket that keeps small files, and does not always do so or say so.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

const BUSY: &str = "<Error><Code>SlowDown</Code><Message>Reduce your rate.</Message></Error>";

/// What goes wrong with one file that is brought.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It is refused for now.
    Busy,
    /// The line is cut before it is kept.
    Cut,
    /// It is kept, and the line is cut before that is said.
    Unsaid,
}

/// A listener that speaks as much S3 as small files need.
pub struct Flaky {
    address: std::net::SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What is still to go wrong, one with each file that is brought.
    faults: VecDeque<Fault>,
    kept: BTreeMap<String, Vec<u8>>,
}

impl Flaky {
    /// Opens for as long as the test runs.
    pub async fn open(faults: impl IntoIterator<Item = Fault>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            faults: faults.into_iter().collect(),
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move {
                    // Who hangs up has heard enough.
                    let _ = answer(stream, &state).await;
                });
            }
        });
        Self { address, state }
    }

    /// How a library reaches it.
    pub fn url(&self) -> String {
        let address = self.address;
        format!(
            "s3://bucket?endpoint=http://{address}&region=us-east-1\
             &access_key_id=anna&secret_access_key=a-secret-for-tests-only"
        )
    }

    /// Whether all has gone wrong that was to.
    pub fn is_spent(&self) -> bool {
        lock(&self.state).faults.is_empty()
    }

    /// What is kept, by path.
    pub fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        lock(&self.state).kept.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("nobody panics")
}

/// One question, then the line is closed; without an answer where it is cut.
async fn answer(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? <= 2 {
            break;
        }
        let line = line.to_ascii_lowercase();
        if let Some(found) = line.strip_prefix("content-length:") {
            length = found.trim().parse().unwrap_or(0);
        }
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await?;
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let Some(told) = told(method, path, bytes, &mut lock(state)) else {
        return Ok(());
    };
    stream.write_all(told.as_bytes()).await?;
    stream.shutdown().await
}

fn told(method: &str, path: &str, bytes: Vec<u8>, state: &mut State) -> Option<String> {
    let (status, length, body) = match method {
        "PUT" => match state.faults.pop_front() {
            Some(Fault::Busy) => ("503 Service Unavailable", BUSY.len(), BUSY),
            Some(Fault::Cut) => return None,
            fault => {
                state.kept.insert(path.to_owned(), bytes);
                if fault.is_some() {
                    return None;
                }
                ("200 OK", 0, "")
            }
        },
        "HEAD" => match state.kept.get(path) {
            Some(kept) => ("200 OK", kept.len(), ""),
            None => ("404 Not Found", 0, ""),
        },
        _ => ("501 Not Implemented", 0, ""),
    };
    let head = format!("HTTP/1.1 {status}\r\netag: \"it\"\r\nconnection: close\r\n");
    Some(format!("{head}content-length: {length}\r\n\r\n{body}"))
}

//! A place outside that webhooks tell: it keeps what came, and answers as it was told.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Notify, OwnedRwLockWriteGuard, RwLock},
};

/// A place outside that webhooks tell.
pub struct Receiver {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
    door: Arc<Door>,
}

/// Whether it answers, and who waits for what comes.
#[derive(Default)]
struct Door {
    is_shut: Arc<RwLock<()>>,
    came: Notify,
}

/// What came in one request.
#[derive(Clone, Debug)]
pub struct Heard {
    headers: HashMap<String, String>,
    pub body: String,
}

#[derive(Default)]
struct Inner {
    heard: Vec<Heard>,
    answers: VecDeque<String>,
}

impl Receiver {
    /// Listens on this machine, and answers 200 unless it is told otherwise.
    pub async fn listen() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = socket.local_addr().expect("an address");
        let inner = Arc::new(Mutex::new(Inner::default()));
        let door = Arc::<Door>::default();
        let shared = (Arc::clone(&inner), Arc::clone(&door));
        tokio::spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                let (inner, door) = shared.clone();
                tokio::spawn(answer(stream, inner, door));
            }
        });
        Self {
            url: format!("http://{address}/hooks"),
            inner,
            door,
        }
    }

    /// Answers nobody as long as this is held.
    pub async fn hold(&self) -> OwnedRwLockWriteGuard<()> {
        Arc::clone(&self.door.is_shut).write_owned().await
    }

    /// Waits until so much has come.
    pub async fn has_heard(&self, count: usize) {
        loop {
            let came = self.door.came.notified();
            if self.heard().len() >= count {
                return;
            }
            came.await;
        }
    }

    /// Answers with a status and a body, once.
    pub fn answers(&self, status: u16, body: &str) {
        self.answers_with(status, "", body);
    }

    /// The same with a header.
    pub fn answers_with(&self, status: u16, header: &str, body: &str) {
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} So\r\n{header}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        self.inner.lock().unwrap().answers.push_back(answer);
    }

    /// All that came so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.inner.lock().unwrap().heard.clone()
    }
}

impl Heard {
    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

async fn answer(stream: TcpStream, inner: Arc<Mutex<Inner>>, door: Arc<Door>) {
    let mut stream = BufReader::new(stream);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        let read = stream.read_line(&mut line).await.unwrap_or_default();
        if read == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let length = headers.get("content-length");
    let length = length.and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    if stream.read_exact(&mut body).await.is_err() {
        return;
    }
    let body = String::from_utf8(body).expect("text");
    let answer = {
        let mut inner = inner.lock().unwrap();
        inner.heard.push(Heard { headers, body });
        inner.answers.pop_front()
    };
    door.came.notify_waiters();
    drop(door.is_shut.read().await);
    let well = || "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
    let _ = stream
        .write_all(answer.unwrap_or_else(well).as_bytes())
        .await;
    let _ = stream.flush().await;
}

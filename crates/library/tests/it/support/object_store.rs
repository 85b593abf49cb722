//! A listener in the place of an object store: one question, one answer, and the line is closed.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// What is asked of it.
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A listener that answers as it was told to.
pub struct ObjectStore {
    address: SocketAddr,
}

impl ObjectStore {
    /// Opens for as long as the test runs; where there is no answer, the line is cut.
    pub async fn open(answer: impl Fn(Asked) -> Option<String> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answer = Arc::clone(&answer);
                tokio::spawn(async move {
                    // Who hangs up has heard enough.
                    let _ = converse(stream, &*answer).await;
                });
            }
        });
        Self { address }
    }

    /// How a library reaches it.
    pub fn url(&self) -> String {
        let address = self.address;
        format!(
            "s3://bucket?endpoint=http://{address}&region=us-east-1\
             &access_key_id=anna&secret_access_key=a-secret-for-tests-only"
        )
    }
}

/// An answer with so long a body, or with so long a one that is left out.
pub fn answered(status: &str, length: usize, body: &str) -> String {
    let head = format!("HTTP/1.1 {status}\r\netag: \"it\"\r\nconnection: close\r\n");
    format!("{head}content-length: {length}\r\n\r\n{body}")
}

async fn converse(
    stream: TcpStream,
    answer: &(impl Fn(Asked) -> Option<String> + Sync),
) -> io::Result<()> {
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
    let mut words = first.split(' ').map(str::to_owned);
    let asked = Asked {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        bytes,
    };
    let Some(told) = answer(asked) else {
        return Ok(());
    };
    stream.write_all(told.as_bytes()).await?;
    stream.shutdown().await
}

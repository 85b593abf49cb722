//! A bucket that takes parts of files and never makes a whole of them.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

const UPLOAD: &str = "<InitiateMultipartUploadResult><UploadId>one</UploadId>\
                      </InitiateMultipartUploadResult>";
const REFUSED: &str = "<Error><Code>AccessDenied</Code><Message>not whole</Message></Error>";

/// A listener that speaks as much S3 as a large file needs.
pub struct Bucket {
    address: std::net::SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Bucket {
    /// Opens for as long as the test runs.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let told = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let told = Arc::clone(&told);
                tokio::spawn(async move {
                    // Who hangs up has heard enough.
                    let _ = answer(stream, &told).await;
                });
            }
        });
        Self { address, heard }
    }

    /// How a library reaches it.
    pub fn url(&self) -> String {
        let address = self.address;
        format!(
            "s3://bucket?endpoint=http://{address}&region=us-east-1\
             &access_key_id=anna&secret_access_key=a-secret-for-tests-only"
        )
    }

    /// What was asked, without names: methods and queries.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panics").clone()
    }
}

/// One question, then the line is closed.
async fn answer(stream: TcpStream, told: &Mutex<Vec<String>>) -> std::io::Result<()> {
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
    tokio::io::copy(&mut (&mut stream).take(length), &mut tokio::io::sink()).await?;
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let (status, body) = match (method, query) {
        ("POST", query) if query.starts_with("uploads") => ("200 OK", UPLOAD),
        ("POST", _) => ("403 Forbidden", REFUSED),
        ("DELETE", _) => ("204 No Content", ""),
        _ => ("200 OK", ""),
    };
    told.lock()
        .expect("nobody panics")
        .push(format!("{method} {query}"));
    let head = format!(
        "HTTP/1.1 {status}\r\netag: \"part\"\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}

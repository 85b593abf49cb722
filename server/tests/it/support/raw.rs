//! Bytes on a bare connection, for requests that no client library would send.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::Server;

/// Sends bytes and reads until the server ends the connection, or falls silent.
///
/// The flag tells whether the server ended it.
pub async fn exchange(server: &Server, bytes: &[u8], patience: Duration) -> (String, bool) {
    let mut stream = TcpStream::connect(server.authority())
        .await
        .expect("a connection");
    // A server that has heard enough may hang up in the middle.
    let _ = stream.write_all(bytes).await;
    let mut heard = Vec::new();
    let mut buffer = [0; 4_096];
    loop {
        match timeout(patience, stream.read(&mut buffer)).await {
            Ok(Ok(0) | Err(_)) => return (String::from_utf8_lossy(&heard).into_owned(), true),
            Ok(Ok(count)) => heard.extend_from_slice(&buffer[..count]),
            Err(_) => return (String::from_utf8_lossy(&heard).into_owned(), false),
        }
    }
}

/// The first line of an answer.
pub fn first_line(answer: &str) -> &str {
    answer.lines().next().unwrap_or_default()
}

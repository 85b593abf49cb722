//! Whoever stops reading an answer gives up the connection.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{
    Place, files,
    people::{Who, id_of},
};

#[tokio::test]
async fn a_reader_that_stops_keeps_nobody_else_out() {
    let server = Place::empty()
        .with(&[
            ("SATCHEL_SERVER_MAX_CONNECTIONS", "1"),
            ("SATCHEL_SERVER_BODY_IDLE_TIMEOUT", "1"),
        ])
        .serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let Who::Token(token) = &agent else {
        unreachable!("agents have tokens");
    };
    // More than lies in the sockets of both sides.
    let note = files::note("a long answer", 24_000_000);
    let id = id_of(&server.upload(&agent, "note.txt", &note).await);

    let mut stream = TcpStream::connect(server.authority()).await.unwrap();
    let request = format!(
        "GET /api/v1/assets/{id}/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let first = stream.read_u8().await.unwrap();

    assert_eq!(first, b'H');
    server.get("/healthz").send().await.expect(200);
}

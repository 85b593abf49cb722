//! 5.4.3: with a malware scanner nothing is kept that it finds something in, or could not look at.

use std::{net::SocketAddr, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::support::{Part, Place, Server, files};

/// What every scanner takes for malware, in two halves: this file is none.
const EICAR: [&str; 2] = [
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD",
    "-ANTIVIRUS-TEST-FILE!$H+H*",
];

/// Speaks as clamd does, for as long as it lives; on a thread of its own, since a story waits for
/// commands.
struct Clamd(JoinHandle<()>);

impl Clamd {
    async fn listen(address: SocketAddr) -> (Self, SocketAddr) {
        let listener = TcpListener::bind(address).await.expect("the port is free");
        let address = listener.local_addr().expect("an address");
        let work = tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                // Who hangs up in the middle asks again.
                let _ = answer(line).await;
            }
        });
        (Self(work), address)
    }

    async fn leaves(self) {
        self.0.abort();
        let _ = self.0.await;
    }
}

async fn answer(mut line: TcpStream) -> std::io::Result<()> {
    let mut command = Vec::new();
    loop {
        match line.read_u8().await? {
            0 => break,
            letter => command.push(letter),
        }
    }
    if command == b"zVERSION" {
        return line.write_all(b"FakeAV 1.0\0").await;
    }
    let mut file = Vec::new();
    loop {
        let length = u64::from(line.read_u32().await?);
        if length == 0 {
            break;
        }
        (&mut line).take(length).read_to_end(&mut file).await?;
    }
    let found = String::from_utf8_lossy(&file).contains("EICAR");
    let told: &[u8] = if found {
        b"stream: Eicar-Test-Signature FOUND\0"
    } else {
        b"stream: OK\0"
    };
    line.write_all(told).await
}

/// A free port, which nobody listens on.
async fn nowhere() -> SocketAddr {
    let (scanner, address) = Clamd::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await;
    scanner.leaves().await;
    address
}

fn server_with(address: SocketAddr, when_down: &str) -> Server {
    let server = Place::empty()
        .with(&[
            ("SATCHEL_SCANNER_ADDRESS", &format!("tcp://{address}")),
            ("SATCHEL_SCANNER_WHEN_DOWN", when_down),
            ("SATCHEL_METRICS_TOKEN", "s3cret"),
        ])
        .serve();
    server.account("Acme");
    server
}

/// What the operator sees: `/metrics`, and whether `doctor` is content.
async fn operator_sees(server: &Server) -> (bool, bool) {
    let metrics = server.get("/metrics").bearer("s3cret").send().await;
    let is_up = metrics.expect(200).text().contains("satchel_scanner_up 1");
    let said = server.place.try_run(&["doctor", "--json"], "");
    let checks: Value = serde_json::from_str(&said.out).expect("checks");
    let mut checks = checks.as_array().expect("a list").iter();
    let check = checks.find(|check| check["name"] == "scanner");
    (is_up, check.expect("a word about it")["ok"] == true)
}

#[tokio::test(flavor = "multi_thread")]
async fn v5_4_3_what_the_scanner_finds_is_refused_by_every_way_and_leaves_nothing() {
    let (_scanner, address) = Clamd::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await;
    let server = server_with(address, "hold");
    let agent = server.token("Acme", "agent");
    let virus = bytes::Bytes::from(EICAR.concat());

    let form = server
        .upload_with(&agent, &[Part::File("notes.txt", &virus)])
        .await;
    let tus = server.tus(&agent);
    let path = tus.create("notes.txt", virus.len()).await;
    let pieces = tus.patch(&path, 0, virus.clone()).send().await;
    let clean = files::note("clean", 400_000);
    let taken = server
        .upload_with(&agent, &[Part::File("clean.txt", &clean)])
        .await;

    for refused in [form, pieces] {
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(refused.code(), "unsafe_file");
    }
    tus.request("HEAD", &path).send().await.expect(410);
    taken.expect(201);
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(usage["used"], clean.len());
    assert!(server.files_in("data/staging").is_empty());
    assert_eq!(operator_sees(&server).await, (true, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn v5_4_3_while_the_scanner_is_down_uploads_wait_and_the_operator_sees_it() {
    let address = nowhere().await;
    let server = server_with(address, "hold");
    let agent = server.token("Acme", "agent");
    let note = files::note("on hold", 2_000);
    let tus = server.tus(&agent);
    let path = tus.create("note.txt", note.len()).await;

    let held = tus.patch(&path, 0, note.clone()).send().await;

    assert_eq!(held.status, 503, "{}", held.text());
    let seconds: u64 = held.header("retry-after").parse().expect("seconds");
    assert!(Duration::from_secs(seconds) > Duration::ZERO);
    let list = server.reads(&agent, "/api/v1/assets?limit=10").await;
    assert!(list["items"].as_array().expect("a list").is_empty());
    assert_eq!(operator_sees(&server).await, (false, false));
    assert_eq!(tus.offset(&path).await, note.len());

    let (_scanner, _) = Clamd::listen(address).await;
    let done = tus.patch(&path, note.len(), bytes::Bytes::new());
    done.send().await.expect(204);
    assert_eq!(operator_sees(&server).await, (true, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn v5_4_3_an_operator_may_have_files_refused_while_the_scanner_is_down() {
    let server = server_with(nowhere().await, "refuse");
    let agent = server.token("Acme", "agent");
    let note = files::note("no scanner", 2_000);

    let refused = server
        .upload_with(&agent, &[Part::File("note.txt", &note)])
        .await;

    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.code(), "unsafe_file");
}

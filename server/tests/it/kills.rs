//! Killed in the middle, again and again: what was acknowledged is there, and nothing is torn.

use std::{process::Command, sync::Mutex};

use bytes::Bytes;
use futures::future::join_all;
use tokio::{sync::Notify, time::timeout};

use crate::support::{
    Disk, PATIENCE, Part, Place, Reply, Server, files, multipart,
    people::{Who, with_agent},
    tus::metadata,
};

const ROUNDS: usize = 15;
const CLIENTS: usize = 6;

/// What was acknowledged: the asset, and the digest of what was sent.
#[derive(Default)]
struct Journal {
    lines: Mutex<Vec<(String, String)>>,
    written: Notify,
}

impl Journal {
    fn write(&self, asset: &str, bytes: &[u8]) {
        let line = (asset.to_owned(), files::sha256(bytes));
        self.lines.lock().unwrap().push(line);
        self.written.notify_one();
    }

    /// Waits until so many were acknowledged.
    async fn reaches(&self, count: usize) {
        while self.lines.lock().unwrap().len() < count {
            self.written.notified().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_whatever_was_acknowledged_survives_being_killed() {
    let (mut server, agent) = with_agent();
    let mut kept = Vec::new();
    for round in 0..ROUNDS {
        let journal = Journal::default();
        let clients = (0..CLIENTS).map(|client| work(&server, &agent, &journal, round, client));
        let killing = async {
            // Others are at every step of their way when so many are through.
            let enough = timeout(PATIENCE, journal.reaches(1 + round * 5 % 9));
            enough.await.expect("uploads are acknowledged");
            kill(server.pid());
        };
        tokio::join!(join_all(clients), killing);
        kept.extend(journal.lines.into_inner().unwrap());
        tokio::task::block_in_place(|| server.restart());
    }

    assert!(kept.len() >= ROUNDS, "{} acknowledged", kept.len());
    for (asset, sha256) in &kept {
        let path = format!("/api/v1/assets/{asset}/content");
        let content = server.get(&path).by(&agent).send().await.expect(200);
        assert_eq!(files::sha256(&content.body), *sha256, "{asset}");
    }
    server.place.run(&["gc"]);
    server.place.run(&["fsck", "--json"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f2_killed_at_any_step_a_file_is_kept_whole_or_not_at_all() {
    let disk = Disk::new();
    let place = Place::empty().with(&[
        ("SATCHEL_DATABASE_URL", "sqlite://{data}/satchel.db"),
        ("SATCHEL_STORAGE_URL", "fs://{data}/blobs"),
    ]);
    let mut server = place.on(&disk).serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let data = server.place.folder().canonicalize().unwrap().join("data");
    let mut size = 0;

    // Before and after its bytes are on disk, and its name, and its row.
    for step in ["staging", "blobs", "satchel.db"] {
        for kill_at in [Disk::kill_before, Disk::kill_after] {
            let note = files::note(&format!("step {size}"), 9_000);
            size += note.len();
            kill_at(&disk, &data.join(step));
            let unheard = by_form(&server, &agent, &note).await;
            assert!(unheard.is_err() || step == "satchel.db", "{unheard:?}");
            tokio::task::block_in_place(|| server.restart());

            assert!(disk.has_failed(), "{step}");
            let asset = by_form(&server, &agent, &note).await.unwrap();
            for asset in unheard.into_iter().chain([asset]) {
                let path = format!("/api/v1/assets/{asset}/content");
                let content = server.get(&path).by(&agent).send().await;
                assert_eq!(content.expect(200).body, note, "{step}");
            }
        }
    }

    server.place.run(&["fsck", "--json"]);
    let usage = server.reads(&agent, "/api/v1/usage").await;
    assert_eq!(usage["used"], size);
}

fn kill(process: u32) {
    let process = process.to_string();
    let sent = Command::new("kill").args(["-KILL", &process]).status();
    assert!(sent.expect("kill runs").success());
}

/// Uploads one file after another, in every way there is, until the server is gone.
async fn work(server: &Server, who: &Who, journal: &Journal, round: usize, client: usize) {
    for number in 0.. {
        let about = format!("round {round}, client {client}, number {number}");
        let note = files::note(&about, 40_000 + 30_000 * client);
        let asset = match (client + number) % 3 {
            0 => by_form(server, who, &note).await,
            1 => in_one_request(server, who, &note).await,
            _ => in_pieces(server, who, &note).await,
        };
        match asset {
            Ok(asset) => journal.write(&asset, &note),
            Err(_) => return,
        }
    }
}

async fn by_form(server: &Server, who: &Who, note: &Bytes) -> Result<String, String> {
    let form = multipart(&[Part::File("note.txt", note)]);
    let request = server.post("/api/v1/assets").by(who).typed(form);
    let asset = answered(request.try_send().await?, 201)?.json();
    Ok(asset["id"].as_str().unwrap_or_default().to_owned())
}

async fn in_one_request(server: &Server, who: &Who, note: &Bytes) -> Result<String, String> {
    let request = begin(server, who, note.len())
        .header("content-type", "application/offset+octet-stream")
        .body(note.clone());
    let reply = answered(request.try_send().await?, 201)?;
    Ok(reply.header("satchel-asset-id").to_owned())
}

async fn in_pieces(server: &Server, who: &Who, note: &Bytes) -> Result<String, String> {
    let begun = answered(begin(server, who, note.len()).try_send().await?, 201)?;
    let path = begun.header("location").trim_start_matches(&server.url);
    let (tus, half) = (server.tus(who), note.len() / 2);
    let first = tus.patch(path, 0, note.slice(..half));
    answered(first.try_send().await?, 204)?;
    let last = tus.patch(path, half, note.slice(half..));
    let reply = answered(last.try_send().await?, 204)?;
    Ok(reply.header("satchel-asset-id").to_owned())
}

fn begin(server: &Server, who: &Who, length: usize) -> crate::support::Request {
    server
        .tus(who)
        .request("POST", "/files/")
        .header("upload-length", &length.to_string())
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
}

fn answered(reply: Reply, status: u16) -> Result<Reply, String> {
    if reply.status == status {
        Ok(reply)
    } else {
        Err(format!("{}: {}", reply.status, reply.text()))
    }
}

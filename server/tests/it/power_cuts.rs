//! The power goes at the moment of each "yes": what it was said to is there when the power is back.
//!
//! Being killed (`kills.rs`) loses nothing that the kernel holds; a power cut does. So a disk writes
//! down what was synced, and a server is started on that alone. Object stores and Postgres say
//! themselves when something is durable, so these stories are about a folder and `SQLite`.

use bytes::Bytes;

use crate::support::{
    Disk, Kept, Part, Place, Server, Tus, files,
    people::Who,
    tus::{location, metadata},
};

/// What was said "yes" to.
enum Promise {
    /// There is an asset of these bytes.
    Asset(String, Bytes),
    /// An upload has come so far.
    Offset(String, usize),
}

/// A place with all in one folder, which nobody has made yet, nor the one above it.
fn place() -> Place {
    Place::empty().with(&[
        ("SATCHEL_DATA_DIR", "srv/satchel"),
        ("SATCHEL_DATABASE_URL", "sqlite://{data}/satchel.db"),
        ("SATCHEL_STORAGE_URL", "fs://{data}/blobs"),
    ])
}

#[tokio::test]
async fn f9_whatever_was_acknowledged_survives_a_power_cut() {
    let disk = Disk::new();
    let mut server = place().watched_by(&disk).serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");

    // Both of the first bring something new: folders for the account, and for its blobs.
    let mut promises = vec![by_form(&server, &agent, "note.txt", files::note("one", 9_000)).await];
    promises.push(by_form(&server, &agent, "astronaut.jpg", files::photo()).await);
    promises.push(in_one_request(&server, &agent, files::note("two", 700_000)).await);
    promises.extend(in_pieces(&server, &agent, &files::note("three", 900_000)).await);
    promises.extend(joined(&server, &agent, &files::note("four", 30_000)).await);
    server.stop("-KILL");

    let moments = disk.at_each_yes();
    assert_eq!(moments.len(), promises.len(), "each yes was seen");
    for (number, (kept, promise)) in moments.iter().zip(&promises).enumerate() {
        let again = after(kept, &server);
        println!("after yes number {number}");
        look(&again, &agent, promise).await;
        again.place.run(&["fsck", "--json"]);
    }
}

#[tokio::test]
async fn f9_what_waits_for_room_survives_a_power_cut() {
    let disk = Disk::new();
    let mut server = place().watched_by(&disk).serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let (tus, photo) = (server.tus(&agent), files::photo());
    let path = path_of(&server, &tus.create("astronaut.jpg", photo.len()).await);

    // All of it has come, and only then there is no room: the offset says that nothing is missing.
    let folder = server.place.folder().canonicalize().unwrap();
    disk.fill(&folder.join("srv/satchel/blobs"));
    let all = tus.patch(&path, 0, photo.clone()).send().await;
    all.expect(507);
    assert_eq!(tus.offset(&path).await, photo.len());
    server.stop("-KILL");

    let moments = disk.at_each_yes();
    let kept = moments.last().expect("the last yes was the offset");
    let promise = Promise::Offset(path, photo.len());
    look(&after(kept, &server), &agent, &promise).await;
}

/// A server on what a power cut has left of another's place.
fn after(kept: &Kept, server: &Server) -> Server {
    let place = place();
    kept.restore(server.place.folder(), place.folder());
    place.serve()
}

async fn look(server: &Server, who: &Who, promise: &Promise) {
    match promise {
        Promise::Asset(id, bytes) => {
            let path = format!("/api/v1/assets/{id}/content");
            let content = server.get(&path).by(who).send().await.expect(200);
            assert_eq!(files::sha256(&content.body), files::sha256(bytes));
            let asset = server.reads(who, &format!("/api/v1/assets/{id}")).await;
            if asset["kind"] == "image" {
                // Never synced: it can be made again, and is.
                let path = format!("/api/v1/assets/{id}/renditions/thumb");
                let thumb = server.get(&path).by(who).send().await.expect(200);
                assert!(thumb.body.starts_with(b"RIFF") || thumb.body.starts_with(b"\xff\xd8"));
            }
        }
        Promise::Offset(path, offset) => {
            assert_eq!(server.tus(who).offset(path).await, *offset);
        }
    }
}

async fn by_form(server: &Server, who: &Who, name: &str, bytes: Bytes) -> Promise {
    let reply = server.upload_with(who, &[Part::File(name, &bytes)]).await;
    let asset = reply.expect(201).json();
    Promise::Asset(asset["id"].as_str().unwrap().to_owned(), bytes)
}

async fn in_one_request(server: &Server, who: &Who, bytes: Bytes) -> Promise {
    let reply = server
        .tus(who)
        .request("POST", "/files/")
        .header("upload-length", &bytes.len().to_string())
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .header("content-type", "application/offset+octet-stream")
        .body(bytes.clone())
        .send()
        .await
        .expect(201);
    Promise::Asset(reply.header("satchel-asset-id").to_owned(), bytes)
}

async fn in_pieces(server: &Server, who: &Who, bytes: &Bytes) -> [Promise; 3] {
    let (tus, half) = (server.tus(who), bytes.len() / 2);
    let path = path_of(server, &tus.create("note.txt", bytes.len()).await);
    let first = tus.patch(&path, 0, bytes.slice(..half)).send().await;
    first.expect(204);
    let last = tus.patch(&path, half, bytes.slice(half..)).send().await;
    let id = last.expect(204).header("satchel-asset-id").to_owned();
    [
        Promise::Offset(path.clone(), 0),
        Promise::Offset(path, half),
        Promise::Asset(id, bytes.clone()),
    ]
}

/// Two parts, each begun and filled, and then one file.
async fn joined(server: &Server, who: &Who, bytes: &Bytes) -> Vec<Promise> {
    let (tus, half) = (server.tus(who), bytes.len() / 2);
    let mut promises = Vec::new();
    let mut how = "final;".to_owned();
    for bytes in [bytes.slice(..half), bytes.slice(half..)] {
        let path = path_of(server, &part(&tus, bytes.len()).await);
        let length = bytes.len();
        tus.patch(&path, 0, bytes).send().await.expect(204);
        how = format!("{how} {path}");
        promises.push(Promise::Offset(path.clone(), 0));
        promises.push(Promise::Offset(path, length));
    }
    let reply = tus
        .request("POST", "/files/")
        .header("upload-concat", &how.replacen("; ", ";", 1))
        .header("upload-metadata", &metadata(&[("filename", "note.txt")]))
        .send()
        .await
        .expect(201);
    let id = reply.header("satchel-asset-id").to_owned();
    promises.push(Promise::Asset(id, bytes.clone()));
    promises
}

async fn part(tus: &Tus<'_>, length: usize) -> String {
    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", &length.to_string())
        .header("upload-concat", "partial")
        .send()
        .await
        .expect(201);
    location(&reply)
}

/// The path of an address, good on another server, too.
fn path_of(server: &Server, address: &str) -> String {
    address.trim_start_matches(&server.url).to_owned()
}

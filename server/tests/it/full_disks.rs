//! A disk that is full, or fails: it is told as what it is, nothing is torn, what was there is
//! still shown, and all works again when there is room, without a restart.

use std::path::PathBuf;

use bytes::Bytes;

use crate::support::{Disk, Part, Place, Reply, Server, files, people::Who};

/// A server on a disk of its own, an agent, and a photo that was there before.
struct Ground {
    disk: Disk,
    server: Server,
    agent: Who,
    photo: String,
}

impl Ground {
    async fn prepare() -> Self {
        let disk = Disk::new();
        let place = Place::empty()
            .with(&[
                ("SATCHEL_DATABASE_URL", "sqlite://{data}/satchel.db"),
                ("SATCHEL_STORAGE_URL", "fs://{data}/blobs"),
            ])
            .on(&disk);
        let server = place.serve();
        server.account("Acme");
        let agent = server.token("Acme", "agent");
        let photo = server
            .upload(&agent, "astronaut.jpg", &files::photo())
            .await;
        let photo = photo["id"].as_str().unwrap().to_owned();
        Self {
            disk,
            server,
            agent,
            photo,
        }
    }

    /// Where something of the server's lies, as the server says it.
    fn data(&self, name: &str) -> PathBuf {
        let folder = self.server.place.folder().canonicalize().unwrap();
        folder.join("data").join(name)
    }

    async fn sends(&self, name: &str, bytes: &Bytes) -> Reply {
        self.server
            .upload_with(&self.agent, &[Part::File(name, bytes)])
            .await
    }

    /// What the account holds, in bytes.
    async fn used(&self) -> u64 {
        let usage = self.server.reads(&self.agent, "/api/v1/usage").await;
        usage["used"].as_u64().expect("a figure")
    }

    /// How many files lie in a folder of the server's.
    fn count(&self, name: &str) -> usize {
        files::under(&self.data(name)).len()
    }

    /// How many originals there are; previews come when they come.
    fn originals(&self) -> usize {
        let is_original = |file: &PathBuf| file.extension().is_some_and(|it| it == "original");
        let files = files::under(&self.data("blobs"));
        files.into_iter().filter(is_original).count()
    }

    /// Looking goes on whatever the disk is like.
    async fn shows_the_photo(&self) {
        for what in ["content", "renditions/thumb"] {
            let path = format!("/api/v1/assets/{}/{what}", self.photo);
            // What browsers take is there already.
            let asked = self.server.get(&path).by(&self.agent);
            let reply = asked.header("accept", "image/webp").send().await;
            assert!(!reply.expect(200).body.is_empty());
        }
        self.server
            .reads(&self.agent, "/api/v1/assets?limit=10")
            .await;
    }

    /// Whoever looks after it gets in, with room and without.
    async fn is_sound(&self) {
        self.shows_the_photo().await;
        self.server.place.run(&["fsck", "--json"]);
        let said = self.server.place.try_run(&["doctor", "--json"], "");
        let checks: serde_json::Value = serde_json::from_str(&said.out).expect("checks");
        let names = checks.as_array().expect("a list").iter();
        let names: Vec<_> = names.filter_map(|check| check["name"].as_str()).collect();
        assert!(names.contains(&"decoder"), "{said:?}");
    }
}

#[track_caller]
fn is_full(reply: &Reply) {
    assert_eq!(reply.status, 507, "{}", reply.text());
    assert_eq!(reply.code(), "storage_full");
}

#[tokio::test]
async fn f3_a_form_that_finds_no_room_on_its_way_leaves_nothing() {
    let ground = Ground::prepare().await;
    let before = (ground.used().await, ground.originals());
    let note = files::note("no room", 600_000);

    ground.disk.fill(&ground.data("staging"));
    is_full(&ground.sends("note.txt", &note).await);
    assert_eq!(ground.count("staging"), 0);
    assert_eq!((ground.used().await, ground.originals()), before);
    ground.is_sound().await;

    ground.disk.make_room();
    ground.sends("note.txt", &note).await.expect(201);
    ground.is_sound().await;
}

#[tokio::test]
async fn f3_a_full_store_leaves_nothing_of_a_form() {
    f3_leaves_nothing_of_a_form("blobs").await;
}

#[tokio::test]
async fn f3_a_store_without_room_for_the_thumbnail_leaves_nothing_of_a_form() {
    // The original has only moved until then.
    f3_leaves_nothing_of_a_form("blobs/.new").await;
}

async fn f3_leaves_nothing_of_a_form(of: &str) {
    let ground = Ground::prepare().await;
    let before = (ground.used().await, ground.originals());
    let picture = files::sample("coffee.jpg");

    ground.disk.fill(&ground.data(of));
    is_full(&ground.sends("coffee.jpg", &picture).await);
    assert_eq!(ground.count("staging"), 0);
    assert_eq!((ground.used().await, ground.originals()), before);
    ground.is_sound().await;

    ground.disk.make_room();
    ground.sends("coffee.jpg", &picture).await.expect(201);
    ground.is_sound().await;
}

#[tokio::test]
async fn f3_a_full_database_says_no_and_goes_on_when_there_is_room() {
    let ground = Ground::prepare().await;
    let (used, note) = (ground.used().await, files::note("no room", 9_000));

    ground.disk.fill(&ground.data("satchel.db"));
    for _ in 0..3 {
        is_full(&ground.sends("note.txt", &note).await);
    }
    assert_eq!(ground.count("staging"), 0);
    assert_eq!(ground.used().await, used);
    ground.is_sound().await;

    ground.disk.make_room();
    ground.sends("note.txt", &note).await.expect(201);
    assert_eq!(ground.used().await, used + note.len() as u64);
    ground.is_sound().await;
}

#[tokio::test]
async fn f3_a_whole_upload_waits_for_room_in_the_store() {
    f3_the_last_piece_waits_for_room("blobs").await;
}

#[tokio::test]
async fn f3_a_whole_upload_waits_for_room_for_its_thumbnail() {
    f3_the_last_piece_waits_for_room("blobs/.new").await;
}

#[tokio::test]
async fn f3_an_upload_waits_for_room_in_the_database() {
    f3_the_last_piece_waits_for_room("satchel.db").await;
}

#[tokio::test]
async fn f3_an_upload_waits_for_room_in_staging() {
    f3_the_last_piece_waits_for_room("staging").await;
}

/// Nothing that was acknowledged has to be sent again.
async fn f3_the_last_piece_waits_for_room(of: &str) {
    let ground = Ground::prepare().await;
    let (used, tus) = (ground.used().await, ground.server.tus(&ground.agent));
    let picture = files::sample("coffee.jpg");
    let half = picture.len() / 2;
    let path = tus.create("coffee.jpg", picture.len()).await;
    let first = tus.patch(&path, 0, picture.slice(..half)).send().await;
    first.expect(204);

    ground.disk.fill(&ground.data(of));
    let last = tus.patch(&path, half, picture.slice(half..)).send().await;
    is_full(&last);
    let offset = tus.offset(&path).await;
    assert!(offset >= half, "{offset} of {half} are left");
    let last = tus.patch(&path, offset, picture.slice(offset..));
    is_full(&last.send().await);
    ground.is_sound().await;

    ground.disk.make_room();
    let offset = tus.offset(&path).await;
    assert!(offset >= half, "{offset} of {half} are left");
    let last = tus.patch(&path, offset, picture.slice(offset..));
    let id = last.send().await.expect(204);
    let content = format!("/api/v1/assets/{}/content", id.header("satchel-asset-id"));
    let content = ground.server.get(&content).by(&ground.agent).send().await;
    assert_eq!(content.expect(200).body, picture);
    assert_eq!(ground.used().await, used + picture.len() as u64);
    assert_eq!(ground.count("staging"), 0);
    ground.is_sound().await;
}

#[tokio::test]
async fn f3_a_piece_that_finds_no_room_is_not_answered_with_yes() {
    let ground = Ground::prepare().await;
    let tus = ground.server.tus(&ground.agent);
    let note = files::note("in three pieces", 90_000);
    let (one, two) = (note.len() / 3, note.len() * 2 / 3);
    let path = tus.create("note.txt", note.len()).await;
    let first = tus.patch(&path, 0, note.slice(..one)).send().await;
    first.expect(204);

    // A client that heard "yes" and the old offset would send the same again without end.
    ground.disk.fill(&ground.data("staging"));
    let second = tus.patch(&path, one, note.slice(one..two)).send().await;
    is_full(&second);
    let offset = tus.offset(&path).await;
    ground.disk.make_room();
    let rest = tus.patch(&path, offset, note.slice(offset..)).send().await;

    assert!((one..two).contains(&offset), "{offset}");
    rest.expect(204);
    ground.is_sound().await;
}

#[tokio::test]
async fn f4_a_sync_that_failed_is_never_answered_with_yes() {
    let ground = Ground::prepare().await;
    for place in ["staging", "blobs", "satchel.db"] {
        let mut tries = 0;
        loop {
            tries += 1;
            let note = files::note(&format!("{place}, try {tries}"), 9_000);
            ground.disk.fail_once(&ground.data(place));
            let reply = ground.sends("note.txt", &note).await;
            assert!(ground.disk.has_failed(), "{place}");
            if reply.status >= 500 {
                ground.sends("note.txt", &note).await.expect(201);
                break;
            }
            // Work in the background writes to the database, too, and may have met it.
            assert!(
                place == "satchel.db" && tries < 9,
                "{place}: {}",
                reply.text()
            );
        }
        ground.is_sound().await;
    }
}

#[tokio::test]
async fn f4_of_a_piece_whose_sync_failed_nothing_is_trusted() {
    let ground = Ground::prepare().await;
    let tus = ground.server.tus(&ground.agent);
    // More than is gathered before it is written, so that some of it was written before the sync.
    let note = files::note("lost pages", 2_000_000);
    let (one, two) = (300_000, 1_300_000);
    let path = tus.create("note.txt", note.len()).await;
    let first = tus.patch(&path, 0, note.slice(..one)).send().await;
    first.expect(204);

    ground.disk.fail_once(&ground.data("staging"));
    let second = tus.patch(&path, one, note.slice(one..two)).send().await;
    assert!(second.status >= 500, "{}", second.text());
    assert_eq!(tus.offset(&path).await, one);
    let second = tus.patch(&path, one, note.slice(one..two)).send().await;
    second.expect(204);

    ground.disk.fail_once(&ground.data("staging"));
    let last = tus.patch(&path, two, note.slice(two..)).send().await;
    assert!(last.status >= 500, "{}", last.text());
    assert_eq!(tus.offset(&path).await, two);
    let last = tus.patch(&path, two, note.slice(two..)).send().await;
    last.expect(204);
    ground.is_sound().await;
}

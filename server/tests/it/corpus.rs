//! What people and attackers send, by form and by tus, with the verdict a manifest gives.
//!
//! Samples of every class lie in `tests/corpus` and are always sent. The whole corpus is too
//! large for the repository; `SATCHEL_CORPUS` says where it lies, and where it does not, the
//! stories of it say so on stderr and pass.

mod manifest;
mod verdict;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    time::{Duration, Instant},
};

use serde_json::Value;

use self::{
    manifest::{Sample, Verdict, samples, whole},
    verdict::Judge,
};
use crate::support::{
    Part, Reply, Server, files,
    people::{Who, id_of},
    tus::metadata,
};

/// How a file comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Form,
    Tus,
}

impl Way {
    async fn send(self, server: &Server, who: &Who, name: &str, bytes: &[u8]) -> Reply {
        match self {
            Self::Form => server.upload_with(who, &[Part::File(name, bytes)]).await,
            Self::Tus => {
                let request = server.tus(who).request("POST", "/files/");
                request
                    .header("upload-length", &bytes.len().to_string())
                    .header("upload-metadata", &metadata(&[("filename", name)]))
                    .header("content-type", "application/offset+octet-stream")
                    .body(bytes.to_vec())
                    .send()
                    .await
            }
        }
    }
}

/// The whole corpus, or a word on stderr, past what gathers a test's output, that there is none.
fn whole_for(story: &str) -> Option<Vec<Sample>> {
    let found = whole();
    if found.is_none() {
        let said = format!("skipped {story}: SATCHEL_CORPUS names no folder with the whole corpus");
        let _ = writeln!(std::io::stderr(), "{said}");
    }
    found
}

async fn send_all(way: Way, samples: &[Sample]) {
    let server = Server::fresh();
    server.account("Corpus");
    let mut limits = vec!["account", "set", "Corpus"];
    for size in [
        "image=50MB",
        "video=200MB",
        "audio=200MB",
        "document=200MB",
        "contact=50MB",
    ] {
        limits.extend(["--max-size", size]);
    }
    server.place.run(&limits);
    let agent = server.token("Corpus", "agent");
    let mut wrong = BTreeMap::new();

    for sample in samples {
        let judge = Judge {
            server: &server,
            who: &agent,
        };
        let before = used(&server, &agent).await;
        let start = Instant::now();
        let reply = way
            .send(&server, &agent, sample.file_name(), &sample.bytes())
            .await;
        let took = start.elapsed();
        let asset = judge.asset(&reply).await;
        let mut faults = judge.faults(sample, &reply, asset.as_ref()).await;
        if took > Duration::from_secs(5) {
            faults.push(format!("took {took:?}"));
        }
        if asset.is_none() && used(&server, &agent).await != before {
            faults.push("the quota moved".to_owned());
        }
        if !faults.is_empty() {
            wrong.insert(sample.path.clone(), faults);
        }
    }

    let photo = server.upload(&agent, "after.jpg", &files::photo()).await;
    assert!(!id_of(&photo).is_empty(), "a good file is still taken");
    server.get("/readyz").send().await.expect(200);
    assert!(server.files_in("data/staging").is_empty());
    let list: Vec<String> = wrong
        .iter()
        .map(|(path, why)| format!("{path}: {why:?}"))
        .collect();
    assert!(
        list.is_empty(),
        "{} of {}:\n{}",
        list.len(),
        samples.len(),
        list.join("\n")
    );
}

async fn used(server: &Server, who: &Who) -> (Value, Value) {
    let usage = server.reads(who, "/api/v1/usage").await;
    (usage["used"].clone(), usage["reserved"].clone())
}

#[tokio::test]
async fn v5_2_2_samples_of_every_class_come_by_form() {
    send_all(Way::Form, &samples()).await;
}

#[tokio::test]
async fn v5_2_2_samples_of_every_class_come_by_tus() {
    send_all(Way::Tus, &samples()).await;
}

#[tokio::test]
async fn v5_2_2_the_whole_corpus_comes_by_form() {
    if let Some(whole) = whole_for("the whole corpus by form") {
        send_all(Way::Form, &whole).await;
    }
}

#[tokio::test]
async fn v5_2_2_the_whole_corpus_comes_by_tus() {
    if let Some(whole) = whole_for("the whole corpus by tus") {
        send_all(Way::Tus, &whole).await;
    }
}

#[test]
fn the_samples_stand_for_every_class_and_verdict() {
    let kinds = |samples: &[Sample]| -> BTreeSet<(String, Verdict)> {
        let kinds = samples.iter();
        kinds
            .map(|sample| (sample.class.clone(), sample.verdict))
            .collect()
    };
    let own = kinds(&samples());
    assert!(own.len() > 40, "the manifest is read: {own:?}");
    if let Some(whole) = whole_for("what the samples stand for") {
        let missing: Vec<_> = kinds(&whole).difference(&own).cloned().collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

#[tokio::test]
async fn v5_3_2_no_name_breaks_anything() {
    let names = manifest::hostile_names();
    let server = Server::fresh();
    server.account("Names");
    let agent = server.token("Names", "agent");
    let note = files::note("a name", 100);
    let id = id_of(&server.upload(&agent, "a.txt", &note).await);

    for name in &names {
        let safe = name.replace(['\r', '\n', '\0'], "_");
        for way in [Way::Form, Way::Tus] {
            let sent = if way == Way::Form { &safe } else { name };
            let reply = way.send(&server, &agent, sent, &note).await;
            assert!(
                matches!(reply.status, 201 | 400 | 415 | 422),
                "{way:?} {name:?}: {}",
                reply.status
            );
        }
        let body = serde_json::json!({ "name": name });
        let renamed = server
            .patch(&format!("/api/v1/assets/{id}"))
            .by(&agent)
            .json(&body);
        let reply = renamed.send().await;
        assert!(
            matches!(reply.status, 200 | 400 | 422),
            "rename {name:?}: {}",
            reply.status
        );
        let made = server
            .post("/api/v1/folders")
            .by(&agent)
            .json(&body)
            .send()
            .await;
        assert!(
            matches!(made.status, 201 | 400 | 409 | 422),
            "folder {name:?}: {}",
            made.status
        );
        let content = server
            .get(&format!("/api/v1/assets/{id}/content?download"))
            .by(&agent);
        let content = content.send().await.expect(200);
        assert_eq!(
            content
                .headers
                .get_all("content-disposition")
                .iter()
                .count(),
            1
        );
    }
}

/// Whether a verdict lets a file in.
fn lets_in(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Accept | Verdict::AcceptInert | Verdict::AcceptNoRendition
    )
}

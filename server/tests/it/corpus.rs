//! Every file of the corpus by form and by tus, with the verdict its manifest gives.
//!
//! The corpus is not part of the repository; `SATCHEL_CORPUS` says where it lies, and without
//! one the stories say so and pass.

mod manifest;
mod verdict;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use serde_json::Value;

use self::{
    manifest::{Verdict, read},
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

async fn run(way: Way) {
    let Some(samples) = read() else {
        println!("skipped: there is no corpus; SATCHEL_CORPUS says where it lies");
        return;
    };
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

    for sample in &samples {
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
        if took > Duration::from_secs(10) {
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
async fn v5_2_2_the_corpus_comes_by_form() {
    run(Way::Form).await;
}

#[tokio::test]
async fn v5_2_2_the_corpus_comes_by_tus() {
    run(Way::Tus).await;
}

#[tokio::test]
async fn v5_3_2_no_name_breaks_anything() {
    let Some(names) = manifest::hostile_names() else {
        println!("skipped: there is no corpus; SATCHEL_CORPUS says where it lies");
        return;
    };
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

//! `/assets/zip` and `/folders/{id}/zip`: taken by JSON and by form, and refused beforehand.

use serde_json::json;

use crate::support::{
    Reply, Server, form,
    people::{Who, id_of, with_agent},
};

/// Asks the page's way whether a zip can be had.
async fn check(server: &Server, who: &Who, of: serde_json::Value) -> Reply {
    let asked = server.post("/rpc/check_zip").by(who).json(&of);
    asked.send().await
}

#[tokio::test]
async fn chosen_files_are_one_zip_however_they_are_asked_for() {
    let (server, agent) = with_agent();
    let one = id_of(&server.upload(&agent, "one.txt", b"one").await);
    let two = id_of(&server.upload(&agent, "two.txt", b"two").await);
    let ids = [one.as_str(), two.as_str()];

    let asked = server.post("/api/v1/assets/zip").by(&agent);
    let json = asked.json(&json!({ "ids": ids })).send().await.expect(200);
    let asked = server.post("/api/v1/assets/zip").by(&agent);
    let fields = form(&[("ids", &ids.join(","))]);
    let posted = asked.typed(fields).send().await.expect(200);

    assert_eq!(json.body, posted.body);
    assert_eq!(
        posted.header("content-length"),
        posted.body.len().to_string()
    );
    let disposition = posted.header("content-disposition");
    assert!(disposition.contains("Satchel.zip"), "{disposition}");
    let of = json!({ "folder": null, "filter": null, "ids": ids });
    check(&server, &agent, of).await.expect(200);
}

#[tokio::test]
async fn a_zip_that_cannot_be_had_is_refused_before_the_page_is_left() {
    let (server, agent) = with_agent();
    let empty = server.folder(&agent, "Empty").await;
    let unknown = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    let many = (0..10_001).map(|n| format!("ast_01J8Z3V5T0M6W2Q4R8X9Y{n:05}"));
    let many: Vec<_> = many.collect();

    let of = json!({ "folder": empty, "filter": null, "ids": [] });
    let nothing = check(&server, &agent, of).await.expect(409);
    assert_eq!(nothing.json()["reason"], "nothing_to_take");
    let of = json!({ "folder": null, "filter": null, "ids": [unknown] });
    assert_eq!(check(&server, &agent, of).await.status, 404);
    let of = json!({ "folder": null, "filter": null, "ids": many });
    let refused = check(&server, &agent, of).await.expect(422);
    assert_eq!(refused.json()["reason"], "too_many_files");
    assert_eq!(refused.json()["most"], 10_000);
    let asked = server.post("/api/v1/assets/zip").by(&agent);
    let posted = asked.typed(form(&[("ids", &many.join(","))])).send().await;
    assert_eq!(posted.expect(422).json(), refused.json());
}

#[tokio::test]
async fn a_zip_of_much_takes_little_memory() {
    const EACH: usize = 12 << 20;
    let (server, agent) = with_agent();
    let mut ids = Vec::new();
    for letter in 'a'..='h' {
        let said = letter.to_string().repeat(EACH);
        let name = format!("{letter}.txt");
        let file = server.upload(&agent, &name, said.as_bytes()).await;
        ids.push(id_of(&file));
    }
    let before = most_memory(&server);

    let asked = server.post("/api/v1/assets/zip").by(&agent);
    let zip = asked.json(&json!({ "ids": ids })).send().await.expect(200);

    assert!(zip.body.len() > 8 * EACH);
    let more = most_memory(&server) - before;
    assert!(more < 64 << 20, "{more} bytes more");
}

/// Bytes of memory the server held at most.
fn most_memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid()));
    let status = status.expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.expect("its memory").trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().expect("a number") * 1_024
}

//! `OPTIONS` tells what is spoken here, and every answer in which version.

use crate::support::people::{Who, with_agent};

#[tokio::test]
async fn options_tell_what_is_spoken_here() {
    let (server, agent) = with_agent();

    for path in ["/files/", "/files", "/files/upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"] {
        let reply = server
            .request("OPTIONS", path)
            .by(&agent)
            .send()
            .await
            .expect(204);
        assert_eq!(reply.header("tus-resumable"), "1.0.0");
        assert_eq!(reply.header("tus-version"), "1.0.0");
        assert_eq!(reply.header("tus-checksum-algorithm"), "sha1,sha256");
        assert_eq!(reply.header("tus-max-size"), "100000000");
        let extensions: Vec<&str> = reply.header("tus-extension").split(',').collect();
        for extension in [
            "creation",
            "creation-with-upload",
            "creation-defer-length",
            "checksum",
            "expiration",
            "termination",
            "concatenation",
        ] {
            assert!(extensions.contains(&extension), "{extension}");
        }
    }
}

#[tokio::test]
async fn another_version_is_refused_with_the_one_that_is_spoken() {
    let (server, agent) = with_agent();

    for version in [None, Some("0.2.2"), Some("2.0.0")] {
        let request = server
            .post("/files/")
            .by(&agent)
            .header("upload-length", "3");
        let request = match version {
            Some(version) => request.header("tus-resumable", version),
            None => request,
        };
        let reply = request.send().await.expect(412);
        assert_eq!(reply.header("tus-version"), "1.0.0");
        assert_eq!(reply.header("tus-resumable"), "1.0.0");
        assert_eq!(reply.code(), "precondition_failed");
    }
}

#[tokio::test]
async fn a_stranger_may_ask_what_is_spoken_and_nothing_else() {
    let (server, _) = with_agent();
    let tus = server.tus(&Who::Nobody);

    let asked = server
        .request("OPTIONS", "/files/")
        .send()
        .await
        .expect(204);
    assert!(!asked.header("tus-max-size").is_empty());
    let reply = tus
        .request("POST", "/files/")
        .header("upload-length", "3")
        .send()
        .await;
    assert_eq!(reply.expect(401).header("tus-resumable"), "1.0.0");
}

#[tokio::test]
async fn other_methods_are_refused_with_the_list_of_those_that_are_not() {
    let (server, agent) = with_agent();
    let tus = server.tus(&agent);

    let reply = tus.request("PUT", "/files/").send().await.expect(405);
    assert_eq!(reply.header("allow"), "POST, OPTIONS");
    let one = "/files/upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    let reply = tus.request("GET", one).send().await.expect(405);
    assert_eq!(reply.header("allow"), "HEAD, PATCH, DELETE, OPTIONS");
}

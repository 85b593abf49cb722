//! `/events`: what others do, as it happens, for who may see it and as long as they may.

use crate::support::{Live, Server, files, people::id_of};

/// Two people of one account, signed in.
async fn two() -> (
    Server,
    crate::support::people::Who,
    crate::support::people::Who,
) {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server.person("Acme", "anna@example.com", "agent", false);
    let anna = anna.await;
    let ben = server.person("Acme", "ben@example.com", "administrator", false);
    let ben = ben.await;
    (server, anna, ben)
}

#[tokio::test]
async fn a_colleague_sees_what_is_added_and_another_account_does_not() {
    let (server, anna, ben) = two().await;
    server.account("Elsewhere");
    let mallory = server.token("Elsewhere", "administrator");
    let mut of_anna = Live::open(server.get("/api/v1/events").by(&anna)).await;
    let mut of_mallory = Live::open(server.get("/api/v1/events").by(&mallory)).await;
    assert_eq!(of_anna.header("content-type"), "text/event-stream");
    assert_eq!(of_anna.header("cache-control"), "no-store");

    let ours = id_of(&server.upload(&ben, "a.txt", &files::note("a", 100)).await);
    let theirs = id_of(
        &server
            .upload(&mallory, "b.txt", &files::note("b", 100))
            .await,
    );

    let told = of_anna.until(&ours).await;
    assert!(told.contains("event: hello"), "{told}");
    assert!(told.contains("event: change"), "{told}");
    assert!(told.contains("\"kind\":\"asset_created\""), "{told}");
    let told = of_mallory.until(&theirs).await;
    assert!(!told.contains(&ours), "{told}");
}

#[tokio::test]
async fn v4_4_a_stream_ends_with_its_session() {
    let (server, anna, ben) = two().await;
    let mut of_anna = Live::open(server.get("/api/v1/events").by(&anna)).await;
    let mut of_ben = Live::open(server.get("/api/v1/events").by(&ben)).await;
    of_anna.until("hello").await;
    of_ben.until("hello").await;
    let people = server.reads(&ben, "/api/v1/users").await;
    let people = people["items"].as_array().unwrap();
    let of_email = people
        .iter()
        .find(|user| user["email"] == "anna@example.com");
    let id = id_of(of_email.expect("anna"));

    let path = format!("/api/v1/users/{id}/disable");
    server.post(&path).by(&ben).send().await.expect(200);
    of_anna.hear_out().await;

    server.post("/sign-out").by(&ben).send().await.expect(303);
    of_ben.hear_out().await;
}

#[tokio::test]
async fn v4_4_another_site_hears_nothing() {
    let (server, anna, _) = two().await;
    for (name, value) in [
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let asked = server.get("/api/v1/events?once=true").by(&anna);
        asked.header(name, value).send().await.expect(403);
    }
}

#[tokio::test]
async fn who_comes_back_is_told_what_was_missed() {
    let (server, anna, ben) = two().await;
    let once = "/api/v1/events?once=true";
    let first = server.get(once).by(&anna).send().await.expect(200).text();
    let last = first.split("id: ").nth(1).unwrap().lines().next().unwrap();
    let id = id_of(&server.upload(&ben, "a.txt", &files::note("a", 100)).await);

    let asked = server.get(once).by(&anna).header("last-event-id", last);
    let missed = asked.send().await.expect(200).text();
    assert!(missed.contains(&id), "{missed}");

    let asked = server.get(once).by(&anna).header("last-event-id", "999999");
    let missed = asked.send().await.expect(200).text();
    assert!(missed.contains("event: reload"), "{missed}");
}

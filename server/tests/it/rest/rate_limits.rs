//! So many requests a minute: each token is told what is left, and then to wait.

use crate::support::{
    Place, Reply, Server, files,
    people::{Who, id_of},
};

/// A server where tokens may ask so often, with an agent's token.
fn with_limit(token: &str) -> (Server, Who) {
    let settings = [("SATCHEL_RATE_LIMITS_TOKEN", token)];
    let server = Place::empty().with(&settings).serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    (server, agent)
}

async fn asks(server: &Server, who: &Who) -> Reply {
    server.get("/api/v1/me").by(who).send().await
}

/// How many requests an answer says are left.
fn left(reply: &Reply) -> u64 {
    let mut fields = reply.header("ratelimit").split(';');
    let left = fields.find_map(|field| field.strip_prefix("r="));
    left.expect("what is left").parse().expect("a number")
}

#[tokio::test]
async fn a_token_is_told_what_is_left_and_then_to_wait() {
    // In a minute as long as this story may take, hardly anything comes back.
    let (server, agent) = with_limit("2");
    let first = asks(&server, &agent).await.expect(200);
    assert_eq!(first.header("ratelimit-policy"), "\"token\";q=2;w=60");
    assert_eq!(left(&first), 1);
    let body = serde_json::json!({ "name": "Summer" });
    let folder = server.post("/api/v1/folders").by(&agent).json(&body);
    let second = folder.send().await.expect(201);
    assert!(left(&second) <= 1, "a write costs the same");

    let refused = loop {
        let reply = asks(&server, &agent).await;
        if reply.status != 200 {
            break reply.expect(429);
        }
    };

    assert_eq!(refused.code(), "too_many_requests");
    assert_eq!(refused.json()["most"], 2);
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    let limit = format!("\"token\";r=0;t={wait}");
    assert_eq!(refused.header("ratelimit"), limit);
    let other = server.token("Acme", "agent");
    asks(&server, &other).await.expect(200);
}

#[tokio::test]
async fn looking_at_files_and_bringing_them_by_tus_is_not_counted() {
    let (server, agent) = with_limit("3");
    let photo = files::sample("sideways.jpg");
    let id = id_of(&server.upload(&agent, "a.jpg", &photo).await);
    for view in ["content", "renditions/thumb"] {
        for _ in 0..6 {
            let path = format!("/api/v1/assets/{id}/{view}");
            let reply = server.get(&path).by(&agent).send().await.expect(200);
            assert_eq!(reply.header("ratelimit"), "");
        }
    }
    for _ in 0..6 {
        let begun = server.tus(&agent).request("POST", "/files/");
        let begun = begun.header("upload-length", "1000").send().await;
        assert_eq!(begun.expect(201).header("ratelimit"), "");
    }

    asks(&server, &agent).await.expect(200);
}

#[tokio::test]
async fn whoever_is_signed_in_may_ask_more_often_and_nobody_is_not_counted() {
    let (server, agent) = with_limit("1");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;

    for _ in 0..5 {
        let reply = asks(&server, &anna).await.expect(200);
        assert_eq!(reply.header("ratelimit-policy"), "\"session\";q=3000;w=60");
        let nobody = asks(&server, &Who::Nobody).await.expect(401);
        assert_eq!(nobody.header("ratelimit"), "");
    }
    asks(&server, &agent).await.expect(200);
}

#[tokio::test]
async fn an_operator_may_set_no_limit() {
    let (server, agent) = with_limit("0");

    let reply = asks(&server, &agent).await.expect(200);
    assert_eq!(reply.header("ratelimit"), "");
}

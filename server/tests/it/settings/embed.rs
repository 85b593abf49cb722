//! The library in other programs, by a plain page: what is copied, who is let in, and an end.

use serde_json::json;

use super::{acme, page, send};
use crate::support::people::{Who, id_of};

const PAGE: &str = "/settings/embed";

#[tokio::test]
async fn an_administrator_sees_which_pages_are_let_in_and_ends_one() {
    let (server, ben, anna) = acme().await;
    let host = server.token("Acme", "agent");
    let made = server
        .embed_session(&host, &json!({ "user": "agent-17" }))
        .await;
    let guest = Who::Token(made["token"].as_str().unwrap().to_owned());

    let shown = page(&server, &ben, PAGE).await;
    assert!(shown.contains("https://desk.example.com"), "{shown}");
    assert!(shown.contains("agent-17"));
    assert!(!shown.contains(made["token"].as_str().unwrap()));
    let id = id_of(&made);
    let fields = [("id", id.as_str())];
    let refused = send(&server, &anna, "/settings/embed/end", &fields).await;
    let ended = send(&server, &ben, "/settings/embed/end", &fields).await;

    assert!(refused.header("location").contains("problem="));
    assert_eq!(ended.header("location"), "/settings/embed?done=1");
    let asked = server.get("/api/v1/assets").by(&guest);
    asked.send().await.expect(401);
    assert!(!page(&server, &ben, PAGE).await.contains("agent-17"));
    let hers = server.get(PAGE).by(&anna).header("accept", "text/html");
    assert!(!hers.send().await.text().contains("try-picker"));
}

#[tokio::test]
async fn the_page_where_the_picker_is_tried_frames_ours_alone_and_others_frame_nothing() {
    let (server, ben, _) = acme().await;
    let policy = async |path: &str| {
        let asked = server.get(path).by(&ben).header("accept", "text/html");
        let reply = asked.send().await.expect(200);
        reply.header("content-security-policy").to_owned()
    };

    assert!(policy(PAGE).await.ends_with("; frame-src 'self'"));
    for other in ["/", "/settings/webhooks"] {
        assert!(!policy(other).await.contains("frame-src"), "{other}");
    }
}

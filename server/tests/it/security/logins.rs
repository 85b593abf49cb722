//! 6.3.x: guessing is slow, and a session cannot be planted.

use crate::support::{
    Server, form,
    people::{PASSWORD, Who, cookie_of},
};

#[tokio::test]
async fn v6_3_1_guessing_is_throttled_and_a_living_session_is_not() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let mut refused = None;

    for _ in 0..15 {
        let reply = server
            .try_sign_in("anna@example.com", "a wrong guess")
            .await;
        if reply.status == 429 {
            refused = Some(reply);
            break;
        }
        assert_eq!(reply.status, 303);
    }
    let refused = refused.expect("throttled by the fifteenth try");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    server.get("/api/v1/me").by(&anna).send().await.expect(200);
}

#[tokio::test]
async fn v6_3_2_there_is_no_default_account() {
    let server = Server::fresh();

    for (email, password) in [("admin@example.com", "admin"), ("admin", "admin"), ("", "")] {
        let reply = server.try_sign_in(email, password).await;
        assert_eq!(cookie_of(&reply), None);
    }
}

#[tokio::test]
async fn v7_2_4_a_planted_session_dies_at_sign_in() {
    let server = Server::fresh();
    server.account("Acme");
    let planted = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let Who::Cookie(cookie) = &planted else {
        unreachable!("people have cookies");
    };
    let fields = form(&[("email", "anna@example.com"), ("password", PASSWORD)]);
    let reply = server
        .post("/sign-in")
        .cookie(cookie)
        .typed(fields)
        .send()
        .await
        .expect(303);
    let fresh = cookie_of(&reply).expect("a session");

    assert_ne!(&fresh, cookie);
    let token = fresh.split_once('=').unwrap().1;
    assert!(token.len() >= 22, "128 bits at least: {token}");
    server
        .get("/api/v1/me")
        .by(&planted)
        .send()
        .await
        .expect(401);
    server
        .get("/api/v1/me")
        .cookie(&fresh)
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn whoever_guesses_too_often_in_a_browser_is_shown_the_page() {
    let server = Server::fresh();
    server.account("Acme");
    server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let guess = async || {
        let fields = form(&[("email", "anna@example.com"), ("password", "a wrong guess")]);
        let request = server.post("/sign-in").typed(fields);
        request.header("accept", "text/html").send().await
    };

    let mut reply = guess().await;
    for _ in 0..100 {
        if reply.status == 429 {
            break;
        }
        reply = guess().await;
    }

    let reply = reply.expect(429);
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert!(reply.header("retry-after").parse::<u64>().is_ok());
    assert!(reply.text().contains("action=\"/sign-in\""));
}

#[tokio::test]
async fn v7_4_1_a_session_that_ended_opens_no_door() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let path = server.tus(&anna).create("a.txt", 100).await;
    server.post("/sign-out").by(&anna).send().await.expect(303);

    server.get("/api/v1/me").by(&anna).send().await.expect(401);
    server
        .tus(&anna)
        .patch(&path, 0, "abc")
        .send()
        .await
        .expect(401);
    let events = server.get("/api/v1/events?once=true").by(&anna);
    events.send().await.expect(401);
    let rpc = server.post("/rpc/get_me").by(&anna);
    let rpc = rpc.typed(form(&[])).send().await;
    assert!(
        rpc.status == 401 || rpc.json().get("email").is_none(),
        "{}",
        rpc.text()
    );
}

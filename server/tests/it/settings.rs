//! The settings: pages and forms that need no script.

use serde_json::Value;

use crate::support::{
    Reply, Server, form,
    people::{Who, cookie_of, id_of},
};

/// An administrator and an agent of one account.
async fn acme() -> (Server, Who, Who) {
    let server = Server::fresh();
    server.account("Acme");
    let ben = server.person("Acme", "ben@example.com", "administrator", false);
    let ben = ben.await;
    let anna = server.person("Acme", "anna@example.com", "agent", false);
    let anna = anna.await;
    (server, ben, anna)
}

async fn page(server: &Server, who: &Who, path: &str) -> String {
    let asked = server.get(path).by(who).header("accept", "text/html");
    asked.send().await.expect(200).text()
}

async fn send(server: &Server, who: &Who, path: &str, fields: &[(&str, &str)]) -> Reply {
    let sent = server.post(path).by(who).typed(form(fields)).send();
    sent.await.expect(303)
}

async fn user(server: &Server, ben: &Who, email: &str) -> Value {
    let people = server.reads(ben, "/api/v1/users").await;
    let people = people["items"].as_array().unwrap();
    let found = people.iter().find(|user| user["email"] == email);
    found.expect("a person").clone()
}

#[tokio::test]
async fn an_administrator_invites_by_a_link_that_is_shown_once() {
    let (server, ben, _) = acme().await;
    let fields = [("email", "zoe@example.com"), ("role", "agent")];

    let made = send(&server, &ben, "/settings/people/invite", &fields).await;

    assert_eq!(made.header("location"), "/settings/people");
    let link = cookie_of(&made).expect("a link");
    let Who::Cookie(session) = &ben else {
        panic!("a person");
    };
    let both = Who::Cookie(format!("{session}; {link}"));
    let shown = page(&server, &both, "/settings/people").await;
    let url = link.split_once('=').unwrap().1;
    assert!(shown.contains(url), "{shown}");
    assert!(shown.contains("zoe@example.com"), "{shown}");
    let later = page(&server, &ben, "/settings/people").await;
    assert!(!later.contains(url));
    let path = url.strip_prefix(&server.url).unwrap();
    let asked = server.get(path).header("accept", "text/html");
    assert!(asked.send().await.expect(200).text().contains("Acme"));
}

#[tokio::test]
async fn roles_and_access_are_changed_by_buttons() {
    let (server, ben, anna) = acme().await;
    let id = id_of(&user(&server, &ben, "anna@example.com").await);

    let fields = [("id", id.as_str()), ("role", "administrator")];
    let done = send(&server, &ben, "/settings/people/role", &fields).await;
    assert_eq!(done.header("location"), "/settings/people?done=1");
    let now = user(&server, &ben, "anna@example.com").await;
    assert_eq!(now["role"], "administrator");

    let fields = [("id", id.as_str())];
    send(&server, &ben, "/settings/people/sign-out", &fields).await;
    server.get("/api/v1/me").by(&anna).send().await.expect(401);
    send(&server, &ben, "/settings/people/disable", &fields).await;
    let now = user(&server, &ben, "anna@example.com").await;
    assert!(now["disabled_at"].is_string(), "{now}");
    let reset = send(&server, &ben, "/settings/people/reset", &fields).await;
    assert!(
        reset.header("location").contains("problem=conflict"),
        "{reset:?}"
    );
    send(&server, &ben, "/settings/people/enable", &fields).await;
    let reset = send(&server, &ben, "/settings/people/reset", &fields).await;
    assert!(cookie_of(&reset).is_some_and(|link| link.contains("/reset/")));
}

#[tokio::test]
async fn everybody_finds_what_is_theirs_and_no_more() {
    let (server, ben, anna) = acme().await;

    let of_anna = page(&server, &anna, "/settings/profile").await;
    assert!(of_anna.contains("Change password"), "{of_anna}");
    assert!(!of_anna.contains("href=\"/settings/people\""));
    assert!(!of_anna.contains("href=\"/operator/accounts\""));
    let of_ben = page(&server, &ben, "/settings/storage").await;
    assert!(of_ben.contains("href=\"/settings/people\""), "{of_ben}");
    assert!(!of_ben.contains("href=\"/operator/accounts\""));
    let refused = page(&server, &anna, "/settings/people").await;
    assert!(!refused.contains("ben@example.com"), "{refused}");
    let refused = page(&server, &ben, "/operator/accounts").await;
    assert!(!refused.contains("max_image"), "{refused}");
    let fields = [("email", "eve@example.com"), ("role", "administrator")];
    let refused = send(&server, &anna, "/settings/people/invite", &fields).await;
    assert!(refused.header("location").contains("problem=forbidden"));
    let asked = server.get("/settings/people").header("accept", "text/html");
    let nobody = asked.send().await;
    assert!(
        nobody.header("location").starts_with("/sign-in"),
        "{nobody:?}"
    );
}

#[tokio::test]
async fn the_trail_is_on_a_page_and_its_search_in_the_address() {
    let (server, ben, _) = acme().await;

    let all = page(&server, &ben, "/settings/audit").await;
    assert!(all.contains("user created") && all.contains("user signed in"));
    let some = page(&server, &ben, "/settings/audit?kind=user_created").await;
    assert!(some.contains("user created") && !some.contains("user signed in"));
    let export = "/api/v1/audit/export?kind=user_created";
    assert!(some.contains(export), "{some}");
    let csv = server.get(export).by(&ben).send().await.expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text().lines().count(), 1 + 2, "{}", csv.text());
}

#[tokio::test]
async fn an_operator_sets_what_accounts_may() {
    let (server, ben, _) = acme().await;
    let op = server.person("Acme", "op@example.com", "agent", true);
    let op = op.await;
    let accounts = server.reads(&op, "/api/v1/accounts").await;
    let id = id_of(&accounts["items"][0]);
    let fields = [
        ("quota", "10GB"),
        ("user_quota", ""),
        ("max_image", "7MB"),
        ("max_video", "100MB"),
        ("max_audio", "16MB"),
        ("max_document", "100MB"),
        ("max_contact", "1MB"),
        ("folder_images", "50"),
        ("retention_days", "60"),
        ("audit_days", "90"),
        ("library", "on"),
    ];
    let path = format!("/operator/accounts/{id}");
    let refused = send(&server, &ben, &path, &fields).await;
    assert!(refused.header("location").contains("problem=forbidden"));

    let set = send(&server, &op, &path, &fields).await;

    assert_eq!(set.header("location"), "/operator/accounts?done=1");
    let me = server.reads(&op, "/api/v1/me").await;
    let limits = &me["account"]["limits"];
    assert_eq!(limits["quota"], 10_000_000_000_u64);
    assert_eq!(limits["max_size"]["image"], 7_000_000);
    assert_eq!(limits["audit_days"], 90);
    let shown = page(&server, &op, "/operator/accounts").await;
    assert!(shown.contains("value=\"10GB\""), "{shown}");
    let off = &fields[..fields.len() - 1];
    send(&server, &op, &path, off).await;
    server
        .get("/api/v1/assets")
        .by(&ben)
        .send()
        .await
        .expect(404);
    let profile = page(&server, &ben, "/settings/profile").await;
    assert!(!profile.contains("href=\"/settings/storage\""), "{profile}");
}

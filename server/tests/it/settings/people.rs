//! People of an account, by pages and forms: invited, changed, given room.

use serde_json::{Value, json};

use super::{acme, page, send, user};
use crate::support::people::{Who, cookie_of, id_of};

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
    let of_anna = format!("/settings/people/{id}");
    assert_eq!(done.header("location"), format!("{of_anna}?done=1"));
    let now = user(&server, &ben, "anna@example.com").await;
    assert_eq!(now["role"], "administrator");
    // Who may more signs in anew.
    server.get("/api/v1/me").by(&anna).send().await.expect(401);
    let anna = server.signs_in("anna@example.com").await;

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
    assert_eq!(reset.header("location"), of_anna);
    assert!(cookie_of(&reset).is_some_and(|link| link.contains("/reset/")));
}

#[tokio::test]
async fn a_persons_page_tells_which_tokens_go_with_them() {
    let (server, ben, _) = acme().await;
    let carl = server.person("Acme", "carl@example.com", "administrator", false);
    let carl = carl.await;
    let token = json!({ "name": "Shop till", "role": "agent" });
    let made = server.post("/api/v1/tokens").by(&carl).json(&token).send();
    let made = made.await.expect(201).json();
    let id = id_of(&user(&server, &ben, "carl@example.com").await);
    let path = format!("/settings/people/{id}");
    assert_eq!(made["created_by"], id.as_str());
    let shown = page(&server, &ben, &path).await;
    assert!(shown.contains("Shop till"), "{shown}");
    assert!(!shown.contains("Revoked"), "{shown}");

    let fields = [("id", id.as_str())];
    send(&server, &ben, "/settings/people/disable", &fields).await;

    let shown = page(&server, &ben, &path).await;
    assert!(shown.contains("Revoked"), "{shown}");
    let secret = made["secret"].as_str().unwrap();
    let asked = server.get("/api/v1/me").bearer(secret).send();
    asked.await.expect(401);
}

#[tokio::test]
async fn an_administrator_says_on_a_persons_page_what_they_may_bring() {
    let (server, ben, anna) = acme().await;
    let id = id_of(&user(&server, &ben, "anna@example.com").await);
    let path = format!("/settings/people/{id}");
    let shown = page(&server, &ben, &path).await;
    assert!(shown.contains("anna@example.com"), "{shown}");

    let fields = [("id", id.as_str()), ("quota", "2GB")];
    let set = send(&server, &ben, "/settings/people/quota", &fields).await;

    assert_eq!(set.header("location"), format!("{path}?done=1"));
    let shown = page(&server, &ben, &path).await;
    assert!(shown.contains("value=\"2GB\""), "{shown}");
    assert!(shown.contains("0 bytes of 2 GB used"), "{shown}");
    let own = page(&server, &anna, "/settings/profile").await;
    assert!(own.contains("0 bytes of 2 GB used"), "{own}");
    let set = server
        .place
        .run(&["account", "set", "Acme", "--user-quota", "1GB"]);
    assert!(set.out.contains("each person 1 GB"), "{set:?}");
    let refused = send(&server, &ben, "/settings/people/quota", &fields).await;
    let location = refused.header("location");
    assert!(location.contains("reason=above_allowance"), "{location}");
    let told = page(&server, &ben, location).await;
    assert!(told.contains("At most 1 GB for each person"), "{told}");
    let odd = [("id", id.as_str()), ("quota", "muito")];
    let refused = send(&server, &ben, "/settings/people/quota", &odd).await;
    let asked = server.get(refused.header("location")).by(&ben);
    let asked = asked.header("accept", "text/html");
    let told = asked.header("accept-language", "pt-BR").send().await;
    assert!(told.text().contains("Escreva um tamanho como 5MB"));
    let none = [("id", id.as_str()), ("quota", "")];
    send(&server, &ben, "/settings/people/quota", &none).await;
    let now = user(&server, &ben, "anna@example.com").await;
    assert_eq!(now["quota"], Value::Null);
    let refused = page(&server, &anna, &path).await;
    assert!(!refused.contains("name=\"quota\""), "{refused}");
}

//! Webhooks by plain forms: a secret that is shown once, a test, and an end.

use serde_json::json;

use super::{acme, page, send};
use crate::support::people::{Who, cookie_of};

const CREATE: &str = "/settings/webhooks/create";
const SHOP: [(&str, &str); 3] = [
    ("name", "Shop"),
    ("url", "https://hooks.example.invalid/"),
    ("event", "storage.critical"),
];

#[tokio::test]
async fn an_administrator_makes_a_webhook_whose_secret_is_shown_once() {
    let (server, ben, anna) = acme().await;

    let made = send(&server, &ben, CREATE, &SHOP).await;

    let address = made.header("location").to_owned();
    assert!(address.starts_with("/settings/webhooks/whk_"), "{address}");
    let secret = cookie_of(&made).expect("a secret");
    let Who::Cookie(session) = &ben else {
        panic!("a person");
    };
    let both = Who::Cookie(format!("{session}; {secret}"));
    assert!(page(&server, &both, &address).await.contains("whsec_"));
    let scope = format!("; Path={address}; Max-Age=60; HttpOnly; SameSite=Strict");
    let told = made.header("set-cookie");
    assert!(
        told.contains(&scope),
        "no other webhook's page shows it: {told}"
    );
    let later = page(&server, &ben, &address).await;
    assert!(later.contains("Shop") && !later.contains("whsec_"));
    let all = page(&server, &ben, "/settings/webhooks").await;
    assert!(all.contains(&address), "{all}");
    let refused = send(&server, &anna, CREATE, &SHOP).await;
    assert!(refused.header("location").contains("problem=forbidden"));
}

#[tokio::test]
async fn a_webhook_is_tested_switched_off_and_deleted_by_buttons() {
    let (server, ben, _) = acme().await;
    let made = send(&server, &ben, CREATE, &SHOP).await;
    let address = made.header("location").to_owned();
    let id = address.rsplit('/').next().unwrap().to_owned();
    let press = async |deed: &str| {
        let path = format!("/settings/webhooks/{deed}");
        let done = send(&server, &ben, &path, &[("id", id.as_str())]).await;
        done.header("location").to_owned()
    };

    assert_eq!(press("test").await, format!("{address}?done=1"));
    assert!(page(&server, &ben, &address).await.contains("webhook.test"));
    assert_eq!(press("disable").await, format!("{address}?done=1"));
    assert!(press("test").await.contains("problem=conflict"));
    assert_eq!(press("enable").await, format!("{address}?done=1"));
    assert_eq!(press("rotate").await, address);
    assert_eq!(press("delete").await, "/settings/webhooks?done=1");
    let all = page(&server, &ben, "/settings/webhooks").await;
    assert!(!all.contains(&id));
}

#[tokio::test]
async fn a_webhook_goes_elsewhere_and_is_told_of_something_else() {
    let (server, ben, anna) = acme().await;
    let made = send(&server, &ben, CREATE, &SHOP).await;
    let address = made.header("location").to_owned();
    let id = address.rsplit('/').next().unwrap().to_owned();
    let change = async |who: &Who, url: &str, events: &[&str]| {
        let mut fields = vec![("id", id.as_str()), ("name", "Shop 2"), ("url", url)];
        fields.extend(events.iter().map(|event| ("event", *event)));
        let done = send(&server, who, "/settings/webhooks/change", &fields).await;
        done.header("location").to_owned()
    };
    let shown = page(&server, &ben, &address).await;
    let ticked = "value=\"storage.critical\" checked";
    assert!(shown.contains(ticked), "{shown}");
    let elsewhere = "https://shop.example.invalid/hooks";

    let events = ["asset.created", "asset.purged"];
    assert_eq!(
        change(&ben, elsewhere, &events).await,
        format!("{address}?done=1")
    );

    let webhook = format!("/api/v1/webhooks/{id}");
    let told = server.reads(&ben, &webhook).await;
    assert_eq!(told["url"], elsewhere);
    assert_eq!(
        (&told["name"], &told["events"]),
        (&json!("Shop 2"), &json!(events))
    );
    assert!(!page(&server, &ben, &address).await.contains(ticked));
    let refused = change(&ben, "https://10.0.0.1/", &events).await;
    assert!(
        refused.starts_with(&format!("{address}?problem=invalid")),
        "{refused}"
    );
    let refused = change(&anna, "https://evil.example.invalid/", &[]).await;
    assert!(refused.contains("problem=forbidden"), "{refused}");
    let still = server.reads(&ben, &webhook).await;
    assert_eq!(still, told);
    change(&ben, elsewhere, &[]).await;
    let told = server.reads(&ben, &webhook).await;
    assert_eq!(told["events"], json!([]), "everything");
}

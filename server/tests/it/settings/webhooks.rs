//! Webhooks by plain forms: a secret that is shown once, a test, and an end.

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

//! `/invitations`, and the links that lead into an account and back into it.

use serde_json::{Value, json};

use crate::support::{
    Server, form,
    people::{PASSWORD, Who, cookie_of},
};

async fn with_administrator() -> (Server, Who) {
    let server = Server::fresh();
    server.account("Acme");
    let ben = server.person("Acme", "ben@example.com", "administrator", false);
    let ben = ben.await;
    (server, ben)
}

async fn invite(server: &Server, ben: &Who, email: &str) -> String {
    let made = server.post("/api/v1/invitations").by(ben);
    let made = made
        .json(&json!({ "email": email, "role": "agent" }))
        .send();
    path_of(server, &made.await.expect(201).json())
}

/// The path of a link that was told.
fn path_of(server: &Server, told: &Value) -> String {
    let url = told["url"].as_str().expect("a link");
    url.strip_prefix(&server.url).expect("our own").to_owned()
}

#[tokio::test]
async fn who_is_invited_opens_the_link_and_is_in() {
    let (server, ben) = with_administrator().await;
    let path = invite(&server, &ben, "zoe@example.com").await;
    let page = server.get(&path).header("accept", "text/html").send();
    let page = page.await.expect(200).text();
    assert!(
        page.contains("zoe@example.com") && page.contains("Acme"),
        "{page}"
    );

    let fields = [("name", "Zoë"), ("password", PASSWORD)];
    let joined = server.post(&path).typed(form(&fields)).send();
    let joined = joined.await.expect(303);

    assert_eq!(joined.header("location"), "/");
    let zoe = Who::Cookie(cookie_of(&joined).expect("a session"));
    let me = server.reads(&zoe, "/api/v1/me").await;
    assert_eq!(me["user"]["name"], "Zoë");
    assert_eq!(me["user"]["role"], "agent");
    let again = server.post(&path).typed(form(&fields)).send();
    let again = again.await.expect(303);
    assert!(again.header("location").contains("problem="), "{again:?}");
    assert_eq!(cookie_of(&again), None);
    let page = server.get(&path).header("accept", "text/html").send();
    assert!(!page.await.text().contains("zoe@example.com"));
}

#[tokio::test]
async fn what_is_wrong_is_told_and_the_link_still_works() {
    let (server, ben) = with_administrator().await;
    let path = invite(&server, &ben, "zoe@example.com").await;

    let fields = [("name", "Zoë"), ("password", "short")];
    let refused = server.post(&path).typed(form(&fields)).send();
    let refused = refused.await.expect(303);

    let location = refused.header("location");
    assert!(
        location.starts_with(&format!("{path}?problem=invalid")),
        "{location}"
    );
    let fields = [("name", "Zoë"), ("password", PASSWORD)];
    let joined = server.post(&path).typed(form(&fields)).send();
    assert_eq!(joined.await.expect(303).header("location"), "/");
}

#[tokio::test]
async fn who_forgot_a_password_comes_back_by_a_link() {
    let (server, ben) = with_administrator().await;
    let anna = server.person("Acme", "anna@example.com", "agent", false);
    let anna = anna.await;
    let me = server.reads(&anna, "/api/v1/me").await;
    let id = me["user"]["id"].as_str().unwrap();
    let made = server.post(&format!("/api/v1/users/{id}/reset-password"));
    let made = made.by(&ben).send().await.expect(200).json();
    let path = path_of(&server, &made);
    let page = server.get(&path).header("accept", "text/html").send();
    assert!(page.await.expect(200).text().contains("anna@example.com"));

    let fields = [("password", "penguins propose with pebbles")];
    let done = server.post(&path).typed(form(&fields)).send();
    let done = done.await.expect(303);

    assert_eq!(done.header("location"), "/");
    server.get("/api/v1/me").by(&anna).send().await.expect(401);
    let anna = Who::Cookie(cookie_of(&done).expect("a session"));
    server.get("/api/v1/me").by(&anna).send().await.expect(200);
    let trail = server.reads(&ben, "/api/v1/audit").await.to_string();
    assert!(!trail.contains(path.rsplit('/').next().unwrap()), "{trail}");
}

#[tokio::test]
async fn an_account_cannot_raise_its_own_figures() {
    let (server, ben) = with_administrator().await;
    let me = server.reads(&ben, "/api/v1/me").await;
    let (user, account) = (me["user"]["id"].clone(), me["account"]["id"].clone());
    let user = format!("/api/v1/users/{}", user.as_str().unwrap());
    let account = format!("/api/v1/accounts/{}", account.as_str().unwrap());

    let more = json!({ "limits": { "quota": null } });
    server
        .patch(&account)
        .by(&ben)
        .json(&more)
        .send()
        .await
        .expect(403);

    let op = server.person("Acme", "op@example.com", "agent", true);
    let op = op.await;
    let less = json!({ "limits": { "user_quota": 1000, "audit_days": 30 } });
    let set = server.patch(&account).by(&op).json(&less).send();
    let set = set.await.expect(200).json();
    assert_eq!(set["limits"]["user_quota"], 1000);
    assert_eq!(
        set["limits"]["retention_days"], 30,
        "what is not named stays"
    );
    let more = json!({ "quota": 1001 });
    let refused = server.patch(&user).by(&ben).json(&more).send().await;
    let refused = refused.expect(422).json();
    assert_eq!(refused["reason"], "above_allowance");
    assert_eq!(refused["limit"], 1000);
    let less = json!({ "limits": { "user_quota": null } });
    let set = server.patch(&account).by(&op).json(&less).send();
    assert_eq!(
        set.await.expect(200).json()["limits"]["user_quota"],
        Value::Null
    );
    let own = json!({ "quota": 5000 });
    let set = server.patch(&user).by(&op).json(&own).send();
    assert_eq!(set.await.expect(200).json()["quota"], 5000);
}

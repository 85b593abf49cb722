//! The settings: pages and forms that need no script.

mod embed;
mod order;
mod people;
mod webhooks;

use serde_json::{Value, json};

use crate::support::{
    Reply, Server, form,
    people::{PASSWORD, Who, cookie_of, id_of},
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
async fn what_nobody_opened_is_offered_and_goes_to_the_trash_by_a_button() {
    let (server, ben, _) = acme().await;
    let note = server
        .upload(&ben, "note.txt", b"a note that nobody opens")
        .await;
    let other = server
        .upload(&ben, "other.txt", b"a note that is opened")
        .await;
    let path = format!("/api/v1/assets/{}/content", id_of(&other));
    server.get(&path).by(&ben).send().await.expect(200);
    let shown = page(&server, &ben, "/settings/storage").await;
    let unused = shown.split("aria-label=\"Never opened\"").nth(1).unwrap();
    let unused = unused.split("</form>").next().unwrap();
    assert!(unused.contains("note.txt"), "{unused}");
    assert!(!unused.contains("other.txt"), "{unused}");

    let (id, other) = (id_of(&note), id_of(&other));
    let fields = [("id", id.as_str()), ("id", other.as_str())];
    let moved = send(&server, &ben, "/settings/storage/trash", &fields).await;

    let location = moved.header("location");
    assert_eq!(location, "/settings/storage?trashed=2#review");
    let shown = page(&server, &ben, "/settings/storage?trashed=2").await;
    assert!(shown.contains("2 files are in the trash now"), "{shown}");
    assert!(!shown.contains("other.txt"), "{shown}");
    let none = send(&server, &ben, "/settings/storage/trash", &[]).await;
    assert!(none.header("location").contains("problem=invalid"));
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
async fn a_new_password_gives_the_browser_a_new_session_and_ends_the_others() {
    let (server, ben, anna) = acme().await;
    let elsewhere = server.signs_in("anna@example.com").await;
    let change = async |who: &Who, old: &str, new: &str| {
        let fields = [("old_password", old), ("new_password", new)];
        send(&server, who, "/settings/profile/password", &fields).await
    };

    let refused = change(&anna, "a guess", "a whole new password 9").await;
    assert!(refused.header("location").contains("reason=wrong_password"));
    assert_eq!(cookie_of(&refused), None);
    let changed = change(&anna, PASSWORD, "a whole new password 9").await;

    assert_eq!(changed.header("location"), "/settings/profile?done=1");
    let given = changed.header("set-cookie");
    assert!(given.contains("; HttpOnly; SameSite=Lax"), "{given}");
    let renewed = Who::Cookie(cookie_of(&changed).expect("a session"));
    for ended in [&anna, &elsewhere] {
        server.get("/api/v1/me").by(ended).send().await.expect(401);
    }
    let me = server.reads(&renewed, "/api/v1/me").await;
    assert_eq!(me["user"]["email"], "anna@example.com");
    server.get("/api/v1/me").by(&ben).send().await.expect(200);
}

/// What a page lists, without the choices above it.
fn lines(page: &str) -> String {
    page.split("<tbody>").nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_trail_is_on_a_page_and_its_search_in_the_address() {
    let (server, ben, _) = acme().await;

    let all = page(&server, &ben, "/settings/audit").await;
    assert!(lines(&all).contains("Person added") && lines(&all).contains("Signed in"));
    let some = page(&server, &ben, "/settings/audit?kind=user_created").await;
    assert!(lines(&some).contains("Person added") && !lines(&some).contains("Signed in"));
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
        ("max_assets", "5000"),
        ("library", "on"),
    ];
    let path = format!("/operator/accounts/{id}");
    let refused = send(&server, &ben, &path, &fields).await;
    assert!(refused.header("location").contains("problem=forbidden"));

    let set = send(&server, &op, &path, &fields).await;

    assert_eq!(set.header("location"), format!("{path}?done=1"));
    let me = server.reads(&op, "/api/v1/me").await;
    let limits = &me["account"]["limits"];
    assert_eq!(limits["quota"], 10_000_000_000_u64);
    assert_eq!(limits["max_size"]["image"], 7_000_000);
    assert_eq!(limits["audit_days"], 90);
    assert_eq!(limits["max_assets"], 5_000);
    let shown = page(&server, &op, "/operator/accounts").await;
    assert!(shown.contains(&format!("href=\"{path}\"")), "{shown}");
    let shown = page(&server, &op, &path).await;
    assert!(shown.contains("value=\"10GB\""), "{shown}");
    let of_ben = user(&server, &ben, "ben@example.com").await;
    let quota = [("id", of_ben["id"].as_str().unwrap()), ("quota", "3GB")];
    let set = send(&server, &op, &format!("{path}/quota"), &quota).await;
    assert_eq!(set.header("location"), format!("{path}?done=1"));
    let of_ben = user(&server, &ben, "ben@example.com").await;
    assert_eq!(of_ben["quota"], 3_000_000_000_u64);
    let refused = page(&server, &ben, &path).await;
    assert!(!refused.contains("max_image"), "{refused}");
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

#[tokio::test]
async fn everybody_reads_what_placements_take_and_how_a_file_would_do() {
    let (server, _, anna) = acme().await;
    let photo = server
        .upload(&anna, "photo.jpg", &crate::support::files::photo())
        .await;

    let rules = page(&server, &anna, "/settings/placements").await;
    assert!(rules.contains("exactly 512 × 512 px"), "{rules}");
    assert!(rules.contains("https://core.telegram.org/bots/api"));
    let path = format!("/settings/placements?asset={}", id_of(&photo));
    let fits = page(&server, &anna, &path).await;
    assert!(fits.contains("How photo.jpg would do"), "{fits}");
    assert!(fits.contains("Not taken: JPEG; only WEBP."), "{fits}");
    let portuguese = server.get(&path).by(&anna).header("accept", "text/html");
    let portuguese = portuguese.header("accept-language", "pt-BR").send().await;
    assert!(
        portuguese
            .text()
            .contains("Não é aceito: JPEG; somente WEBP.")
    );
}

#[tokio::test]
async fn an_administrator_brings_back_a_tag_that_an_agent_deleted() {
    let (server, ben, anna) = acme().await;
    send(&server, &anna, "/settings/tags/create", &[("name", "Sea")]).await;
    let tags = server.reads(&anna, "/api/v1/tags").await;
    let tag = id_of(&tags["items"][0]);
    let about = [("id", tag.as_str())];

    let deleted = send(&server, &anna, "/settings/tags/delete", &about).await;
    assert_eq!(deleted.header("location"), "/settings/tags?done=1");
    let own = page(&server, &anna, "/settings/tags").await;
    assert!(!own.contains("/settings/tags/restore"), "{own}");
    let shown = page(&server, &ben, "/settings/tags").await;
    assert!(
        shown.contains("action=\"/settings/tags/restore\""),
        "{shown}"
    );
    assert!(shown.contains("kept until"), "{shown}");
    let refused = send(&server, &anna, "/settings/tags/restore", &about).await;
    let location = refused.header("location");
    assert!(location.contains("problem=forbidden"), "{location}");
    let back = send(&server, &ben, "/settings/tags/restore", &about).await;

    assert_eq!(back.header("location"), "/settings/tags?done=1");
    let tags = server.reads(&anna, "/api/v1/tags").await;
    assert_eq!(id_of(&tags["items"][0]), tag);
    let gone = server.reads(&ben, "/api/v1/tags/gone").await;
    assert_eq!(gone["items"], json!([]));
}

#[tokio::test]
async fn the_two_hundred_and_first_team_can_be_chosen_too() {
    let (server, ben, anna) = acme().await;
    for n in 0..201 {
        let team = json!({ "name": format!("Team {n:03}") });
        let made = server.post("/api/v1/teams").by(&ben).json(&team);
        made.send().await.expect(201);
    }

    let shown = page(&server, &anna, "/?filters=open").await;

    assert!(shown.contains("Team 000") && shown.contains("Team 200"));
}

//! The settings: pages and forms that need no script.

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
async fn tags_and_teams_are_kept_in_order_by_forms() {
    let (server, ben, anna) = acme().await;
    for name in ["Sea", "Ocean"] {
        send(&server, &anna, "/settings/tags/create", &[("name", name)]).await;
    }
    let tags = server.reads(&anna, "/api/v1/tags").await;
    let (ocean, sea) = (&tags["items"][0]["id"], &tags["items"][1]["id"]);
    let sea = sea.as_str().unwrap();

    let fields = [("id", ocean.as_str().unwrap()), ("color", "teal")];
    send(&server, &anna, "/settings/tags/color", &fields).await;
    let merged = [("id", sea), ("into", "OCEAN")];
    send(&server, &anna, "/settings/tags/merge", &merged).await;
    send(
        &server,
        &ben,
        "/settings/teams/create",
        &[("name", "Press")],
    )
    .await;
    let teams = server.reads(&ben, "/api/v1/teams").await;
    let team = teams["items"][0]["id"].as_str().unwrap();
    let both = [
        id_of(&user(&server, &ben, "ben@example.com").await),
        id_of(&user(&server, &ben, "anna@example.com").await),
    ];
    let fields = [("id", team), ("member", &both[0]), ("member", &both[1])];
    send(&server, &ben, "/settings/teams/members", &fields).await;

    let tags = server.reads(&anna, "/api/v1/tags").await;
    assert_eq!(tags["items"].as_array().unwrap().len(), 1);
    assert_eq!(tags["items"][0]["color"], "teal");
    assert!(
        page(&server, &anna, "/settings/tags")
            .await
            .contains("Ocean")
    );
    let teams = server.reads(&ben, "/api/v1/teams").await;
    assert_eq!(teams["items"][0]["members"].as_array().unwrap().len(), 2);
    assert!(
        page(&server, &ben, "/settings/teams")
            .await
            .contains("Press")
    );
    let refused = [("name", "Mine")];
    let sent = send(&server, &anna, "/settings/teams/create", &refused).await;
    assert!(sent.header("location").contains("problem=forbidden"));
}

#[tokio::test]
async fn who_changes_a_tag_or_a_team_that_another_just_changed_is_told() {
    let (server, ben, _) = acme().await;
    for things in ["tags", "teams"] {
        let at = format!("/settings/{things}");
        send(&server, &ben, &format!("{at}/create"), &[("name", "Sea")]).await;
        let seen = server.reads(&ben, &format!("/api/v1/{things}")).await;
        let id = id_of(&seen["items"][0]);
        let rename = |name| [("id", id.as_str()), ("name", name), ("version", "1")];
        assert!(page(&server, &ben, &at).await.contains("name=\"version\""));

        let path = format!("{at}/rename");
        let first = send(&server, &ben, &path, &rename("Ocean")).await;
        let late = send(&server, &ben, &path, &rename("Lake")).await;

        assert_eq!(first.header("location"), format!("{at}?done=1"));
        let location = late.header("location");
        assert!(location.contains("reason=changed_meanwhile"), "{location}");
        let told = page(&server, &ben, location).await;
        assert!(told.contains("Ocean") && !told.contains("Lake"), "{told}");
    }
}

#[tokio::test]
async fn before_a_tag_or_a_team_goes_a_page_says_of_how_many_files() {
    let (server, ben, anna) = acme().await;
    for name in ["Sea & sand", "Ocean"] {
        send(&server, &anna, "/settings/tags/create", &[("name", name)]).await;
    }
    let team = [("name", "Press")];
    send(&server, &ben, "/settings/teams/create", &team).await;
    let teams = server.reads(&ben, "/api/v1/teams").await;
    let team = id_of(&teams["items"][0]);

    let tags = page(&server, &anna, "/settings/tags").await;
    assert!(
        tags.contains("/settings/leaving?tag=Sea%20%26%20sand"),
        "{tags}"
    );
    assert!(!tags.contains("action=\"/settings/tags/delete\""), "{tags}");
    let asked = "/settings/leaving?tag=Sea%20%26%20sand";
    let shown = page(&server, &anna, asked).await;
    assert!(
        shown.contains("action=\"/settings/tags/delete\""),
        "{shown}"
    );
    assert!(shown.contains("It goes from 0 files"), "{shown}");
    let shown = page(&server, &anna, &format!("{asked}&into=ocean")).await;
    assert!(shown.contains("action=\"/settings/tags/merge\""), "{shown}");
    assert!(shown.contains("value=\"Ocean\""), "{shown}");
    let shown = page(&server, &anna, &format!("{asked}&into=Lake")).await;
    assert!(
        !shown.contains("action=\"/settings/tags/merge\""),
        "{shown}"
    );

    let of_team = format!("/settings/leaving?team={team}");
    let shown = page(&server, &ben, &of_team).await;
    assert!(
        shown.contains("action=\"/settings/teams/delete\""),
        "{shown}"
    );
    let refused = page(&server, &anna, &of_team).await;
    assert!(!refused.contains("Press"), "{refused}");
    assert_eq!(
        server.reads(&anna, "/api/v1/tags").await["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
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

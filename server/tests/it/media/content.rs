//! Originals, byte for byte, under the names people gave them.

use super::with_photo;
use crate::support::{
    Part, Place, files,
    people::{id_of, with_agent},
};

/// 3.5.8: no page of another site shows it.
#[tokio::test]
async fn v3_5_8_a_member_gets_the_original_and_no_page_elsewhere_shows_it() {
    let (server, agent, id) = with_photo().await;
    let reply = server
        .get(&format!("/api/v1/assets/{id}/content"))
        .by(&agent)
        .send()
        .await;

    let reply = reply.expect(200);
    assert_eq!(reply.body, files::photo());
    assert_eq!(reply.header("content-type"), "image/jpeg");
    assert_eq!(
        reply.header("content-disposition"),
        "inline; filename=\"astronaut.jpg\""
    );
    assert_eq!(reply.header("accept-ranges"), "bytes");
    assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn an_address_that_knows_the_content_may_be_kept_for_good() {
    let (server, agent, id) = with_photo().await;
    let asset = server.reads(&agent, &format!("/api/v1/assets/{id}")).await;
    let fingerprint = &asset["sha256"].as_str().unwrap()[..12];
    let caching = async |query: &str| {
        let path = format!("/api/v1/assets/{id}/content{query}");
        let reply = server.get(&path).by(&agent).send().await.expect(200);
        reply.header("cache-control").to_owned()
    };

    assert_eq!(
        caching(&format!("?v={fingerprint}")).await,
        "private, max-age=31536000, immutable"
    );
    assert_eq!(caching("?v=000000000000").await, "private, no-cache");
    assert_eq!(caching("").await, "private, no-cache");
}

#[tokio::test]
async fn a_head_tells_all_but_the_bytes() {
    let (server, agent, id) = with_photo().await;
    let reply = server
        .head(&format!("/api/v1/assets/{id}/content"))
        .by(&agent)
        .send()
        .await;

    let reply = reply.expect(200);
    assert_eq!(
        reply.header("content-length"),
        files::photo().len().to_string()
    );
    assert!(reply.body.is_empty());
}

/// 3.2.1 as well: neither its type nor its policy lets a browser draw it as a page.
#[tokio::test]
async fn v5_3_1_what_a_browser_might_run_is_saved_and_not_shown() {
    let (server, agent) = with_agent();
    for (name, bytes) in [
        ("letter.pdf", files::sample("letter.pdf")),
        ("note.txt", files::note("inline", 100)),
        ("contact.vcf", files::sample("contact.vcf")),
    ] {
        let id = id_of(&server.upload(&agent, name, &bytes).await);
        let path = format!(
            "/api/v1/assets/{id}/content?type=text/html&response-content-disposition=inline"
        );
        let reply = server
            .get(&path)
            .by(&agent)
            .header("sec-fetch-dest", "document")
            .send()
            .await;
        let reply = reply.expect(200);
        assert!(
            reply
                .header("content-disposition")
                .starts_with("attachment; "),
            "{name}"
        );
        assert_eq!(
            reply.header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(
            !reply.header("content-type").starts_with("text/html"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn text_says_its_character_set() {
    let (server, agent) = with_agent();
    let note = "Grüße aus dem Süden. ☀\n".repeat(10);
    let id = id_of(&server.upload(&agent, "note.txt", note.as_bytes()).await);
    let reply = server
        .get(&format!("/api/v1/assets/{id}/content"))
        .by(&agent)
        .send()
        .await;

    assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
}

#[tokio::test]
async fn v5_4_1_downloads_carry_the_name_as_it_was_written() {
    let (server, agent) = with_agent();
    let note = files::note("names", 100);
    let id = id_of(&server.upload(&agent, "note.txt", &note).await);
    for (name, served) in [
        ("Été \"best\"; ☀ صورة.txt", None),
        ("日本語ファイル名", None),
        ("README.rst", None),
        ("backup.sql", None),
        ("semi;colon, 100%.json", None),
        ("%E2%80%AE.jpg", None),
        ("=?UTF-8?B?eA==?=.jpg", None),
        ("\"><img src=x onerror=alert(1)>.png", None),
        ("file.jpg%00.html", Some("file.jpg%00.html.txt")),
        ("run me.EXE", Some("run me.EXE.txt")),
    ] {
        let patch = serde_json::json!({ "name": name });
        let renamed = server.patch(&format!("/api/v1/assets/{id}")).by(&agent);
        renamed.json(&patch).send().await.expect(200);

        let path = format!("/api/v1/assets/{id}/content?download");
        let reply = server.get(&path).by(&agent).send().await;
        let said = reply.headers.get_all("content-disposition").iter();
        assert_eq!(said.count(), 1, "{name}");
        let text = reply.header("content-disposition");
        assert_eq!(named(text), served.unwrap_or(name), "{text}");
        assert_eq!(text.matches('"').count(), 2, "{text}");
    }
}

/// The name a header gives, as browsers read it.
fn named(disposition: &str) -> String {
    match disposition.split_once("filename*=UTF-8''") {
        Some((_, encoded)) => percent_encoding::percent_decode_str(encoded)
            .decode_utf8()
            .expect("UTF-8")
            .into_owned(),
        None => disposition
            .split_once("filename=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .expect("a plain name")
            .0
            .to_owned(),
    }
}

/// 3.2.1: where an operator allows drawings, they are saved and never shown.
#[tokio::test]
async fn v3_2_1_a_drawing_is_refused_unless_the_operator_allows_it_and_then_only_saved() {
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let file = [Part::File("logo.svg", drawing)];
    let (strict, agent) = with_agent();
    let refused = strict.upload_with(&agent, &file).await;
    assert_eq!(refused.expect(415).code(), "unsupported_kind");

    let allows = Place::empty().with(&[("SATCHEL_LIMITS_SVG", "true")]);
    let server = allows.serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let asset = server.upload_with(&agent, &file).await.expect(201).json();
    assert_eq!(asset["kind"], "document");
    assert_eq!(asset["mime"], "image/svg+xml");
    let path = format!("/api/v1/assets/{}", id_of(&asset));
    let thumb = server.get(&format!("{path}/renditions/thumb"));
    thumb.by(&agent).send().await.expect(404);
    let content = server.get(&format!("{path}/content")).by(&agent);
    let reply = content.send().await.expect(200);
    assert_eq!(reply.body, &drawing[..]);
    let disposition = reply.header("content-disposition");
    assert_eq!(disposition, "attachment; filename=\"logo.svg\"");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert!(reply.header("content-security-policy").contains("sandbox"));
    let lying = [Part::File("logo.png", drawing)];
    let refused = server.upload_with(&agent, &lying).await;
    assert!(matches!(refused.status, 415 | 422));
}

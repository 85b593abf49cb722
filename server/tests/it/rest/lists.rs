//! Lists: pages, filters, orders.

use serde_json::{Value, json};

use crate::support::{
    Part, Server, files,
    people::{Who, with_agent},
};

async fn names(server: &Server, who: &Who, query: &str) -> Vec<String> {
    let page = server.reads(who, &format!("/api/v1/assets?{query}")).await;
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|asset| asset["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let (server, agent) = with_agent();
    for number in 0..7 {
        let note = files::note(&format!("page {number}"), 100);
        server.upload(&agent, &format!("{number}.txt"), &note).await;
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();

    loop {
        let path = format!("/api/v1/assets?sort=oldest&limit=3{cursor}");
        let page = server.reads(&agent, &path).await;
        let items = page["items"].as_array().unwrap();
        seen.extend(
            items
                .iter()
                .map(|asset| asset["name"].as_str().unwrap().to_owned()),
        );
        let Value::String(next) = &page["next_cursor"] else {
            break;
        };
        assert_eq!(items.len(), 3);
        cursor = format!("&cursor={next}");
    }
    let expected: Vec<String> = (0..7).map(|number| format!("{number}.txt")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn filters_narrow_a_list() {
    let (server, agent) = with_agent();
    let folder = server.folder(&agent, "Summer").await;
    let note = files::note("a sunny beach", 100);
    let parts = [
        Part::File("beach.txt", &note),
        Part::Field("folder_id", &folder),
        Part::Field("tags", "sea"),
    ];
    server.upload_with(&agent, &parts).await.expect(201);
    server
        .upload(&agent, "astronaut.jpg", &files::photo())
        .await;

    for (query, expected) in [
        (format!("folder_id={folder}"), &["beach.txt"][..]),
        ("kind=image".to_owned(), &["astronaut.jpg"]),
        ("tag=sea".to_owned(), &["beach.txt"]),
        ("q=astro".to_owned(), &["astronaut.jpg"]),
        (
            "source=upload&sort=name".to_owned(),
            &["astronaut.jpg", "beach.txt"],
        ),
        ("source=import".to_owned(), &[]),
        ("state=trashed".to_owned(), &[]),
        ("created_before=2020-01-01T00:00:00Z".to_owned(), &[]),
        (
            "created_after=2020-01-01T00:00:00Z&sort=largest".to_owned(),
            &["astronaut.jpg", "beach.txt"],
        ),
    ] {
        assert_eq!(names(&server, &agent, &query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_malformed() {
    let (server, agent) = with_agent();

    for query in [
        "kind=song",
        "kind=",
        "state=lost",
        "sort=random",
        "limit=0",
        "limit=201",
        "limit=x",
        "limit=-1",
        "folder_id=nonsense",
        "created_after=yesterday",
        "cursor=nonsense",
        "cursor=%00",
        "unknown=1",
        "source=nowhere",
    ] {
        let reply = server
            .get(&format!("/api/v1/assets?{query}"))
            .by(&agent)
            .send()
            .await;
        assert!(
            matches!(reply.status, 400 | 404 | 422),
            "{query}: {}",
            reply.status
        );
        assert_eq!(
            reply.header("content-type"),
            "application/problem+json",
            "{query}"
        );
    }
}

#[tokio::test]
async fn words_are_words_and_no_query_language() {
    let (server, agent) = with_agent();
    server
        .upload(&agent, "50% off.txt", &files::note("percent", 100))
        .await;

    for words in [
        "%25", "_", "'", "\"", "*", "a AND b", "NEAR(", "-", "\u{0}", "💥", "()",
    ] {
        let encoded =
            percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC);
        let reply = server
            .get(&format!("/api/v1/assets?q={encoded}"))
            .by(&agent)
            .send()
            .await;
        assert!(
            matches!(reply.status, 200 | 400 | 422),
            "{words}: {} {}",
            reply.status,
            reply.text()
        );
    }
}

#[tokio::test]
async fn tags_are_counted() {
    let (server, agent) = with_agent();
    let note = files::note("tags", 100);
    let parts = [Part::File("a.txt", &note), Part::Field("tags", "sea,Sun")];
    server.upload_with(&agent, &parts).await.expect(201);

    let tags = server.reads(&agent, "/api/v1/tags").await;
    let listed: Vec<_> = tags["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| (tag["name"].clone(), tag["asset_count"].clone()))
        .collect();
    assert_eq!(listed, [(json!("sea"), json!(1)), (json!("Sun"), json!(1))]);
    assert_eq!(tags["next_cursor"], Value::Null);
}

#[tokio::test]
async fn nothing_is_received_before_there_are_captures() {
    let (server, agent) = with_agent();
    server.upload(&agent, "a.txt", &files::note("a", 50)).await;

    for query in ["channel=whatsapp", "participant_id=par_1", "channel=&q=a"] {
        let found = names(&server, &agent, query).await;
        assert!(found.is_empty(), "{query}: {found:?}");
    }
}

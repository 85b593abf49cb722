//! `Range`: one part, or the whole.

use serde_json::json;

use super::with_photo;
use crate::support::files;

#[tokio::test]
async fn a_part_is_given_where_it_is_asked_for() {
    let (server, agent, id) = with_photo().await;
    let photo = files::photo();
    let size = photo.len();
    let path = format!("/api/v1/assets/{id}/content");

    for (range, part) in [
        ("bytes=0-0", 0..1),
        ("bytes=100-199", 100..200),
        ("bytes=45000-", 45_000..size),
        ("bytes=-100", size - 100..size),
        ("bytes=45000-99999999", 45_000..size),
    ] {
        let reply = server
            .get(&path)
            .by(&agent)
            .header("range", range)
            .send()
            .await
            .expect(206);
        let (start, end) = (part.start, part.end - 1);
        assert_eq!(
            reply.header("content-range"),
            format!("bytes {start}-{end}/{size}")
        );
        assert_eq!(reply.header("content-length"), part.len().to_string());
        assert_eq!(reply.body, photo.slice(part), "{range}");
    }
}

#[tokio::test]
async fn a_part_that_is_not_there_is_said_with_the_size() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/content");

    for range in ["bytes=45339-", "bytes=99999-100000", "bytes=-0"] {
        let reply = server
            .get(&path)
            .by(&agent)
            .header("range", range)
            .send()
            .await
            .expect(416);
        assert_eq!(reply.header("content-range"), "bytes */45339");
        assert_eq!(reply.code(), "malformed");
        assert_eq!(reply.json()["status"], 416);
    }
}

#[tokio::test]
async fn a_part_is_asked_for_by_get_alone() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/content");

    for range in ["bytes=0-9", "bytes=99999-"] {
        let request = server.head(&path).by(&agent).header("range", range);
        let reply = request.send().await.expect(200);
        assert_eq!(reply.header("content-length"), "45339", "{range}");
        assert_eq!(reply.header("content-range"), "", "{range}");
    }
}

#[tokio::test]
async fn many_ranges_cost_no_more_than_the_file() {
    let (server, agent, id) = with_photo().await;
    let many = (0..1_000)
        .map(|n| format!("{n}-"))
        .collect::<Vec<_>>()
        .join(",");

    for range in [
        format!("bytes={many}"),
        "bytes=0-1,5-6".to_owned(),
        "lines=1-2".to_owned(),
    ] {
        let request = server
            .get(&format!("/api/v1/assets/{id}/content"))
            .by(&agent);
        let reply = request.header("range", &range).send().await.expect(200);
        assert_eq!(reply.body.len(), files::photo().len());
    }
}

#[tokio::test]
async fn a_part_of_another_version_is_never_given() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/content");
    let ask = async |if_range: &str| {
        let request = server.get(&path).by(&agent).header("range", "bytes=0-9");
        request.header("if-range", if_range).send().await
    };
    let first = server.head(&path).by(&agent).send().await;
    let (tag, date) = (first.header("etag"), first.header("last-modified"));

    ask(tag).await.expect(206);
    ask("\"other\"").await.expect(200);
    // A date does not tell two versions of one second apart.
    ask(date).await.expect(200);

    let region = json!({ "x": 0, "y": 0, "width": 20, "height": 10 });
    let crop = server.post(&format!("/api/v1/assets/{id}/crop")).by(&agent);
    let crop = crop.json(&json!({ "edit": { "region": region }, "as": "version" }));
    crop.send().await.expect(200);

    let second = server.head(&path).by(&agent).send().await;
    assert_ne!(second.header("etag"), tag);
    for stale in [tag, date] {
        let whole = ask(stale).await.expect(200);
        assert_eq!(
            whole.body.len().to_string(),
            second.header("content-length")
        );
    }
    ask(second.header("etag")).await.expect(206);
}

//! `If-None-Match`: a copy that is still good is not sent again.

use super::with_photo;

#[tokio::test]
async fn a_good_copy_is_not_sent_again() {
    let (server, agent, id) = with_photo().await;
    let path = format!("/api/v1/assets/{id}/content");
    let whole = server.get(&path).by(&agent).send().await;
    let (etag, date) = (whole.header("etag"), whole.header("last-modified"));
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");

    for (name, value, status) in [
        ("if-none-match", etag, 304),
        ("if-none-match", &format!("\"x\", W/{etag}"), 304),
        ("if-none-match", "*", 304),
        ("if-none-match", "\"x\"", 200),
        ("if-modified-since", date, 304),
        ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT", 200),
    ] {
        let reply = server
            .get(&path)
            .by(&agent)
            .header(name, value)
            .send()
            .await
            .expect(status);
        assert_eq!(reply.header("etag"), etag);
        assert_eq!(reply.header("cache-control"), "private, no-cache");
        if status == 304 {
            assert!(reply.body.is_empty());
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
        }
    }
}

#[tokio::test]
async fn the_tag_is_opaque_and_differs_between_accounts() {
    let (server, agent, id) = with_photo().await;
    server.account("Other");
    let other = server.token("Other", "agent");
    let theirs = server
        .upload(&other, "same.jpg", &crate::support::files::photo())
        .await;
    let tag = async |who, id: &str| {
        let reply = server
            .head(&format!("/api/v1/assets/{id}/content"))
            .by(who)
            .send()
            .await;
        reply.header("etag").to_owned()
    };

    let ours = tag(&agent, &id).await;
    assert_ne!(ours, tag(&other, theirs["id"].as_str().unwrap()).await);
    assert!(
        !theirs["sha256"]
            .as_str()
            .unwrap()
            .contains(ours.trim_matches('"'))
    );
}

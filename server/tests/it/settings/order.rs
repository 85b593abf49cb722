//! Tags and teams, kept in order by forms.

use super::{acme, page, send, user};
use crate::support::people::id_of;

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

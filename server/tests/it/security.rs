//! What must hold against people who mean harm; names begin with the rule they keep.

mod body_limits;
mod cors;
mod cross_site;
mod embed;
mod headers;
mod logins;
mod mass_assignment;
mod methods;
mod proxies;
mod scanner;
mod slow_readers;
mod smuggling;
mod storage;
mod uploads;

use std::path::Path;

use crate::support::{Server, people::Who};

/// Every address that takes a write, with its method.
fn write_doors() -> Vec<(&'static str, String)> {
    let id = "01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    let asset = format!("/api/v1/assets/ast_{id}");
    let mut doors = vec![
        ("POST", "/api/v1/assets".to_owned()),
        ("PATCH", asset.clone()),
        ("DELETE", asset.clone()),
        ("POST", format!("{asset}/archive")),
        ("POST", format!("{asset}/unarchive")),
        ("POST", format!("{asset}/restore")),
        ("POST", "/api/v1/assets/batch".to_owned()),
        ("POST", "/api/v1/assets/zip".to_owned()),
        ("POST", format!("/api/v1/batches/bat_{id}/cancel")),
        ("POST", format!("/api/v1/batches/bat_{id}/undo")),
        ("DELETE", "/api/v1/trash".to_owned()),
        ("DELETE", format!("/api/v1/trash/ast_{id}")),
        ("POST", format!("{asset}/links")),
        ("POST", format!("{asset}/copy")),
        ("POST", format!("{asset}/crop")),
        ("POST", format!("{asset}/placements")),
        ("POST", format!("{asset}/placements/push-web-image")),
        ("POST", format!("{asset}/remake")),
        ("POST", format!("{asset}/versions")),
        ("POST", format!("{asset}/versions/1/revert")),
        ("POST", format!("{asset}/usages")),
        ("DELETE", format!("{asset}/usages/usg_{id}")),
        ("POST", "/api/v1/usages/scan".to_owned()),
        ("POST", "/api/v1/usages/count".to_owned()),
        ("POST", format!("{asset}/share")),
        ("DELETE", format!("{asset}/share")),
        ("POST", "/api/v1/folders".to_owned()),
        ("PATCH", format!("/api/v1/folders/fld_{id}")),
        ("DELETE", format!("/api/v1/folders/fld_{id}")),
        ("POST", format!("/api/v1/folders/fld_{id}/restore")),
        ("POST", "/api/v1/tags".to_owned()),
        ("PATCH", format!("/api/v1/tags/tag_{id}")),
        ("DELETE", format!("/api/v1/tags/tag_{id}")),
        ("POST", format!("/api/v1/tags/tag_{id}/merge")),
        ("POST", format!("/api/v1/tags/tag_{id}/restore")),
        ("POST", "/api/v1/teams".to_owned()),
        ("PATCH", format!("/api/v1/teams/tea_{id}")),
        ("DELETE", format!("/api/v1/teams/tea_{id}")),
        ("POST", format!("/api/v1/teams/tea_{id}/restore")),
        ("PATCH", "/api/v1/me".to_owned()),
        ("POST", "/api/v1/me/password".to_owned()),
        ("DELETE", "/api/v1/sessions".to_owned()),
        ("DELETE", format!("/api/v1/sessions/ses_{id}")),
        ("POST", "/api/v1/invitations".to_owned()),
        ("DELETE", format!("/api/v1/invitations/inv_{id}")),
        ("POST", "/api/v1/users".to_owned()),
        ("PATCH", format!("/api/v1/users/usr_{id}")),
        ("POST", format!("/api/v1/users/usr_{id}/reset-password")),
        ("DELETE", format!("/api/v1/users/usr_{id}/sessions")),
        ("POST", format!("/api/v1/users/usr_{id}/disable")),
        ("POST", format!("/api/v1/users/usr_{id}/enable")),
        ("POST", "/api/v1/tokens".to_owned()),
        ("DELETE", format!("/api/v1/tokens/tok_{id}")),
        ("POST", "/api/v1/webhooks".to_owned()),
        ("PATCH", format!("/api/v1/webhooks/whk_{id}")),
        ("DELETE", format!("/api/v1/webhooks/whk_{id}")),
        ("POST", format!("/api/v1/webhooks/whk_{id}/rotate-secret")),
        ("POST", format!("/api/v1/webhooks/whk_{id}/test")),
        (
            "POST",
            format!("/api/v1/webhooks/whk_{id}/deliveries/whd_{id}/replay"),
        ),
        ("POST", "/api/v1/embed/sessions".to_owned()),
        ("POST", "/api/v1/embed/sessions/claim".to_owned()),
        ("DELETE", format!("/api/v1/embed/sessions/emb_{id}")),
        ("POST", "/api/v1/accounts".to_owned()),
        ("PATCH", format!("/api/v1/accounts/acc_{id}")),
        ("POST", format!("/api/v1/accounts/acc_{id}/placements")),
        (
            "DELETE",
            format!("/api/v1/accounts/acc_{id}/placements/own-banner"),
        ),
        ("POST", "/files/".to_owned()),
        ("PATCH", format!("/files/upl_{id}")),
        ("DELETE", format!("/files/upl_{id}")),
        ("POST", "/upload".to_owned()),
        ("POST", "/sign-in".to_owned()),
        ("POST", "/sign-out".to_owned()),
        ("POST", "/setup/token".to_owned()),
        ("POST", "/invite/token".to_owned()),
        ("POST", "/reset/token".to_owned()),
        ("POST", "/operator/accounts".to_owned()),
        ("POST", format!("/operator/accounts/acc_{id}")),
        ("POST", format!("/operator/accounts/acc_{id}/placements")),
        (
            "POST",
            format!("/operator/accounts/acc_{id}/placements/remove"),
        ),
        ("POST", format!("/operator/accounts/acc_{id}/quota")),
    ];
    let settings = [
        "people/invite",
        "people/withdraw",
        "people/role",
        "people/disable",
        "people/enable",
        "people/reset",
        "people/sign-out",
        "people/quota",
        "storage/trash",
        "storage/seen",
        "profile/password",
        "profile/session",
        "profile/sign-out-everywhere",
        "tags/create",
        "tags/rename",
        "tags/color",
        "tags/merge",
        "tags/delete",
        "tags/restore",
        "teams/create",
        "teams/rename",
        "teams/members",
        "teams/delete",
        "teams/restore",
        "webhooks/create",
        "webhooks/change",
        "webhooks/rotate",
        "webhooks/test",
        "webhooks/enable",
        "webhooks/disable",
        "webhooks/replay",
        "webhooks/delete",
        "embed/end",
    ];
    doors.extend(settings.map(|door| ("POST", format!("/settings/{door}"))));
    doors.extend(
        server_functions()
            .into_iter()
            .map(|name| ("POST", format!("/rpc/{name}"))),
    );
    doors
}

/// The names of server functions, as the pages' own source declares them.
fn server_functions() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let names: Vec<String> = crate::support::files::under(&folder)
        .into_iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .flat_map(|text| declared(&text))
        .collect();
    assert!(names.len() > 5, "the pages declare their doors: {names:?}");
    names
}

fn declared(text: &str) -> Vec<String> {
    text.split("#[server(")
        .skip(1)
        .filter_map(|rest| rest.split_once("endpoint = \""))
        .filter_map(|(_, rest)| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// A server with a signed-in administrator who is the operator.
async fn with_operator() -> (Server, Who) {
    let server = Server::fresh();
    server.account("Acme");
    let operator = server
        .person("Acme", "op@example.com", "administrator", true)
        .await;
    (server, operator)
}

#[test]
fn no_write_door_of_the_description_is_forgotten() {
    let document = crate::support::Place::empty().run(&["openapi"]).json();
    let doors = write_doors();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item
            .as_object()
            .unwrap()
            .keys()
            .filter(|method| *method != "get")
        {
            let method = method.to_uppercase();
            let pattern: Vec<&str> = path.split('/').collect();
            let known = doors.iter().any(|(known, door)| {
                let parts: Vec<&str> = door.split('/').collect();
                *known == method
                    && parts.len() == pattern.len()
                    && pattern
                        .iter()
                        .zip(&parts)
                        .all(|(p, d)| p.starts_with('{') || p == d)
            });
            assert!(known, "{method} {path}");
        }
    }
}

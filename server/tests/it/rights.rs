//! Every door × everybody × own, others', trashed and unknown: who may what is one table.

mod callers;
mod doors;
mod table;

use serde_json::Value;

use self::{
    callers::{Caller, Callers},
    doors::Target,
    table::{DOORS, Door, Need},
};
use crate::support::{Reply, Server};

/// Knocks at a door.
async fn knock(server: &Server, caller: &Caller, door: &Door, id: &str) -> Reply {
    let path = door.path.replace("{id}", id);
    // What happens is told for ever unless it is asked for once.
    let path = path.replace("/events", "/events?once=true");
    let request = server.request(door.method, &path).by(&caller.who);
    let request = if door.path.starts_with("/files/") {
        request.header("tus-resumable", "1.0.0")
    } else {
        request
    };
    door.body.add_to(request).send().await
}

#[test]
fn the_table_knows_every_door() {
    let document: Value = crate::support::Place::empty().run(&["openapi"]).json();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path
            .replace("{preset}", "thumb")
            .replace("/pages/{page}/", "/pages/1/")
            .replace(
                "/assets/{id}/placements/{placement}",
                "/assets/{id}/placements/push-web-image",
            )
            .replace("{placement}", "own")
            .replace("{usage}", "usg_01J8Z3V5T0M6W2Q4R8X9Y7B1CD");
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            let known = DOORS
                .iter()
                .any(|door| door.method == method && door.path == path);
            assert!(known, "the table of rights does not know {method} {path}");
        }
    }
    for door in DOORS.iter().filter(|door| door.path.starts_with("/api/")) {
        let path = door
            .path
            .replace("/thumb", "/{preset}")
            .replace("/pages/1/", "/pages/{page}/")
            .replace("/own", "/{placement}")
            .replace("/push-web-image", "/{placement}")
            .replace("/usg_01J8Z3V5T0M6W2Q4R8X9Y7B1CD", "/{usage}");
        let method = door.method.to_lowercase();
        assert!(
            document["paths"][&path][&method].is_object(),
            "{} {path} is gone",
            door.method
        );
    }
}

#[tokio::test]
async fn v8_nobody_opens_a_door_without_saying_who() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    for door in DOORS {
        let reply = knock(&server, &callers.nobody, door, door.target.unknown()).await;
        let expected = if door.need == Need::Open {
            door.answer
        } else {
            401
        };
        assert_eq!(reply.status, expected, "{} {}", door.method, door.path);
    }
}

#[tokio::test]
async fn v8_2_1_everybody_may_what_their_role_and_scopes_allow() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    for door in DOORS {
        for caller in &callers.signed_in {
            let caller = &caller.renewed(&server).await;
            let id = door
                .target
                .make(&server, caller.admin(&callers), &caller.maker(&callers))
                .await;
            let reply = knock(&server, caller, door, &id).await;
            let expected = if caller.may(door.need) {
                door.answer
            } else {
                403
            };
            // An upload cannot be begun by whoever may not write, so it is another's.
            let hidden = door.target == Target::Upload && reply.status == 404;
            assert!(
                reply.status == expected || (expected == 403 && hidden),
                "{} asks {} {}: {} instead of {expected}: {}",
                caller.name,
                door.method,
                door.path,
                reply.status,
                reply.text(),
            );
        }
    }
}

#[tokio::test]
async fn v8_2_2_what_is_not_yours_reads_like_what_is_not_there() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    for door in DOORS
        .iter()
        .filter(|door| !matches!(door.target, Target::None | Target::Account))
    {
        for caller in &callers.signed_in {
            let other = callers.other_than(caller);
            let theirs = door.target.make(&server, &other.admin, &other.admin).await;
            let foreign = knock(&server, caller, door, &theirs).await;
            let unknown = knock(&server, caller, door, door.target.unknown()).await;
            let malformed = knock(&server, caller, door, "nonsense").await;
            let asked = format!("{} asks {} {}", caller.name, door.method, door.path);

            let expected = if caller.may(door.need) { 404 } else { 403 };
            let statuses = [foreign.status, unknown.status, malformed.status];
            assert!(
                statuses
                    .iter()
                    .all(|status| *status == expected || *status == 404),
                "{asked}: {statuses:?}"
            );
            assert_eq!(foreign.status, unknown.status, "{asked}");
            assert_eq!(foreign.body, unknown.body, "{asked}");
            if expected == 404 {
                assert_eq!(foreign.body, malformed.body, "{asked}");
            }
        }
    }
}

#[tokio::test]
async fn v8_what_lies_in_the_trash_answers_as_the_table_says() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    let agent = &callers.signed_in[0];
    for door in DOORS.iter().filter(|door| door.target == Target::Asset) {
        let admin = agent.admin(&callers);
        let id = door.target.make(&server, admin, admin).await;
        server
            .delete(&format!("/api/v1/assets/{id}"))
            .by(admin)
            .send()
            .await
            .expect(200);

        let reply = knock(&server, agent, door, &id).await;
        assert_eq!(
            reply.status,
            door.trashed,
            "{} {}: {}",
            door.method,
            door.path,
            reply.text()
        );
    }
}

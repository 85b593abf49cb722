//! Every door × everybody × own, others', trashed and unknown: who may what is one table.

mod body;
mod callers;
mod table;
mod target;

use serde_json::Value;

use self::{
    callers::{Caller, Callers},
    table::{Door, Need, doors},
    target::Target,
};
use crate::support::{Place, Reply, Server};

/// Knocks at a door, with an id and something of one's own beside it.
async fn knock(server: &Server, caller: &Caller, door: &Door, id: &str, own: &str) -> Reply {
    let path = door.path.replace("{id}", id).replace("{own}", own);
    // What happens is told for ever unless it is asked for once.
    let path = path.replace("/events", "/events?once=true");
    let request = server.request(door.method, &path).by(&caller.who);
    let request = if door.path.starts_with("/files/") {
        request.header("tus-resumable", "1.0.0")
    } else {
        request
    };
    door.body.add_to(request, id, own).send().await
}

/// What a reply tells, but for the id it was asked about.
fn told(reply: &Reply, id: &str) -> String {
    reply.text().replace(id, "")
}

#[test]
fn the_table_knows_every_door() {
    let document: Value = Place::empty().run(&["openapi"]).json();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            let known = doors().any(|door| door.method == method && door.documented() == *path);
            assert!(known, "the table of rights does not know {method} {path}");
        }
    }
    for door in doors().filter(|door| door.path.starts_with("/api/")) {
        let (path, method) = (door.documented(), door.method.to_lowercase());
        let is_there = document["paths"][&path][&method].is_object();
        assert!(is_there, "{} {path} is gone", door.method);
    }
}

#[tokio::test]
async fn v8_nobody_opens_a_door_without_saying_who() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    for door in doors() {
        let (id, own) = (door.target.unknown(), door.beside.unknown());
        let reply = knock(&server, &callers.nobody, door, id, own).await;
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
    for door in doors() {
        for caller in &callers.signed_in {
            let caller = &caller.renewed(&server).await;
            let makers = callers.makers_for(caller, door);
            let id = door.target.make(&server, &makers).await;
            let own = door.beside.make(&server, &makers).await;
            let reply = knock(&server, caller, door, &id, &own).await;
            let expected = if caller.passes(door) {
                door.answer
            } else {
                403
            };
            assert_eq!(
                reply.status,
                expected,
                "{} asks {} {}: {}",
                caller.name,
                door.method,
                door.path,
                reply.text(),
            );
        }
    }
}

#[tokio::test]
async fn v8_2_2_what_is_not_yours_reads_like_what_is_not_there() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    for door in doors().filter(|door| door.target != Target::None) {
        for caller in &callers.signed_in {
            let own = callers.makers_for(caller, door);
            let own = door.beside.make(&server, &own).await;
            let unknown = door.target.unknown();
            let nobodys = knock(&server, caller, door, unknown, &own).await;
            let asked = format!("{} asks {} {}", caller.name, door.method, door.path);

            let expected = if caller.passes(door) {
                door.of_others
            } else {
                403
            };
            assert_eq!(nobodys.status, expected, "{asked}: {}", nobodys.text());
            if door.target.is_of_one_account() {
                let makers = callers.makers_elsewhere(caller);
                let theirs = door.target.make(&server, &makers).await;
                let foreign = knock(&server, caller, door, &theirs, &own).await;
                assert_eq!(foreign.status, expected, "{asked}: {}", foreign.text());
                assert_eq!(told(&foreign, &theirs), told(&nobodys, unknown), "{asked}");
            }
            if door.path.contains("{id}") {
                // An address that makes no sense leads nowhere, whoever asks.
                let malformed = knock(&server, caller, door, "nonsense", &own).await;
                let statuses = [expected, 404];
                assert!(
                    statuses.contains(&malformed.status),
                    "{asked}: {malformed:?}"
                );
                if malformed.status == nobodys.status {
                    assert_eq!(malformed.body, nobodys.body, "{asked}");
                }
            }
        }
    }
}

#[tokio::test]
async fn v8_2_2_what_a_colleague_began_answers_as_the_table_says() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    let agents = callers.signed_in.iter();
    for caller in agents.filter(|caller| caller.may(Need::Edit) && !caller.may(Need::Administer)) {
        for door in doors().filter(|door| door.target.is_of_who_began_it()) {
            let makers = callers.makers_beside(caller);
            let id = door.target.make(&server, &makers).await;
            let reply = knock(&server, caller, door, &id, "").await;
            let expected = if caller.passes(door) {
                door.of_colleague
            } else {
                403
            };
            let asked = format!("{} asks {} {}", caller.name, door.method, door.path);
            assert_eq!(reply.status, expected, "{asked}: {}", reply.text());
        }
    }
}

#[tokio::test]
async fn v8_what_lies_in_the_trash_answers_as_the_table_says() {
    let server = Server::fresh();
    let callers = Callers::gather(&server).await;
    let agent = &callers.signed_in[0];
    for door in doors() {
        let things = match door.target {
            Target::Asset => "assets",
            Target::Folder => "folders",
            _ => continue,
        };
        let makers = callers.makers_for(agent, door);
        let id = door.target.make(&server, &makers).await;
        let own = door.beside.make(&server, &makers).await;
        let trashed = server.delete(&format!("/api/v1/{things}/{id}"));
        trashed.by(makers.admin).send().await.expect(200);

        let reply = knock(&server, agent, door, &id, &own).await;
        let expected = if agent.may(door.need) {
            door.trashed
        } else {
            403
        };
        assert_eq!(
            reply.status,
            expected,
            "{} {}: {}",
            door.method,
            door.path,
            reply.text()
        );
    }
}

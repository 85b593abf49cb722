//! `/tags` and `/teams`: of two people who change one at once, the second is told.

use serde_json::{Value, json};

use crate::support::{
    Server,
    people::{Who, id_of},
};

/// Makes something that has a name; what it says of itself, and its address.
async fn made(server: &Server, ben: &Who, path: &str) -> (Value, String) {
    let made = server.post(path).by(ben).json(&json!({ "name": "Sea" }));
    let made = made.send().await.expect(201).json();
    let address = format!("{path}/{}", id_of(&made));
    (made, address)
}

#[tokio::test]
async fn the_second_of_two_who_change_a_tag_or_a_team_is_told() {
    let server = Server::fresh();
    server.account("Acme");
    let ben = server.token("Acme", "administrator");
    for path in ["/api/v1/tags", "/api/v1/teams"] {
        let (made, address) = made(&server, &ben, path).await;
        let rename = async |name: &str, version: Value| {
            let body = json!({ "name": name, "version": version });
            server.patch(&address).by(&ben).json(&body).send().await
        };

        let renamed = rename("Ocean", made["version"].clone()).await;
        assert_eq!(renamed.expect(200).json()["version"], 2);
        let late = rename("Lake", made["version"].clone()).await.expect(409);
        assert_eq!(late.code(), "conflict");
        assert_eq!(late.json()["reason"], "changed_meanwhile");
        let odd = rename("Lake", json!("two")).await;
        assert_eq!(odd.status, 422);

        let listed = server.reads(&ben, path).await;
        let one = &listed["items"][0];
        assert_eq!(
            (&one["name"], &one["version"]),
            (&json!("Ocean"), &json!(2))
        );
    }
}

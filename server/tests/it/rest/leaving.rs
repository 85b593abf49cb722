//! `/tags` and `/teams` that very many carry: what goes answers with a batch to watch.

use futures::{StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::{
    PATIENCE, Part, Server,
    people::{Who, id_of, with_agent},
};

/// One more than are changed while somebody waits.
const VERY_MANY: usize = 1_001;
/// As many come at once.
const AT_ONCE: usize = 24;

/// Brings very many files that carry some tags.
async fn crowd(server: &Server, who: &Who, tags: &str) {
    let bring = async |_| {
        // The same bytes are stored once, however often they come.
        let parts = [
            Part::Field("tags", tags),
            Part::File("a.txt", b"one of many"),
        ];
        server.upload_with(who, &parts).await.expect(201);
    };
    let brought = stream::iter(0..VERY_MANY).map(bring);
    brought.buffer_unordered(AT_ONCE).collect::<()>().await;
}

async fn tag_of(server: &Server, who: &Who, name: &str) -> String {
    let tags = server.reads(who, &format!("/api/v1/tags?q={name}")).await;
    id_of(&tags["items"][0])
}

/// The batch that an answer says to watch, once it is over.
async fn watched(server: &Server, who: &Who, batch: &Value) -> Value {
    assert_eq!(batch["total"], VERY_MANY, "{batch}");
    let path = format!("/api/v1/batches/{}", id_of(batch));
    let over = async {
        loop {
            let told = server.reads(who, &path).await;
            if told["state"] != "running" {
                return told;
            }
        }
    };
    timeout(PATIENCE, over).await.expect("a batch ends in time")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_very_many_carry_goes_with_a_batch_to_watch() {
    let (server, agent) = with_agent();
    let admin = server.token("Acme", "administrator");
    crowd(&server, &agent, "sea,sun").await;
    let (sea, sun) = (
        tag_of(&server, &agent, "sea").await,
        tag_of(&server, &agent, "sun").await,
    );
    let team = server.post("/api/v1/teams").by(&admin);
    let team = team.json(&json!({ "name": "Press" })).send().await;
    let press = id_of(&team.expect(201).json());
    let body = json!({ "name": "light" });
    let light = server.post("/api/v1/tags").by(&agent).json(&body).send();
    let light = id_of(&light.await.expect(201).json());

    let path = format!("/api/v1/tags/{sea}");
    let deleted = server.delete(&path).by(&agent).send().await;
    let deleted = deleted.expect(202).json();
    let again = server.delete(&path).by(&agent).send().await;
    again.expect(404);
    let path = format!("/api/v1/tags/{sun}/merge");
    let merge = server
        .post(&path)
        .by(&agent)
        .json(&json!({ "into": light }));
    let merged = merge.send().await.expect(202).json();
    let body = json!({ "action": "assign", "teams": [press], "filter": {} });
    let assign = server.post("/api/v1/assets/batch").by(&agent).json(&body);
    let assigned = assign.send().await.expect(202).json();
    watched(&server, &agent, &assigned["batch"]).await;
    let path = format!("/api/v1/teams/{press}");
    let left = server.delete(&path).by(&admin).send().await;
    let left = left.expect(202).json();

    for (who, batch) in [(&agent, &deleted), (&agent, &merged), (&admin, &left)] {
        let over = watched(&server, who, batch).await;
        assert_eq!(over["state"], "finished", "{over}");
        assert_eq!(over["changed"], VERY_MANY, "{over}");
    }
    let tags = server.reads(&agent, "/api/v1/tags").await;
    assert_eq!(tags["items"].as_array().unwrap().len(), 1, "{tags}");
    assert_eq!(tags["items"][0]["id"], light.as_str());
    let teams = server.reads(&admin, "/api/v1/teams").await;
    assert_eq!(teams["items"], json!([]));
}

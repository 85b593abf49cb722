//! CS-2: nobody brings a byte who is not let in, whichever way they come.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::support::{
    PATIENCE, Part, Request, Server, files, multipart,
    people::{Who, id_of},
    tus::{location, metadata},
};

/// What an account has that others may try to add to.
struct Theirs {
    folder: String,
    asset: String,
    upload: String,
    part: String,
    /// What they bring.
    note: Bytes,
}

impl Theirs {
    async fn prepare(server: &Server, anna: &Who) -> Self {
        let note = files::note("a stranger", 900);
        let asset = server.upload(anna, "a.txt", &files::note("a", 300)).await;
        let tus = server.tus(anna);
        let half = tus.request("POST", "/files/").header("upload-length", "3");
        let half = half.header("upload-concat", "partial").send().await;
        let part = location(&half.expect(201));
        tus.patch(&part, 0, "abc").send().await.expect(204);
        Self {
            folder: server.folder(anna, "Summer").await,
            asset: id_of(&asset),
            upload: tus.create("b.txt", note.len()).await,
            part,
            note,
        }
    }

    /// Every way in, taken by somebody with a file that would be kept.
    fn ways(&self, server: &Server, who: &Who) -> [(&'static str, Request); 7] {
        let form = multipart(&[
            Part::Field("folder_id", &self.folder),
            Part::File("c.txt", &self.note),
        ]);
        let alone = multipart(&[Part::File("c.txt", &self.note)]);
        let pairs = [("filename", "c.txt"), ("folder_id", self.folder.as_str())];
        let tus = server.tus(who);
        let begin = |length: &str| {
            let request = tus.request("POST", "/files/");
            let request = request.header("upload-metadata", &metadata(&pairs));
            request.header("upload-length", length)
        };
        let whole = begin(&self.note.len().to_string())
            .header("content-type", "application/offset+octet-stream")
            .body(self.note.clone());
        let joined = tus
            .request("POST", "/files/")
            .header("upload-concat", &format!("final;{}", self.part))
            .header("upload-metadata", &metadata(&[("filename", "c.txt")]));
        let versions = format!("/api/v1/assets/{}/versions", self.asset);
        [
            (
                "form",
                server.post("/api/v1/assets").by(who).typed(form.clone()),
            ),
            ("page", server.post("/upload").by(who).typed(form)),
            ("version", server.post(&versions).by(who).typed(alone)),
            ("upload begun", begin("900000")),
            ("upload whole", whole),
            ("piece", tus.patch(&self.upload, 0, self.note.clone())),
            ("parts joined", joined),
        ]
    }
}

/// All that somebody's account holds, and all that lies on its way on the machine.
async fn held(server: &Server, who: &Who) -> (Vec<String>, Value, u64) {
    let assets = server.reads(who, "/api/v1/assets").await;
    let assets = assets["items"].as_array().unwrap().iter().map(id_of);
    let assets = assets.collect();
    let usage = server.reads(who, "/api/v1/usage").await;
    let staged = server.files_in("data/staging").into_iter();
    let staged = staged.filter_map(|file| std::fs::metadata(file).ok());
    (assets, usage, staged.map(|found| found.len()).sum())
}

/// Everybody who is not let in: without a token, with a made-up one, with one that was taken back
/// or whose maker was switched off, with a session that was ended and with one that is over.
async fn outcasts(server: &Server) -> [Who; 7] {
    let admin = server.person("Acme", "op@example.com", "administrator", true);
    let admin = admin.await;
    let ben = server.person("Acme", "ben@example.com", "administrator", false);
    let ben = ben.await;
    let make = async |by: &Who| {
        let body = json!({ "name": "Program", "role": "agent" });
        let made = server.post("/api/v1/tokens").by(by).json(&body).send();
        made.await.expect(201).json()
    };
    let token = |made: &Value| Who::Token(made["secret"].as_str().unwrap().to_owned());

    let (his, revoked) = (make(&ben).await, make(&admin).await);
    let path = format!("/api/v1/tokens/{}", id_of(&revoked));
    server.delete(&path).by(&admin).send().await.expect(200);
    let people = server.reads(&admin, "/api/v1/users").await;
    let people = people["items"].as_array().unwrap();
    let found = people
        .iter()
        .find(|user| user["email"] == "ben@example.com");
    let path = format!("/api/v1/users/{}/disable", id_of(found.expect("ben")));
    server.post(&path).by(&admin).send().await.expect(200);
    let cora = server.person("Acme", "cora@example.com", "agent", false);
    let cora = cora.await;
    server.post("/sign-out").by(&cora).send().await.expect(303);
    [
        Who::Nobody,
        Who::Token("sat_made-up".to_owned()),
        token(&revoked),
        token(&his),
        ben,
        cora,
        expired(server).await,
    ]
}

/// A page of another program whose session is over.
async fn expired(server: &Server) -> Who {
    let host = server.token("Acme", "agent");
    let page = server.embeds(&host, &json!({ "expires_in": 1 })).await;
    let over = async {
        let current = || server.get("/api/v1/embed/sessions/current").by(&page);
        while current().send().await.status == 200 {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, over).await;
    waited.expect("a session ends");
    page
}

#[tokio::test]
async fn cs_2_who_is_not_let_in_leaves_nothing_by_any_way() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server.token("Acme", "agent");
    let theirs = Theirs::prepare(&server, &anna).await;
    let before = held(&server, &anna).await;

    for who in outcasts(&server).await {
        for (way, request) in theirs.ways(&server, &who) {
            let reply = request.send().await;
            assert_eq!(reply.status, 401, "{way} by {who:?}: {}", reply.text());
        }
    }

    assert_eq!(held(&server, &anna).await, before);
}

#[tokio::test]
async fn cs_2_the_token_of_another_account_leaves_nothing_by_any_way() {
    let server = Server::fresh();
    server.account("Acme");
    server.account("Elsewhere");
    let anna = server.token("Acme", "agent");
    let mallory = server.token("Elsewhere", "administrator");
    let theirs = Theirs::prepare(&server, &anna).await;
    let before = (held(&server, &anna).await, held(&server, &mallory).await);

    for (way, request) in theirs.ways(&server, &mallory) {
        let reply = request.send().await;
        if way == "page" {
            let told = reply.expect(303).header("location").to_owned();
            assert!(told.contains("problem=not_found"), "{told}");
        } else {
            assert_eq!(reply.status, 404, "{way}: {}", reply.text());
        }
    }

    let after = (held(&server, &anna).await, held(&server, &mallory).await);
    assert_eq!(after, before);
}

//! People and programs: each with what proves who they are.

use serde_json::Value;

use super::{Part, Reply, Request, Server, form, multipart};

/// A password that is long enough and on no list.
pub const PASSWORD: &str = "correct horse battery staple 7";

/// Somebody who asks a server.
#[derive(Clone, Debug)]
pub enum Who {
    Nobody,
    Token(String),
    Cookie(String),
}

impl Request {
    /// Asks as somebody.
    pub fn by(self, who: &Who) -> Self {
        match who {
            Who::Nobody => self,
            Who::Token(token) => self.bearer(token),
            Who::Cookie(cookie) => self.cookie(cookie),
        }
    }
}

impl Server {
    /// Makes an account.
    pub fn account(&self, name: &str) {
        self.place.run(&["account", "create", name]);
    }

    /// Makes a token in an account.
    pub fn token(&self, account: &str, role: &str) -> Who {
        self.token_for(account, role, &[])
    }

    /// Makes a token in an account that is good for some things only.
    pub fn token_for(&self, account: &str, role: &str, scopes: &[&str]) -> Who {
        let mut command = vec!["token", "create", "--account", account, "--role", role];
        for scope in scopes {
            command.extend(["--scope", scope]);
        }
        Who::Token(self.place.run(&command).out.trim().to_owned())
    }

    /// Adds a person and signs them in.
    pub async fn person(&self, account: &str, email: &str, role: &str, operator: bool) -> Who {
        let mut command = vec![
            "user",
            "create",
            "--account",
            account,
            "--email",
            email,
            "--role",
            role,
            "--password-stdin",
        ];
        if operator {
            command.push("--operator");
        }
        let said = self.place.try_run(&command, PASSWORD);
        assert_eq!(said.code, 0, "{said:?}");
        self.signs_in(email).await
    }

    /// Signs a person in.
    pub async fn signs_in(&self, email: &str) -> Who {
        let reply = self.try_sign_in(email, PASSWORD).await.expect(303);
        Who::Cookie(cookie_of(&reply).expect("a session"))
    }

    /// Tries to sign a person in.
    pub async fn try_sign_in(&self, email: &str, password: &str) -> Reply {
        let fields = form(&[("email", email), ("password", password)]);
        self.post("/sign-in").typed(fields).send().await
    }

    /// Lets a page of another program in for everything, with some things changed.
    pub async fn embeds(&self, host: &Who, change: &Value) -> Who {
        let made = self.embed_session(host, change).await;
        Who::Token(made["token"].as_str().expect("a token").to_owned())
    }

    /// Makes a session for a page of another program, for everything but what is changed.
    pub async fn embed_session(&self, host: &Who, change: &Value) -> Value {
        let mut wanted = serde_json::json!({
            "origin": "https://desk.example.com",
            "scopes": ["browse", "upload", "crop", "share"],
            "expires_in": 3_600,
            "used_in": { "kind": "page", "reference": "welcome" },
        });
        for (name, value) in change.as_object().expect("what is changed") {
            wanted[name] = value.clone();
        }
        let request = self.post("/api/v1/embed/sessions").by(host).json(&wanted);
        request.send().await.expect(201).json()
    }

    /// Brings a file and gives back its asset.
    pub async fn upload(&self, who: &Who, name: &str, bytes: &[u8]) -> Value {
        self.upload_with(who, &[Part::File(name, bytes)])
            .await
            .expect(201)
            .json()
    }

    /// Sends a form that brings a file.
    pub async fn upload_with(&self, who: &Who, parts: &[Part<'_>]) -> Reply {
        self.post("/api/v1/assets")
            .by(who)
            .typed(multipart(parts))
            .send()
            .await
    }

    /// Makes a folder and gives back its id.
    pub async fn folder(&self, who: &Who, name: &str) -> String {
        let body = serde_json::json!({ "name": name });
        let made = self
            .post("/api/v1/folders")
            .by(who)
            .json(&body)
            .send()
            .await;
        id_of(&made.expect(201).json())
    }

    /// Reads a resource.
    pub async fn reads(&self, who: &Who, path: &str) -> Value {
        self.get(path).by(who).send().await.expect(200).json()
    }
}

/// A server with one account and a token of an agent in it.
pub fn with_agent() -> (Server, Who) {
    let server = Server::fresh();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    (server, agent)
}

/// The id of whatever the API tells about.
#[track_caller]
pub fn id_of(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// The cookie a reply gives, as a browser sends it back.
pub fn cookie_of(reply: &Reply) -> Option<String> {
    let cookie = reply.header("set-cookie").split(';').next()?;
    (!cookie.is_empty()).then(|| cookie.to_owned())
}

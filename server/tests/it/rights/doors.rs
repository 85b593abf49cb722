//! How each door is knocked at: with which body, and on what.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::support::{
    Part, Request, Server, files, multipart,
    people::{PASSWORD, Who, id_of},
    tus::location,
};

/// What a door works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    None,
    Asset,
    Folder,
    User,
    Token,
    Account,
    Upload,
    Batch,
    Trashed,
    Invitation,
    Session,
    Tag,
    Team,
}

/// What is sent along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    None,
    Empty,
    Password,
    File,
    Rename,
    Folder,
    User,
    Role,
    Invitation,
    Token,
    Account,
    Length,
    Bytes,
    Batch,
    Zip,
    Placement,
    Crop,
    Picture,
    Fit,
    Usage,
    Scan,
    /// Into one that the account has not.
    Merge,
}

/// A word nobody has used before.
pub fn fresh_word() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("word{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Body {
    /// Adds what is sent along to a request.
    pub fn add_to(self, request: Request) -> Request {
        let word = fresh_word();
        match self {
            Self::None => request,
            Self::Empty => request.json(&json!({})),
            Self::Password => {
                request.json(&json!({ "old_password": PASSWORD, "new_password": PASSWORD }))
            }
            Self::File => {
                let note = files::note(&word, 50);
                request.typed(multipart(&[Part::File("a.txt", &note)]))
            }
            Self::Rename | Self::Folder | Self::Account => request.json(&json!({ "name": word })),
            Self::User => {
                let email = format!("{word}@example.com");
                request.json(&json!({ "email": email, "name": word, "role": "agent" }))
            }
            Self::Role => request.json(&json!({ "role": "administrator" })),
            Self::Invitation => {
                let email = format!("{word}@example.com");
                request.json(&json!({ "email": email, "role": "agent" }))
            }
            Self::Token => request.json(&json!({ "name": word, "role": "agent" })),
            Self::Zip => request.json(&json!({ "ids": [Target::Asset.unknown()] })),
            Self::Batch => {
                let ids = [Target::Asset.unknown()];
                request.json(&json!({ "action": "archive", "ids": ids }))
            }
            Self::Merge => request.json(&json!({ "into": "tag_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" })),
            Self::Crop => request.json(&json!({ "edit": {}, "as": "copy" })),
            Self::Picture => {
                let photo = files::photo();
                request.typed(multipart(&[Part::File("a.jpg", &photo)]))
            }
            Self::Fit => request.json(&json!({ "placements": ["push-web-image"] })),
            Self::Usage => request.json(&json!({ "kind": "page", "reference": word })),
            Self::Scan => request.json(&json!({ "kind": "page", "reference": word, "html": "" })),
            Self::Placement => request.json(&crate::rest::own_placement()),
            Self::Length => request.header("upload-length", "1000"),
            Self::Bytes => request
                .header("content-type", "application/offset+octet-stream")
                .header("upload-offset", "0")
                .body("some bytes"),
        }
    }
}

impl Target {
    /// Makes one that belongs to somebody: an upload is theirs alone, all else their account's.
    pub async fn make(self, server: &Server, admin: &Who, own: &Who) -> String {
        let word = fresh_word();
        match self {
            Self::None => String::new(),
            Self::Asset => {
                let photo = files::sample("sideways.jpg");
                id_of(&server.upload(admin, "a.jpg", &photo).await)
            }
            Self::Folder => server.folder(admin, &word).await,
            Self::Batch => self.unknown().to_owned(),
            Self::Trashed => {
                let note = files::note(&word, 50);
                let id = id_of(&server.upload(admin, "a.txt", &note).await);
                let trashed = server.delete(&format!("/api/v1/assets/{id}")).by(admin);
                trashed.send().await.expect(200);
                id
            }
            Self::User => {
                let made = Body::User.add_to(server.post("/api/v1/users").by(admin));
                id_of(&made.send().await.expect(201).json())
            }
            Self::Token => {
                let made = Body::Token.add_to(server.post("/api/v1/tokens").by(admin));
                id_of(&made.send().await.expect(201).json())
            }
            Self::Invitation => {
                let made = Body::Invitation.add_to(server.post("/api/v1/invitations").by(admin));
                id_of(&made.send().await.expect(201).json())
            }
            Self::Session => match own {
                Who::Cookie(_) => id_of(&server.reads(own, "/api/v1/sessions").await["items"][0]),
                Who::Token(_) | Who::Nobody => self.unknown().to_owned(),
            },
            Self::Tag | Self::Team => {
                let path = if self == Self::Tag { "tags" } else { "teams" };
                let path = format!("/api/v1/{path}");
                let made = Body::Rename.add_to(server.post(&path).by(admin));
                id_of(&made.send().await.expect(201).json())
            }
            Self::Account => {
                let said = server.place.run(&["account", "create", &word, "--json"]);
                id_of(&said.json())
            }
            Self::Upload => {
                let begun = server.tus(own).request("POST", "/files/");
                let begun = begun
                    .header("upload-length", "1000")
                    .send()
                    .await
                    .expect(201);
                location(&begun).rsplit('/').next().unwrap().to_owned()
            }
        }
    }

    /// An id of this sort that nothing has.
    pub fn unknown(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Asset | Self::Trashed => "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Batch => "bat_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Folder => "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::User => "usr_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Token => "tok_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Account => "acc_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Invitation => "inv_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Session => "ses_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Tag => "tag_01J8Z3V5T0M6W2Q4R8X9Y7B1CE",
            Self::Team => "tea_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Upload => "upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
        }
    }
}

//! What a door works on, made for each knock.

use serde_json::{Value, json};

use super::body::{Body, fresh_word};
use crate::support::{
    Request, Server, files,
    people::{Who, id_of},
    tus::location,
};

/// What a door works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    None,
    Asset,
    Trashed,
    Folder,
    Tag,
    /// A tag that was deleted.
    GoneTag,
    Team,
    /// A team that was deleted.
    GoneTeam,
    User,
    Invitation,
    Session,
    Token,
    Webhook,
    /// A session for a page of another program.
    EmbedSession,
    Account,
    /// An account with a placement of its own.
    Placed,
    Batch,
    Upload,
    /// An upload that is one part of a whole, and has all its bytes.
    Part,
}

/// Who makes what a door works on.
pub struct Makers<'a> {
    /// Makes all that belongs to the account.
    pub admin: &'a Who,
    /// Begins what is of whoever began it.
    pub beginner: &'a Who,
    /// Has a session, where who begins things is a program and has none.
    pub person: &'a Who,
    /// Makes accounts.
    pub operator: &'a Who,
}

impl Target {
    /// Whether each of them is of one account; accounts themselves are of operators.
    pub const fn is_of_one_account(self) -> bool {
        !matches!(self, Self::None | Self::Account | Self::Placed)
    }

    /// Whether it is of whoever began it, and not of all in the account.
    pub const fn is_of_who_began_it(self) -> bool {
        matches!(
            self,
            Self::Session | Self::EmbedSession | Self::Batch | Self::Upload | Self::Part
        )
    }

    /// Makes one.
    pub async fn make(self, server: &Server, makers: &Makers<'_>) -> String {
        let Makers {
            admin,
            beginner,
            person,
            operator,
        } = makers;
        match self {
            Self::None => String::new(),
            Self::Asset => {
                let photo = files::sample("sideways.jpg");
                id_of(&server.upload(admin, "a.jpg", &photo).await)
            }
            Self::Trashed => {
                let id = note(server, admin).await;
                let trashed = server.delete(&format!("/api/v1/assets/{id}")).by(admin);
                trashed.send().await.expect(200);
                id
            }
            Self::Folder => server.folder(admin, &fresh_word()).await,
            Self::Tag => posted(server.post("/api/v1/tags").by(admin), Body::Name).await,
            Self::Team => posted(server.post("/api/v1/teams").by(admin), Body::Name).await,
            Self::GoneTag => {
                let id = posted(server.post("/api/v1/tags").by(admin), Body::Name).await;
                let gone = server.delete(&format!("/api/v1/tags/{id}")).by(admin);
                gone.send().await.expect(204);
                id
            }
            Self::GoneTeam => {
                let id = posted(server.post("/api/v1/teams").by(admin), Body::Name).await;
                let gone = server.delete(&format!("/api/v1/teams/{id}")).by(admin);
                gone.send().await.expect(204);
                id
            }
            Self::User => posted(server.post("/api/v1/users").by(admin), Body::User).await,
            Self::Invitation => {
                let request = server.post("/api/v1/invitations").by(admin);
                posted(request, Body::Invitation).await
            }
            Self::Token => posted(server.post("/api/v1/tokens").by(admin), Body::Token).await,
            Self::Webhook => {
                let request = server.post("/api/v1/webhooks").by(admin);
                posted(request, Body::Webhook).await
            }
            Self::EmbedSession => {
                // Of people, administrators alone make one.
                let maker = match beginner {
                    Who::Token(_) => beginner,
                    Who::Cookie(_) | Who::Nobody => admin,
                };
                let request = server.post("/api/v1/embed/sessions").by(maker);
                posted(request, Body::EmbedSession).await
            }
            Self::Session => {
                let signed_in = match beginner {
                    Who::Cookie(_) => beginner,
                    Who::Token(_) | Who::Nobody => person,
                };
                let sessions = server.reads(signed_in, "/api/v1/sessions").await;
                id_of(&sessions["items"][0])
            }
            Self::Account => posted(server.post("/api/v1/accounts").by(operator), Body::Name).await,
            Self::Placed => {
                let id = posted(server.post("/api/v1/accounts").by(operator), Body::Name).await;
                let path = format!("/api/v1/accounts/{id}/placements");
                let placed = Body::Placement.add_to(server.post(&path).by(operator), "", "");
                placed.send().await.expect(200);
                id
            }
            Self::Batch => {
                let body = json!({ "action": "archive", "ids": [note(server, admin).await] });
                let request = server.post("/api/v1/assets/batch").by(beginner);
                let answer: Value = request.json(&body).send().await.expect(200).json();
                answer["undo"].as_str().expect("a batch").to_owned()
            }
            Self::Upload => {
                let begun = server.tus(beginner).request("POST", "/files/");
                let begun = begun.header("upload-length", "1000").send().await;
                last_word(&location(&begun.expect(201)))
            }
            Self::Part => {
                let note = files::note(&fresh_word(), 50);
                let begun = server.tus(beginner).request("POST", "/files/");
                let begun = begun
                    .header("upload-concat", "partial")
                    .header("upload-length", &note.len().to_string())
                    .header("content-type", "application/offset+octet-stream")
                    .body(note);
                last_word(&location(&begun.send().await.expect(201)))
            }
        }
    }

    /// An id of this sort that nothing has.
    pub fn unknown(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Asset | Self::Trashed => "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Folder => "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Tag | Self::GoneTag => "tag_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Team | Self::GoneTeam => "tea_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::User => "usr_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Invitation => "inv_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Session => "ses_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Token => "tok_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::EmbedSession => "emb_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Account | Self::Placed => "acc_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Batch => "bat_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Upload | Self::Part => "upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
            Self::Webhook => "whk_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
        }
    }
}

/// A text that the account has not, brought.
async fn note(server: &Server, who: &Who) -> String {
    let note = files::note(&fresh_word(), 50);
    id_of(&server.upload(who, "a.txt", &note).await)
}

/// The id of what a request makes.
async fn posted(request: Request, body: Body) -> String {
    let made = body.add_to(request, "", "").send().await;
    id_of(&made.expect(201).json())
}

fn last_word(address: &str) -> String {
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

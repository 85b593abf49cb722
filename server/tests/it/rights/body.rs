//! What is sent along when a door is knocked at.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::support::{Part, Request, files, multipart, people::PASSWORD, tus::metadata};

/// What is sent along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    None,
    Empty,
    /// A name nothing has.
    Name,
    Password,
    File,
    /// A file that shall lie in the folder asked for.
    FileInto,
    /// An asset to be moved to the folder asked for.
    Move,
    /// All assets to be moved there.
    MoveAll,
    /// A folder to be made in the folder asked for.
    Subfolder,
    /// A folder to be moved there.
    MoveFolder,
    /// The asset asked for, as the only one of a batch.
    Batch,
    /// The same, as the only one of a zip.
    Zip,
    Crop,
    Picture,
    Usage,
    Scan,
    /// All that is in sight.
    Filter,
    Fit,
    Placement,
    /// The tag asked for, to be carried instead of one's own.
    Merge,
    /// A tag of one's own, to be carried instead of the one asked for.
    MergeIntoOwn,
    /// A team of the person asked for.
    Team,
    User,
    Role,
    Invitation,
    Token,
    /// A place that is told of hardly anything, and cannot be found.
    Webhook,
    EmbedSession,
    /// A session for the folder asked for.
    EmbedInto,
    Length,
    /// The length of an upload that shall lie in the folder asked for.
    LengthInto,
    Bytes,
    /// The upload asked for, as the only part of a whole.
    Concat,
}

/// A word nobody has used before.
pub fn fresh_word() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("word{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Body {
    /// Adds what is sent along to a request for something, and for something of one's own.
    pub fn add_to(self, request: Request, id: &str, own: &str) -> Request {
        let word = fresh_word();
        let email = format!("{word}@example.com");
        match self {
            Self::None => request,
            Self::Empty => request.json(&json!({})),
            Self::Name => request.json(&json!({ "name": word })),
            Self::Password => {
                request.json(&json!({ "old_password": PASSWORD, "new_password": PASSWORD }))
            }
            Self::File => {
                let note = files::note(&word, 50);
                request.typed(multipart(&[Part::File("a.txt", &note)]))
            }
            Self::FileInto => {
                let note = files::note(&word, 50);
                let parts = [Part::Field("folder_id", id), Part::File("a.txt", &note)];
                request.typed(multipart(&parts))
            }
            Self::Picture => {
                let photo = files::photo();
                request.typed(multipart(&[Part::File("a.jpg", &photo)]))
            }
            // Where embed sessions of stories are for, who know of no other place.
            Self::Usage => request.json(&json!({ "kind": "page", "reference": "welcome" })),
            Self::Scan => request.json(&json!({ "kind": "page", "reference": word, "html": "" })),
            Self::Filter => request.json(&json!({ "filter": {} })),
            Self::Move => request.json(&json!({ "folder_id": id })),
            Self::MoveAll => {
                request.json(&json!({ "action": "move", "folder_id": id, "filter": {} }))
            }
            Self::Subfolder => request.json(&json!({ "name": word, "parent_id": id })),
            Self::MoveFolder => request.json(&json!({ "parent_id": id })),
            Self::Batch => request.json(&json!({ "action": "archive", "ids": [id] })),
            Self::Zip => request.json(&json!({ "ids": [id] })),
            Self::Crop => request.json(&json!({ "edit": {}, "as": "copy" })),
            Self::Fit => request.json(&json!({ "placements": ["push-web-image"] })),
            Self::Placement => request.json(&crate::rest::own_placement()),
            Self::Merge => request.json(&json!({ "into": id })),
            Self::MergeIntoOwn => request.json(&json!({ "into": own })),
            Self::Team => request.json(&json!({ "name": word, "members": [id] })),
            Self::User => request.json(&json!({ "email": email, "name": word, "role": "agent" })),
            Self::Role => request.json(&json!({ "role": "administrator" })),
            Self::Invitation => request.json(&json!({ "email": email, "role": "agent" })),
            Self::Token => request.json(&json!({ "name": word, "role": "agent" })),
            Self::Webhook => request.json(&json!({
                "name": word,
                "url": "https://hooks.example.invalid/satchel",
                "events": ["storage.critical"],
            })),
            Self::EmbedSession => request.json(&json!({ "origin": "https://desk.example.com" })),
            Self::EmbedInto => {
                request.json(&json!({ "origin": "https://desk.example.com", "folder_id": id }))
            }
            Self::Length => request.header("upload-length", "1000"),
            Self::LengthInto => request
                .header("upload-length", "1000")
                .header("upload-metadata", &metadata(&[("folder_id", id)])),
            Self::Bytes => request
                .header("content-type", "application/offset+octet-stream")
                .header("upload-offset", "0")
                .body("some bytes"),
            Self::Concat => request.header("upload-concat", &format!("final;/files/{id}")),
        }
    }
}

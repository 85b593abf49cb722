//! The table of rights: every door, what it asks for, and what it answers.

use super::doors::{Body, Target};

/// What a door asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it is open to everybody.
    Open,
    /// To see the library.
    View,
    /// To change it.
    Edit,
    /// To manage people, tokens and settings.
    Administer,
    /// To manage accounts.
    Operate,
    /// To be a person: programs have no password and no session.
    Person,
}

/// A door: its method and path, what it asks for, what it works on, and how it answers.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    pub method: &'static str,
    pub path: &'static str,
    pub need: Need,
    pub target: Target,
    pub body: Body,
    /// The answer to somebody who may.
    pub answer: u16,
    /// The answer where the target lies in the trash.
    pub trashed: u16,
}

const fn door(
    method: &'static str,
    path: &'static str,
    need: Need,
    target: Target,
    body: Body,
    answer: u16,
) -> Door {
    Door {
        method,
        path,
        need,
        target,
        body,
        answer,
        trashed: answer,
    }
}

impl Door {
    const fn in_trash(mut self, answer: u16) -> Self {
        self.trashed = answer;
        self
    }
}

/// Every door of the interface; one that is missing here fails the test.
pub const DOORS: &[Door] = &[
    // About the one who asks
    door(
        "GET",
        "/api/v1/me",
        Need::View,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "PATCH",
        "/api/v1/me",
        Need::Person,
        Target::None,
        Body::Rename,
        200,
    ),
    door(
        "POST",
        "/api/v1/me/password",
        Need::Person,
        Target::None,
        Body::Password,
        204,
    ),
    door(
        "GET",
        "/api/v1/limits",
        Need::View,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/usage",
        Need::View,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/sessions",
        Need::Person,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "DELETE",
        "/api/v1/sessions",
        Need::Person,
        Target::None,
        Body::None,
        204,
    ),
    // Assets
    door(
        "GET",
        "/api/v1/assets",
        Need::View,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/assets",
        Need::Edit,
        Target::None,
        Body::File,
        201,
    ),
    door(
        "GET",
        "/api/v1/assets/{id}",
        Need::View,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "PATCH",
        "/api/v1/assets/{id}",
        Need::Edit,
        Target::Asset,
        Body::Rename,
        200,
    ),
    door(
        "DELETE",
        "/api/v1/assets/{id}",
        Need::Edit,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/assets/{id}/restore",
        Need::Edit,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/assets/{id}/content",
        Need::View,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/assets/{id}/renditions/thumb",
        Need::View,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/assets/{id}/links",
        Need::View,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/assets/{id}/share",
        Need::Edit,
        Target::Asset,
        Body::None,
        200,
    )
    .in_trash(409),
    door(
        "DELETE",
        "/api/v1/assets/{id}/share",
        Need::Edit,
        Target::Asset,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/assets/{id}/archive",
        Need::Edit,
        Target::Asset,
        Body::None,
        200,
    )
    .in_trash(409),
    door(
        "POST",
        "/api/v1/assets/{id}/unarchive",
        Need::Edit,
        Target::Asset,
        Body::None,
        200,
    )
    .in_trash(409),
    door(
        "POST",
        "/api/v1/assets/batch",
        Need::Edit,
        Target::None,
        Body::Batch,
        200,
    ),
    // One that is not there: its own stories begin real ones.
    door(
        "GET",
        "/api/v1/batches/{id}",
        Need::View,
        Target::Batch,
        Body::None,
        404,
    ),
    door(
        "POST",
        "/api/v1/batches/{id}/cancel",
        Need::Edit,
        Target::Batch,
        Body::None,
        404,
    ),
    door(
        "DELETE",
        "/api/v1/trash",
        Need::Administer,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "DELETE",
        "/api/v1/trash/{id}",
        Need::Administer,
        Target::Trashed,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/assets/zip",
        Need::View,
        Target::None,
        Body::Zip,
        404,
    ),
    // Places and words
    door(
        "GET",
        "/api/v1/folders",
        Need::View,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/folders",
        Need::Edit,
        Target::None,
        Body::Folder,
        201,
    ),
    door(
        "GET",
        "/api/v1/folders/{id}",
        Need::View,
        Target::Folder,
        Body::None,
        200,
    ),
    door(
        "PATCH",
        "/api/v1/folders/{id}",
        Need::Edit,
        Target::Folder,
        Body::Rename,
        200,
    ),
    door(
        "GET",
        "/api/v1/folders/{id}/contents",
        Need::View,
        Target::Folder,
        Body::None,
        200,
    ),
    door(
        "DELETE",
        "/api/v1/folders/{id}",
        Need::Administer,
        Target::Folder,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/folders/{id}/restore",
        Need::Edit,
        Target::Folder,
        Body::None,
        200,
    ),
    // An empty one has nothing to download.
    door(
        "GET",
        "/api/v1/folders/{id}/zip",
        Need::View,
        Target::Folder,
        Body::None,
        409,
    ),
    door(
        "GET",
        "/api/v1/tags",
        Need::View,
        Target::None,
        Body::None,
        200,
    ),
    // Administration
    door(
        "GET",
        "/api/v1/users",
        Need::Administer,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/users",
        Need::Administer,
        Target::None,
        Body::User,
        201,
    ),
    door(
        "POST",
        "/api/v1/users/{id}/disable",
        Need::Administer,
        Target::User,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/users/{id}/enable",
        Need::Administer,
        Target::User,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/tokens",
        Need::Administer,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/tokens",
        Need::Administer,
        Target::None,
        Body::Token,
        201,
    ),
    door(
        "DELETE",
        "/api/v1/tokens/{id}",
        Need::Administer,
        Target::Token,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/audit",
        Need::Administer,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "GET",
        "/api/v1/accounts",
        Need::Operate,
        Target::None,
        Body::None,
        200,
    ),
    door(
        "POST",
        "/api/v1/accounts",
        Need::Operate,
        Target::None,
        Body::Account,
        201,
    ),
    door(
        "PATCH",
        "/api/v1/accounts/{id}",
        Need::Operate,
        Target::Account,
        Body::Empty,
        200,
    ),
    // Uploads, which belong to whoever began them
    door(
        "OPTIONS",
        "/files/",
        Need::Open,
        Target::None,
        Body::None,
        204,
    ),
    door(
        "POST",
        "/files/",
        Need::Edit,
        Target::None,
        Body::Length,
        201,
    ),
    door(
        "HEAD",
        "/files/{id}",
        Need::Edit,
        Target::Upload,
        Body::None,
        200,
    ),
    door(
        "PATCH",
        "/files/{id}",
        Need::Edit,
        Target::Upload,
        Body::Bytes,
        204,
    ),
    door(
        "DELETE",
        "/files/{id}",
        Need::Edit,
        Target::Upload,
        Body::None,
        204,
    ),
    // Open to everybody
    door("GET", "/healthz", Need::Open, Target::None, Body::None, 200),
    door("GET", "/readyz", Need::Open, Target::None, Body::None, 200),
    door(
        "GET",
        "/openapi.json",
        Need::Open,
        Target::None,
        Body::None,
        200,
    ),
];

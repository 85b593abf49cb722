//! The doors that tell where a one-use link leads, while it works.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::invitation::Welcome;

use super::Failure;

/// What somebody with an invitation's link joins.
#[server(prefix = "/rpc", endpoint = "find_invitation", input = Json)]
pub async fn find_invitation(token: String) -> Result<Option<Welcome>, Failure> {
    use super::context::library;
    use model::Secret;

    Ok(library().find_invitation(&Secret::new(token)).await?)
}

/// Who chooses a new password by a link.
#[server(prefix = "/rpc", endpoint = "find_password_reset", input = Json)]
pub async fn find_password_reset(token: String) -> Result<Option<Welcome>, Failure> {
    use super::context::library;
    use model::Secret;

    Ok(library().find_password_reset(&Secret::new(token)).await?)
}

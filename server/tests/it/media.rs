//! Bytes on their way out, for members, for signed links and for everybody.

mod caches;
mod conditional;
mod content;
mod links;
mod nginx;
mod ranges;
mod renditions;
mod shared;

use crate::support::{
    Server, files,
    people::{Who, id_of, with_agent},
};

/// A server with a photo in it, and the photo's id.
async fn with_photo() -> (Server, Who, String) {
    let (server, agent) = with_agent();
    let asset = server
        .upload(&agent, "astronaut.jpg", &files::photo())
        .await;
    let id = id_of(&asset);
    (server, agent, id)
}

//! The commands, one a file: each a thin door to the same library the server opens.

pub mod account;
pub mod decoder;
pub mod doctor;
pub mod fsck;
pub mod gc;
pub mod migrate;
pub mod openapi;
pub mod serve;
pub mod token;
pub mod user;

use library::Actor;
use model::id::Id;

/// Somebody at the command line: whoever can read the database may do everything.
fn somebody() -> Actor {
    Actor::system(model::AccountId::from_parts(0, 0))
}

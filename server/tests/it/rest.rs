//! The REST interface, one resource a file.

mod accounts;
mod assets;
mod audit;
mod batches;
mod create_asset;
mod crops;
mod events;
mod folders;
mod idempotency;
mod invitations;
mod leaving;
mod lists;
mod me;
mod placements;
mod tokens;
mod users;

pub use placements::own_placement;

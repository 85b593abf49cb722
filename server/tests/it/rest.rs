//! The REST interface, one resource a file.

mod accounts;
mod assets;
mod audit;
mod batches;
mod create_asset;
mod crops;
mod embed;
mod events;
mod folders;
mod idempotency;
mod invitations;
mod leaving;
mod lists;
mod me;
mod placements;
mod plain_copies;
mod rate_limits;
mod tags;
mod tokens;
mod used_in;
mod users;
mod versions;
mod webhooks;
mod zips;

pub use placements::own_placement;

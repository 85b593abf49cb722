//! Typed doors to the library: each finds the library and who asks, and steps through.
//!
//! Every one of them is a public address; rights are checked inside the library.

pub mod assets;
pub mod batches;
#[cfg(feature = "ssr")]
pub mod context;
pub mod copies;
pub mod crop;
pub mod embed;
mod failure;
pub mod folders;
mod json;
pub mod leaving;
pub mod links;
pub mod me;
pub mod placements;
pub mod previews;
pub mod settings;
pub mod setup;
pub mod tags;
pub mod teams;
pub mod usage;
pub mod used_in;
pub mod versions;
pub mod webhooks;
pub mod zips;

pub use failure::Failure;
pub use json::Json;

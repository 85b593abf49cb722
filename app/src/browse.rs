//! The library page: tree, toolbar, grid, details, and the one state they share.

mod anchor;
mod backdrop;
pub(crate) mod breakdown;
mod changing;
pub(crate) mod content;
mod copies;
mod desk;
pub(crate) mod details;
mod empty;
mod fields;
pub(crate) mod find;
mod folders;
mod grid;
mod history;
mod keys;
mod layout;
mod leaving;
mod live;
mod marks;
mod meter;
mod places;
pub(crate) mod preview;
mod selection;
mod sharing;
mod shelf;
pub(crate) mod tidy;
pub(crate) mod tile;
mod toolbar;
mod tree;
mod used_in;

pub use desk::{Desk, Opening, use_desk};
pub use layout::LibraryView;

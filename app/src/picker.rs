//! The picker: people choose files of the library where they write messages.
//!
//! One component, which a page for other programs shows (`page`) and a dialog of ours may. It talks
//! REST, as the token of an embed session opens nothing else. What it goes by is plain and tested
//! with everything else; what draws is compiled for its own client.

pub mod asking;
pub mod chosen;
pub mod opening;
pub mod saying;

#[cfg(feature = "picker")]
mod bring;
#[cfg(feature = "picker")]
mod choose;
#[cfg(feature = "picker")]
pub mod cropping;
#[cfg(feature = "picker")]
mod door;
#[cfg(feature = "picker")]
mod fit;
#[cfg(feature = "picker")]
mod foot;
#[cfg(feature = "picker")]
mod grid;
#[cfg(feature = "picker")]
mod head;
#[cfg(feature = "picker")]
mod list;
#[cfg(feature = "picker")]
pub mod page;
#[cfg(feature = "picker")]
mod picture;
#[cfg(feature = "picker")]
mod place;
#[cfg(feature = "picker")]
mod port;
#[cfg(feature = "picker")]
mod session;
#[cfg(feature = "picker")]
mod side;
#[cfg(feature = "picker")]
mod state;
#[cfg(feature = "picker")]
mod tray;
#[cfg(feature = "picker")]
mod whole;

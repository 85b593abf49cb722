//! The crop editor: a dark stage over the whole screen, which comes when it is wanted.

mod dialog;
#[cfg(not(feature = "picker"))]
mod door;
mod hand;
mod keys;
mod mock;
mod numbers;
pub mod outline;
mod panel;
mod picture;
#[cfg(not(feature = "picker"))]
mod save;
mod stage;
mod studio;
// What is cropped, and what becomes of it: files of the library, or those of the picker.
#[cfg_attr(feature = "picker", path = "crop/picked.rs")]
mod subject;
mod tools;

#[cfg(feature = "picker")]
pub use dialog::editor;
#[cfg(not(feature = "picker"))]
pub use door::{Crop, PART, crop_file, door};
#[cfg(feature = "picker")]
pub use subject::Subject;

//! What uploaded bytes are and what they look like: pure functions from bytes to facts and
//! pictures, with no clock, disk, network or task, so that they can run in a locked-down child.

mod animation;
mod archive;
pub mod color;
mod compound;
pub mod decode;
mod deep;
pub mod encode;
mod error;
mod exif;
mod format;
pub mod geometry;
mod ingest;
pub mod metadata;
pub mod orient;
mod pdf;
mod pixels;
pub mod placeholder;
pub mod preview;
pub mod probe;
pub mod resize;
pub mod salience;
pub mod sniff;
mod source;
pub mod text;
mod transform;

pub use error::{Error, Result};
pub use format::{Format, KNOWN, Known};
pub use ingest::{
    Inspected, Picture, Preset, ThumbSpec, inspect, inspect_drawing, render, render_page,
};
pub use pixels::{Budget, Pixels};
pub use probe::Facts;
pub use source::Source;
pub use transform::{Made, Recipe, transform};

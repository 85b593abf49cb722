//! Uploading: drop, choose or paste; a queue that follows across pages; a tray that tells how it goes.

mod backoff;
mod button;
pub mod cropping;
mod drop_zone;
pub mod gather;
mod hands;
mod heic;
mod intake;
pub mod item;
mod memory;
mod mover;
mod notices;
mod orders;
pub mod outlook;
mod part;
mod provider;
mod pump;
mod question;
pub mod queue;
pub mod record;
mod row;
pub mod smaller;
mod speed;
mod tray;
pub mod tus;
mod uploads;
pub mod verdict;
mod ways;
mod words;

pub use button::UploadButton;
pub use drop_zone::DropZone;
pub use part::{PART, load};
pub use provider::UploadProvider;
pub use uploads::{Target, Uploads, use_uploads};

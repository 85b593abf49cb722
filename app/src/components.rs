//! Small parts that every page is made of.

mod icon;
mod moment;
mod notice;
mod toast;

pub use icon::{Glyph, Icon};
pub use moment::Moment;
pub use notice::Notice;
pub use toast::{ToastTray, Toasts};

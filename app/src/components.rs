//! Small parts that every page is made of.

mod icon;
mod keyed_list;
mod late_sheet;
mod moment;
mod notice;
mod toast;

pub use icon::{Glyph, Icon};
pub use keyed_list::{Item, keyed_list};
pub use late_sheet::late_sheet;
pub use moment::Moment;
pub use notice::Notice;
pub use toast::{ToastTray, Toasts};

//! The browser as a guest: small typed functions, called from effects and handlers only.
//!
//! The server never runs effects and handlers, so nothing here happens there.

#[cfg(not(feature = "picker"))]
pub mod canvas;
#[cfg(not(feature = "picker"))]
pub mod chance;
#[cfg(not(feature = "picker"))]
pub mod cut;
#[cfg(not(feature = "picker"))]
pub mod files;
pub mod form;
pub mod live;
pub mod motion;
pub mod newest;
pub mod page;
#[cfg(not(feature = "picker"))]
pub mod paste;
#[cfg(not(feature = "picker"))]
pub mod pixels;
pub mod player;
pub mod room;
pub mod scroll;
#[cfg(not(feature = "picker"))]
pub mod shrink;
pub mod size;
#[cfg(not(feature = "picker"))]
pub mod transfer;
#[cfg(not(feature = "picker"))]
pub mod upload_store;
pub mod words;

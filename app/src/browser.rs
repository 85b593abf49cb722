//! The browser as a guest: small typed functions, called from effects and handlers only.
//!
//! The server never runs effects and handlers, so nothing here happens there.

pub mod canvas;
pub mod chance;
pub mod cut;
pub mod files;
pub mod form;
pub mod live;
pub mod motion;
pub mod newest;
pub mod page;
pub mod paste;
pub mod pixels;
pub mod player;
pub mod room;
pub mod scroll;
pub mod shrink;
pub mod size;
pub mod transfer;
pub mod upload_store;
pub mod words;

//! The upload protocol, one file a verb or extension.

mod checksum;
mod concat;
mod create;
mod defer;
mod expiration;
mod head;
mod options;
mod patch;
mod terminate;

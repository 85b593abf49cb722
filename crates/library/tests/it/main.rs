//! Stories of the library, told against a real database and a real store.
//!
//! `SQLite` and a folder unless told otherwise: `SATCHEL_TEST_DATABASE=postgres://…` gives every
//! test a database of its own there, `SATCHEL_TEST_BLOBS=s3://…` a folder of its own.

mod support;
mod tags;
mod teams;

mod accounts;
mod assets;
mod audit;
mod batch_items;
mod batches;
mod chosen;
mod collector;
mod copies;
mod crops;
mod dedupe;
mod doctor;
mod embed;
mod faults;
mod films;
mod filters;
mod fits;
mod folder_trash;
mod folder_tree;
mod folders;
mod fsck;
mod holds;
mod idempotency;
mod installation;
mod invitations;
mod jobs;
mod leaving;
mod lists;
mod live;
mod media;
mod meters;
mod mistyped;
mod office;
mod pages;
mod placements;
mod posters;
mod previews;
mod quota;
mod refusals;
mod resume;
mod rights;
mod schema;
mod search;
mod sessions;
mod setup;
mod shares;
mod smaller;
mod storage;
mod throttle;
mod tokens;
mod trash;
mod twins;
mod undo;
mod uploads;
mod used_in;
mod users;
mod uses;
mod versions;
mod zips;

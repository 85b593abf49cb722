//! What happens around every request, one concern a file.

pub mod body;
pub mod guard;
pub mod limit;
pub mod media_host;
pub mod origin;
pub mod proxies;
pub mod rates;
pub mod security;

//! Our own links, found in what others wrote.
//!
//! What is read is hostile: nothing is parsed, each sort of link is looked for by the text it
//! begins with, once over the whole, and what follows is short.

use std::collections::BTreeSet;

use crate::AssetId;

/// The attribute that names an asset in HTML, whatever its address.
pub const ATTRIBUTE: &str = "data-satchel-asset";

/// Characters of a public key.
const KEY_CHARS: usize = 22;

/// What was found: assets by id, and by the keys of their public addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnLinks {
    pub assets: BTreeSet<AssetId>,
    pub keys: BTreeSet<String>,
}

impl OwnLinks {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.assets.len() + self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Finds our links in HTML or text: public and signed addresses, those of the interface, and
/// [`ATTRIBUTE`]; whose they are, the library knows.
///
/// Schemes and case of hosts do not matter, and slashes may be escaped as JSON does.
pub fn find_links(text: &str, public_url: &str, media_url: &str) -> OwnLinks {
    let text = text.replace("\\/", "/");
    let lower = text.to_ascii_lowercase();
    let after = |start: String| {
        let start = start.to_ascii_lowercase();
        let found = lower.match_indices(&start).map(|(at, it)| at + it.len());
        found.map(|at| &text[at..]).collect::<Vec<_>>()
    };
    let hosts = [without_scheme(media_url), without_scheme(public_url)];
    let mut found = OwnLinks::default();
    for host in hosts {
        let keys = after(format!("{host}/m/")).into_iter().filter_map(key);
        found.keys.extend(keys);
    }
    let addresses = after(format!("{}/api/v1/assets/", hosts[1]));
    let signed = hosts
        .map(|host| after(format!("{host}/m/signed/")))
        .concat();
    let attributes = after(ATTRIBUTE.to_owned()).into_iter().filter_map(value);
    let ids = addresses.into_iter().chain(signed).chain(attributes);
    found.assets.extend(ids.filter_map(id));
    found
}

/// An address from the two slashes on.
fn without_scheme(url: &str) -> &str {
    url.find("//").map_or(url, |at| &url[at..])
}

/// The key that a public address goes on with.
fn key(rest: &str) -> Option<String> {
    let key = rest.get(..KEY_CHARS)?;
    let is_key = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
    let is_whole = rest[KEY_CHARS..].starts_with('/');
    (is_whole && key.bytes().all(is_key)).then(|| key.to_owned())
}

/// What an attribute is said to be, from its first character on.
fn value(rest: &str) -> Option<&str> {
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    // In JSON quotes are escaped.
    Some(rest.trim_start_matches(['\\', '"', '\'']))
}

/// The id that something goes on with.
fn id(rest: &str) -> Option<AssetId> {
    let length = AssetId::PREFIX.len() + 26;
    let is_whole = |c: char| !c.is_ascii_alphanumeric();
    let id = rest.get(..length)?.parse().ok()?;
    rest[length..]
        .chars()
        .next()
        .is_none_or(is_whole)
        .then_some(id)
}

//! Addresses and networks that settings name.

use ipnet::IpNet;

use super::SettingsError;

/// Reads a network, or an address as a network of one.
pub(super) fn parse_network(key: &str, text: &str) -> Result<IpNet, SettingsError> {
    text.parse()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| {
            SettingsError(format!(
                "{key}: {text} is neither an address nor a network such as 10.0.0.0/8"
            ))
        })
}

/// Whether text is a scheme and a host, and nothing more.
pub(super) fn is_origin(url: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme))
        .is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']))
}

/// Whether it is an origin, perhaps with a path: it stands in links and in the policy of pages.
pub(super) fn is_address(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%[]".contains(c);
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    is_origin(&url[..end]) && url.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_media_cannot_break_the_policy_of_pages() {
        for url in [
            "https://cdn.example.com",
            "http://[::1]:80/media",
            "https://a.example/x/y",
        ] {
            assert!(is_address(url), "{url}");
        }
        for url in [
            "cdn.example.com",
            "https://",
            "https:///x",
            "https://a.example; script-src *",
            "https://a.example 'unsafe-inline'",
            "https://me@a.example",
            "https://a.example?x",
            "javascript://a.example",
        ] {
            assert!(!is_address(url), "{url}");
        }
    }
}

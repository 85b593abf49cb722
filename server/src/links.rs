//! Absolute links and the origin people see, never taken from an untrusted header.

use axum::http::Uri;

/// The addresses this installation is known by.
#[derive(Clone, Debug)]
pub struct Links {
    /// Where people reach us, without a trailing slash.
    pub public_url: String,
    /// Where shared media is served.
    pub media_url: String,
}

impl Links {
    /// Whether people reach us over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// An absolute link to a path of ours.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The origin that media comes from, where it is not the page's own.
    pub fn foreign_media_origin(&self) -> Option<&str> {
        let url = &self.media_url;
        if *url == self.public_url {
            return None;
        }
        origin_of(url)
    }

    /// Whether a host is one that media has for itself; the ports that schemes imply do not count.
    pub fn is_media_host(&self, host: &str) -> bool {
        let of = |url| origin_of(url).and_then(|origin| Some(bare(origin.split_once("://")?.1)));
        let host = Some(bare(host));
        of(&self.media_url) == host && of(&self.public_url) != host
    }
}

/// A host in lower case, with its port where no scheme implies it.
fn bare(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let implied = [":443", ":80"];
    let bare = implied.iter().find_map(|port| host.strip_suffix(*port));
    bare.unwrap_or(&host).to_owned()
}

/// The scheme and host that an address begins with.
fn origin_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    Some(&url[..end])
}

/// An origin as a browser writes it: scheme, host and port in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin; nothing else may follow it.
    pub fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
        let bare = !authority.as_str().contains('@')
            && uri.query().is_none()
            && matches!(uri.path(), "" | "/")
            && !text.ends_with('/');
        bare.then(|| Self::of(scheme, authority.as_str()))
    }

    /// The origin as a browser writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin of a scheme and what stands in `Host`.
    pub fn of(scheme: &str, host: &str) -> Self {
        let scheme = scheme.to_ascii_lowercase();
        let host = host.to_ascii_lowercase();
        let default = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(default).unwrap_or(&host);
        Self(format!("{scheme}://{host}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_compared_without_case_and_default_ports() {
        let ours = Origin::of("https", "Media.Example:443");

        assert_eq!(Origin::parse("https://media.example"), Some(ours.clone()));
        assert_ne!(Origin::parse("http://media.example"), Some(ours.clone()));
        assert_ne!(Origin::parse("https://media.example.evil.test"), Some(ours));
    }

    #[test]
    fn what_is_no_origin_is_not_read_as_one() {
        for text in [
            "null",
            "",
            "media.example",
            "https://a@b.example",
            "https://a.example/x",
            "https://a.example/",
            "https://",
            "\u{1}",
        ] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }

    #[test]
    fn media_of_its_own_origin_is_named() {
        let links = |media: &str| Links {
            public_url: "https://a.example".to_owned(),
            media_url: media.to_owned(),
        };

        assert_eq!(links("https://a.example").foreign_media_origin(), None);
        assert_eq!(
            links("https://cdn.example/media").foreign_media_origin(),
            Some("https://cdn.example")
        );
    }

    #[test]
    fn a_host_is_media_s_only_where_it_is_nothing_else() {
        let links = |media: &str| Links {
            public_url: "https://a.example".to_owned(),
            media_url: media.to_owned(),
        };
        let cdn = links("https://CDN.example/media");

        for host in ["cdn.example", "CDN.EXAMPLE:443"] {
            assert!(cdn.is_media_host(host), "{host}");
        }
        for host in ["a.example", "cdn.example:8443", "cdn.example.evil.test", ""] {
            assert!(!cdn.is_media_host(host), "{host}");
        }
        assert!(!links("https://a.example").is_media_host("a.example"));
        assert!(!links("https://a.example/media").is_media_host("a.example"));
    }
}

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
        let start = url.find("://")? + 3;
        let end = url[start..].find('/').map_or(url.len(), |at| start + at);
        Some(&url[..end])
    }
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
}

//! Origins of other programs' pages: a scheme, a host and a port, as browsers write them.

use std::{fmt, net::Ipv4Addr, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{Problem, name::text};

text!(/// The origin of a page, as a browser writes it: `https://desk.example.com`, with a port where
    /// the scheme does not imply it. `http` is for pages of this machine alone.
    WebOrigin);

impl FromStr for WebOrigin {
    type Err = Problem;

    /// Takes nothing that a browser would write differently: it stands in a policy, and is
    /// compared letter by letter. Addresses of IPv6 cannot stand in one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).map(Self).ok_or_else(|| {
            Problem::invalid(
                "origin",
                "An origin is https:// and a host, with a port where it has one, and nothing \
                 after that; http:// is for localhost alone.",
            )
        })
    }
}

fn read(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let (scheme, authority) = text.split_once("://")?;
    let implied = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(read_port(port)?)),
        None => (authority, None),
    };
    let is_taken = is_host(host) && (scheme == "https" || is_loopback(host));
    let port = port.filter(|port| *port != implied);
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    is_taken.then(|| format!("{scheme}://{host}{port}"))
}

fn read_port(text: &str) -> Option<u16> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let port = text.parse().ok().filter(|port| *port != 0);
    port.filter(|_| is_plain)
}

fn is_host(host: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(is_letter)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels_are_good = host.len() <= 253 && host.split('.').all(is_label);
    // What ends in a number is an address to a browser, which writes it in one way only.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    let is_address = || {
        host.parse::<Ipv4Addr>()
            .is_ok_and(|ip| ip.to_string() == host)
    };
    labels_are_good && (!is_number || is_address())
}

/// Whether a host is always this machine, for every browser.
fn is_loopback(host: &str) -> bool {
    let is_local_address = || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback());
    host == "localhost" || host.ends_with(".localhost") || is_local_address()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, origin) in [
            ("https://desk.example.com", "https://desk.example.com"),
            ("HTTPS://Desk.Example.COM:443", "https://desk.example.com"),
            (
                "https://desk.example.com:8443",
                "https://desk.example.com:8443",
            ),
            (
                "https://xn--bcher-kva.example",
                "https://xn--bcher-kva.example",
            ),
            ("https://10.0.0.7", "https://10.0.0.7"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://desk.localhost:80", "http://desk.localhost"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            let read: WebOrigin = text.parse().unwrap();
            assert_eq!(read.as_str(), origin);
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for text in [
            "",
            "null",
            "*",
            "https://",
            "https://*",
            "https://*.example.com",
            "desk.example.com",
            "//desk.example.com",
            "http://desk.example.com",
            "http://10.0.0.7",
            "http://localhost.example.com",
            "ftp://desk.example.com",
            "javascript://desk.example.com",
            "https://desk.example.com/",
            "https://desk.example.com/inbox",
            "https://desk.example.com?a",
            "https://desk.example.com#a",
            "https://me@desk.example.com",
            "https://me:word@desk.example.com",
            "https://desk.example.com:",
            "https://desk.example.com:0",
            "https://desk.example.com:+80",
            "https://desk.example.com:65536",
            "https://desk.example.com:1:2",
            "https://desk.example.com.",
            "https://desk..example.com",
            "https://-desk.example.com",
            "https://127.1",
            "https://0x7f.0.0.1",
            "https://[::1]",
            "https://bücher.example",
            "https://desk.example.com; script-src *",
            "https://desk.example.com 'self'",
            "https://desk.example.com\r\nx: y",
        ] {
            assert!(text.parse::<WebOrigin>().is_err(), "{text}");
        }
    }
}

//! Where a request really comes from: the peer, unless it is a proxy we were told to believe.

use std::net::{IpAddr, SocketAddr};

use axum::{extract::Request, http::HeaderMap};
use ipnet::IpNet;

/// Where a request comes from, and how the client reached us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    pub ip: IpAddr,
    /// `http` or `https`, as the client sees it.
    pub scheme: &'static str,
    /// The host and port the client named.
    pub host: Option<String>,
}

impl Peer {
    /// Reads the peer of a request; `X-Forwarded-*` counts only from a trusted proxy.
    pub fn of(request: &Request, proxies: &[IpNet]) -> Option<Self> {
        let address = request
            .extensions()
            .get::<SocketAddr>()?
            .ip()
            .to_canonical();
        let headers = request.headers();
        let host = header(headers, "host").map(ToOwned::to_owned);
        let direct = Self {
            ip: address,
            scheme: "http",
            host,
        };
        if !is_trusted(address, proxies) {
            return Some(direct);
        }
        Some(Self {
            ip: forwarded_for(headers, proxies).unwrap_or(address),
            scheme: scheme(headers),
            host: header(headers, "x-forwarded-host")
                .map(ToOwned::to_owned)
                .or(direct.host),
        })
    }
}

/// How the client reached the first of several proxies.
fn scheme(headers: &HeaderMap) -> &'static str {
    let schemes = header(headers, "x-forwarded-proto").unwrap_or_default();
    match schemes.split(',').next().map(str::trim) {
        Some(first) if first.eq_ignore_ascii_case("https") => "https",
        _ => "http",
    }
}

/// The last address of `X-Forwarded-For` that is not a proxy of ours.
fn forwarded_for(headers: &HeaderMap, proxies: &[IpNet]) -> Option<IpAddr> {
    let values: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .collect();
    values
        .iter()
        .rev()
        .map_while(|text| address(text))
        .find(|ip| !is_trusted(*ip, proxies))
}

/// An address; some balancers write a port or brackets around it.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let ip = bare.parse().ok();
    ip.or_else(|| {
        text.parse()
            .ok()
            .map(|with_port: SocketAddr| with_port.ip())
    })
    .map(|ip: IpAddr| ip.to_canonical())
}

fn is_trusted(ip: IpAddr, proxies: &[IpNet]) -> bool {
    proxies.iter().any(|network| network.contains(&ip))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn request(peer: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().header("host", "a.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(peer);
        request
    }

    const FORWARDED: [(&str, &str); 3] = [
        ("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "media.example"),
    ];

    #[test]
    fn a_stranger_is_not_believed() {
        let peer = Peer::of(&request("198.51.100.7:1", &FORWARDED), &[]).unwrap();

        assert_eq!(peer.ip.to_string(), "198.51.100.7");
        assert_eq!(
            (peer.scheme, peer.host.as_deref()),
            ("http", Some("a.example"))
        );
    }

    #[test]
    fn a_trusted_proxy_tells_the_last_address_that_is_no_proxy() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let peer = Peer::of(&request("10.0.0.1:1", &FORWARDED), &proxies).unwrap();

        assert_eq!(peer.ip.to_string(), "203.0.113.9");
        assert_eq!(
            (peer.scheme, peer.host.as_deref()),
            ("https", Some("media.example"))
        );
    }

    #[test]
    fn addresses_with_ports_and_lists_of_schemes_are_read() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        for (said, ip) in [
            ("203.0.113.9:5678", "203.0.113.9"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("::ffff:203.0.113.9, 10.0.0.2:80", "203.0.113.9"),
            ("nobody, 10.0.0.2", "10.0.0.1"),
        ] {
            let headers = [
                ("x-forwarded-for", said),
                ("x-forwarded-proto", "https,http"),
            ];
            let peer = Peer::of(&request("10.0.0.1:1", &headers), &proxies).unwrap();
            assert_eq!(
                (peer.ip.to_string().as_str(), peer.scheme),
                (ip, "https"),
                "{said}"
            );
        }
    }
}

//! A client of the upload protocol, one verb at a time.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;

use super::{Reply, Request, Server, people::Who};

/// The protocol, spoken to a server by somebody.
pub struct Tus<'a> {
    pub server: &'a Server,
    pub who: &'a Who,
}

impl Server {
    /// Speaks the protocol as somebody.
    pub fn tus<'a>(&'a self, who: &'a Who) -> Tus<'a> {
        Tus { server: self, who }
    }
}

impl Tus<'_> {
    /// A request in the protocol's version.
    pub fn request(&self, method: &str, path: &str) -> Request {
        self.server
            .request(method, path)
            .header("tus-resumable", "1.0.0")
            .by(self.who)
    }

    /// Begins an upload of a length and gives back its address.
    pub async fn create(&self, name: &str, length: usize) -> String {
        let reply = self
            .request("POST", "/files/")
            .header("upload-length", &length.to_string())
            .header("upload-metadata", &metadata(&[("filename", name)]))
            .send()
            .await
            .expect(201);
        location(&reply)
    }

    /// Adds bytes at an offset.
    pub fn patch(&self, path: &str, offset: usize, bytes: impl Into<Bytes>) -> Request {
        self.request("PATCH", path)
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", &offset.to_string())
            .body(bytes.into())
    }

    /// How far an upload has come.
    pub async fn offset(&self, path: &str) -> usize {
        let reply = self.request("HEAD", path).send().await.expect(200);
        reply.header("upload-offset").parse().expect("an offset")
    }
}

/// Pairs as the protocol writes them.
pub fn metadata(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(key, value)| format!("{key} {}", STANDARD.encode(value)))
        .collect::<Vec<_>>()
        .join(",")
}

/// The address of an upload that was begun.
#[track_caller]
pub fn location(reply: &Reply) -> String {
    let location = reply.header("location");
    assert!(location.contains("/files/upl_"), "{location}");
    location.to_owned()
}

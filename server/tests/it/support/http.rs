//! A small client: requests as a story writes them, replies as it looks at them.

use axum::{
    body::Body,
    http::{self, HeaderMap, HeaderName, HeaderValue, Method},
};
use bytes::Bytes;
use futures::stream;
use http_body_util::BodyExt;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

use super::{PATIENCE, Server};

/// A request being written.
#[must_use]
pub struct Request {
    inner: http::Request<Body>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Server {
    /// A request to a path of this server, or to a whole address.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let url = if path.starts_with("http://") {
            path.to_owned()
        } else {
            format!("{}{path}", self.url)
        };
        let inner = http::Request::builder()
            .method(Method::from_bytes(method.as_bytes()).expect("a method"))
            .uri(url)
            .body(Body::empty())
            .expect("a request");
        Request { inner }
    }

    pub fn get(&self, path: &str) -> Request {
        self.request("GET", path)
    }

    pub fn head(&self, path: &str) -> Request {
        self.request("HEAD", path)
    }

    pub fn post(&self, path: &str) -> Request {
        self.request("POST", path)
    }

    pub fn patch(&self, path: &str) -> Request {
        self.request("PATCH", path)
    }

    pub fn delete(&self, path: &str) -> Request {
        self.request("DELETE", path)
    }
}

impl Request {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header's name");
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        self.inner.headers_mut().append(name, value);
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    pub fn body(mut self, body: impl Into<Body>) -> Self {
        *self.inner.body_mut() = body.into();
        self
    }

    pub fn json(self, value: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(value.to_string())
    }

    /// A body with its content type.
    pub fn typed(self, (kind, body): (String, Bytes)) -> Self {
        self.header("content-type", &kind).body(body)
    }

    /// Sends it; the connection must hold.
    pub async fn send(self) -> Reply {
        self.try_send().await.expect("an answer")
    }

    /// Sends it on a connection of its own; a server may end that early.
    pub async fn try_send(self) -> Result<Reply, String> {
        // Each test has a runtime of its own, and pooled connections die with theirs.
        let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build_http();
        let sent = tokio::time::timeout(PATIENCE, client.request(self.inner));
        let reply = sent
            .await
            .map_err(|_| "no answer in time".to_owned())?
            .map_err(|error| format!("{error:?}"))?;
        let (parts, body) = reply.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?;
        Ok(Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_bytes(),
        })
    }
}

/// An answer that goes on.
pub struct Live {
    headers: HeaderMap,
    body: Body,
    text: String,
}

impl Live {
    /// Sends a request whose answer goes on.
    pub async fn open(request: Request) -> Self {
        let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build_http();
        let sent = tokio::time::timeout(PATIENCE, client.request(request.inner));
        let reply = sent.await.expect("an answer in time").expect("an answer");
        assert_eq!(reply.status().as_u16(), 200);
        let (parts, body) = reply.into_parts();
        Self {
            headers: parts.headers,
            body: Body::new(body),
            text: String::new(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// All that was told up to some words.
    pub async fn until(&mut self, words: &str) -> String {
        while !self.text.contains(words) {
            assert!(self.hear().await, "ended without {words}: {}", self.text);
        }
        self.text.clone()
    }

    /// Listens until it ends.
    pub async fn hear_out(&mut self) {
        while self.hear().await {}
    }

    /// Hears a little more; says whether it goes on.
    async fn hear(&mut self) -> bool {
        let frame = tokio::time::timeout(PATIENCE, self.body.frame());
        let Some(Ok(frame)) = frame.await.expect("something in time") else {
            return false;
        };
        if let Some(bytes) = frame.data_ref() {
            self.text.push_str(&String::from_utf8_lossy(bytes));
        }
        true
    }
}

impl Reply {
    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The same reply, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The code of the problem it tells.
    #[track_caller]
    pub fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        self.json()["code"].as_str().expect("a code").to_owned()
    }
}

/// A body sent in pieces, without its length being said.
pub fn chunked(pieces: Vec<Bytes>) -> Body {
    Body::from_stream(stream::iter(
        pieces.into_iter().map(Ok::<_, std::io::Error>),
    ))
}

/// A form as browsers send it.
pub fn form(fields: &[(&str, &str)]) -> (String, Bytes) {
    let body = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect::<Vec<_>>()
        .join("&");
    ("application/x-www-form-urlencoded".to_owned(), body.into())
}

fn escape(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A part of a form that brings files: a field, or a file with its name.
pub enum Part<'a> {
    Field(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

/// A form that brings files, in the order of its parts.
pub fn multipart(parts: &[Part<'_>]) -> (String, Bytes) {
    const BOUNDARY: &str = "----a-boundary-nothing-else-has";
    let mut body = Vec::new();
    for part in parts {
        let (head, bytes) = match part {
            Part::Field(name, value) => (format!("name=\"{name}\""), value.as_bytes()),
            Part::File(name, bytes) => {
                let name = name.replace('\\', "\\\\").replace('"', "%22");
                (format!("name=\"file\"; filename=\"{name}\""), *bytes)
            }
        };
        let start = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(start.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    (kind, body.into())
}

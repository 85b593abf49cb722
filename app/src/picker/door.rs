//! The way to the library: REST, with the token of a session or the cookie of who is signed in.

use std::rc::Rc;

use leptos::prelude::window;
use model::{Problem, ProblemCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Headers, RequestCredentials, RequestInit, Response};

use super::session::{Session, UsedIn};
use crate::text::{ENGLISH, use_text};

/// Where the interface begins.
pub const PREFIX: &str = "/api/v1/";

/// The way to the library; cheap to clone.
#[derive(Clone)]
pub enum Door {
    /// For a page of another program: nothing but its token counts.
    Session(Rc<Session>),
    /// For a page of our own.
    Cookies,
}

/// A request that was answered, or why it was not.
type Answered = Result<Response, Problem>;

impl Door {
    /// Reads something.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Problem> {
        read(self.send("GET", path, None).await?).await
    }

    /// Reads something that is understood elsewhere.
    pub async fn text(&self, path: &str) -> Result<String, Problem> {
        text_of(&self.send("GET", path, None).await?).await
    }

    /// Does something that needs no more words.
    pub async fn post<T: DeserializeOwned>(&self, path: &str) -> Result<T, Problem> {
        read(self.send("POST", path, None).await?).await
    }

    /// Does something whose answer is understood elsewhere.
    pub async fn posted(&self, path: &str) -> Result<String, Problem> {
        text_of(&self.send("POST", path, None).await?).await
    }

    /// Does something that is told in full.
    pub async fn tell<T: DeserializeOwned>(
        &self,
        path: &str,
        told: &impl Serialize,
    ) -> Result<T, Problem> {
        let body = serde_json::to_string(told).unwrap_or_default();
        read(self.send("POST", path, Some(body)).await?).await
    }

    /// Fetches bytes.
    pub async fn bytes(&self, address: &str) -> Result<Blob, Problem> {
        let path = address.strip_prefix(PREFIX).unwrap_or(address);
        let answer = self.send("GET", path, None).await?;
        let bytes = answer.blob().map_err(broken)?;
        let bytes = JsFuture::from(bytes).await.map_err(broken)?;
        bytes.dyn_into().map_err(|_| unreadable())
    }

    /// What stands in `Authorization`, where the cookie does not do.
    pub fn pass(&self) -> Option<String> {
        match self {
            Self::Session(session) => Some(format!("Bearer {}", session.token())),
            Self::Cookies => None,
        }
    }

    /// Where what is chosen is used, if somebody said so.
    pub fn used_in(&self) -> Option<UsedIn> {
        match self {
            Self::Session(session) => session.used_in(),
            Self::Cookies => None,
        }
    }

    /// Waits for another session, and says whether there is one.
    pub async fn renew(&self) -> bool {
        match self {
            Self::Session(session) => Rc::clone(session).renew().await,
            Self::Cookies => false,
        }
    }

    /// Sends a request; where the session has ended, once more with another.
    async fn send(&self, method: &str, path: &str, body: Option<String>) -> Answered {
        let answer = send(method, path, body.as_deref(), self.pass()).await?;
        if answer.status() != 401 {
            return checked(answer).await;
        }
        if !self.renew().await {
            return Err(Problem::unauthenticated());
        }
        checked(send(method, path, body.as_deref(), self.pass()).await?).await
    }
}

/// Sends a request once, and gives back whatever is answered.
pub async fn send(method: &str, path: &str, body: Option<&str>, pass: Option<String>) -> Answered {
    let headers = Headers::new().map_err(broken)?;
    headers
        .set("Accept", "application/json, */*")
        .map_err(broken)?;
    if let Some(pass) = &pass {
        headers.set("Authorization", pass).map_err(broken)?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(match pass {
        Some(_) => RequestCredentials::Omit,
        None => RequestCredentials::SameOrigin,
    });
    if let Some(body) = body {
        headers
            .set("Content-Type", "application/json")
            .map_err(broken)?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let asked = window().fetch_with_str_and_init(&format!("{PREFIX}{path}"), &init);
    let answer = JsFuture::from(asked).await.map_err(broken)?;
    answer.dyn_into().map_err(|_| unreadable())
}

/// Reads the JSON of an answer.
pub async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Problem> {
    serde_json::from_str(&text_of(&answer).await?).map_err(|_| unreadable())
}

/// An answer that says yes, or the problem it says.
pub async fn checked(answer: Response) -> Answered {
    if answer.ok() {
        return Ok(answer);
    }
    Err(problem_in(&text_of(&answer).await?))
}

/// The problem that a refusal tells.
pub fn problem_in(text: &str) -> Problem {
    serde_json::from_str(text).unwrap_or_else(|_| unreadable())
}

async fn text_of(answer: &Response) -> Result<String, Problem> {
    let text = answer.text().map_err(broken)?;
    let text = JsFuture::from(text).await.map_err(broken)?;
    Ok(text.as_string().unwrap_or_default())
}

/// There is no connection.
pub fn broken(_: JsValue) -> Problem {
    Problem::unavailable(use_text().picker().no_connection)
}

/// The answer is not what was agreed.
pub fn unreadable() -> Problem {
    Problem::new(ProblemCode::Internal, ENGLISH.problem.internal)
}

//! A problem that crosses the wire between page and server.

use std::fmt;

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

use crate::text;

/// Why a door did not open, in words a person can act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub Problem);

impl Failure {
    /// Whether signing in would help.
    pub fn needs_sign_in(&self) -> bool {
        self.0.code == ProblemCode::Unauthenticated
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) => Problem::unavailable(text::OFFLINE),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Problem::malformed(text::MALFORMED)
            }
            _ => Problem::new(ProblemCode::Internal, text::UNEXPECTED),
        })
    }
}

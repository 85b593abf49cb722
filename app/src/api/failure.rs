//! A problem that crosses the wire between page and server.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

use crate::text::ENGLISH;

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

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let english = &ENGLISH.problem;
        Self(match error {
            ServerFnErrorErr::Request(_) => Problem::unavailable(english.unavailable),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Problem::malformed(english.malformed)
            }
            _ => Problem::new(ProblemCode::Internal, english.internal),
        })
    }
}

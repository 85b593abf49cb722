//! What a form that was sent without a script came back with.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::ProblemCode;

use crate::components::Notice;
use crate::text::use_text;

/// The sentence for the problem that the address names; nothing where it names none.
///
/// Only words of ours are shown: an address is anybody's to write.
#[component]
pub fn Told() -> impl IntoView {
    let text = use_text();
    let params = use_query_map();
    move || {
        let sentence = params.with(|params| {
            if params.get_str("__err").is_some() {
                return Some(text.problem.not_done.to_owned());
            }
            let code = code(&params.get("problem")?);
            let wait = params
                .get("retry_after")
                .and_then(|seconds| seconds.parse().ok());
            Some(text.form_problem(code, params.get_str("field"), wait))
        });
        sentence.map(|sentence| view! { <Notice text=sentence /> })
    }
}

fn code(word: &str) -> ProblemCode {
    serde_json::from_value(serde_json::Value::from(word)).unwrap_or(ProblemCode::Internal)
}

//! What a form that was sent without a script came back with.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use model::{Problem, ProblemCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::components::Notice;
use crate::parts::{later, part};
use crate::text::use_text;

/// The name of this part.
pub const PART: &str = "told";

/// What the address may say that it names a problem by.
const NAMES: [&str; 2] = ["problem", "__err"];

/// The sentence for the problem that the address names; nothing where it names none.
///
/// Only words of ours are shown: an address is anybody's to write.
#[component]
pub fn Told() -> impl IntoView {
    let params = use_query_map();
    let names_any = Memo::new(move |_| {
        params.with(|params| NAMES.iter().any(|name| params.get_str(name).is_some()))
    });
    move || names_any.get().then(|| later(PART, sentence))
}

part! { told, load;
    /// The sentence, which most visits do without.
    pub fn sentence() -> AnyView {
        told()
    }
}

fn told() -> AnyView {
    let text = use_text();
    let params = use_query_map();
    let told = move || {
        let sentence = params.with(|params| match params.get_str("__err") {
            Some(_) => Some(text.problem.not_done.to_owned()),
            None => Some(text.form_problem(&problem(params)?)),
        });
        sentence.map(|sentence| view! { <Notice text=sentence /> })
    };
    told.into_any()
}

/// The problem that an address names, with its figures as far as they make sense.
fn problem(params: &ParamsMap) -> Option<Problem> {
    let code = Value::from(params.get("problem")?);
    let code = read(&code).unwrap_or(ProblemCode::Internal);
    let bare = Problem::new(code, String::new());
    let mut facts = serde_json::to_value(&bare).ok()?;
    for name in Problem::FACTS {
        if let Some(fact) = params.get(name) {
            let figure = fact.parse::<u64>().map(Value::from);
            facts[name] = figure.unwrap_or_else(|_| Value::from(fact));
        }
    }
    Some(read(&facts).unwrap_or(bare))
}

/// A value read from bytes, as answers are: one reader for both keeps the client small.
fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_slice(&serde_json::to_vec(value).ok()?).ok()
}

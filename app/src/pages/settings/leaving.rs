//! The page before a tag or a team goes: it says of how many files, and wants one more press.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::TeamId;

use super::page;
use crate::api::leaving::{Leaver, Leaving, ask_leaving};
use crate::text::use_text;

/// Whether a tag or a team is to go.
#[component]
pub fn LeavingPage() -> impl IntoView {
    let params = use_query_map();
    let asked = move || {
        params.with(|params| {
            let team = params
                .get_str("team")
                .and_then(|id| id.parse::<TeamId>().ok());
            (params.get("tag"), params.get("into"), team)
        })
    };
    let found = Resource::new(asked, |(tag, into, team)| ask_leaving(tag, into, team));
    page(use_text().settings.leaving, found, |leaving: Leaving| {
        question(&leaving)
    })
}

fn question(leaving: &Leaving) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let (id, action, back) = match leaving.leaver {
        Leaver::Tag(id) if leaving.into.is_some() => {
            (id.to_string(), "/settings/tags/merge", "/settings/tags")
        }
        Leaver::Tag(id) => (id.to_string(), "/settings/tags/delete", "/settings/tags"),
        Leaver::Team(id) => (id.to_string(), "/settings/teams/delete", "/settings/teams"),
    };
    let press = leaving.into.as_ref().map_or(words.delete, |_| words.merge);
    let into = leaving
        .into
        .clone()
        .map(|name| view! { <input type="hidden" name="into" value=name /> });
    view! {
        <section>
            <p dir="auto">{text.asks_leaving(leaving)}</p>
            <p>{text.leaves(leaving.files)} " " {words.way_back}</p>
            <form class="line" method="post" action=action>
                <input type="hidden" name="id" value=id />
                {into}
                <button type="submit" class="danger">{press}</button>
                <a class="button quiet" href=back>
                    {words.keep}
                </a>
            </form>
        </section>
    }
}

//! The sign-in page: a plain form.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::told::Told;
use crate::text::{SATCHEL, use_text};

/// The sign-in page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let text = use_text();
    let params = use_query_map().get_untracked();
    let next = params.get("next").unwrap_or_default();
    view! {
        <Title text=format!("{} · {}", text.general.sign_in, SATCHEL) />
        <main class="sheet">
            <span class="logo" aria-hidden="true"></span>
            <h1>{text.general.sign_in}</h1>
            <p>{text.entry().sign_in_hint}</p>
            <Told />
            <form method="post" action="/sign-in">
                <input type="hidden" name="next" value=next />
                <label>
                    {text.entry().email}
                    <input
                        type="email"
                        name="email"
                        required=true
                        autofocus=true
                        autocomplete="username"
                        value=params.get("email").unwrap_or_default()
                    />
                </label>
                <label>
                    {text.entry().password}
                    <input
                        type="password"
                        name="password"
                        required=true
                        autocomplete="current-password"
                    />
                </label>
                <button type="submit" class="primary">
                    {text.general.sign_in}
                </button>
            </form>
        </main>
    }
    .into_any()
}

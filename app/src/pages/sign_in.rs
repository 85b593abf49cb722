//! The sign-in page: a plain form.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::told::Told;
use crate::text;

/// The sign-in page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let params = use_query_map().get_untracked();
    let next = params.get("next").unwrap_or_default();
    view! {
        <Title text=format!("{} · {}", text::SIGN_IN, text::SATCHEL) />
        <main class="sheet">
            <span class="logo" aria-hidden="true"></span>
            <h1>{text::SIGN_IN}</h1>
            <p>{text::SIGN_IN_HINT}</p>
            <Told />
            <form method="post" action="/sign-in">
                <input type="hidden" name="next" value=next />
                <label>
                    {text::EMAIL}
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
                    {text::PASSWORD}
                    <input
                        type="password"
                        name="password"
                        required=true
                        autocomplete="current-password"
                    />
                </label>
                <button type="submit" class="primary">
                    {text::SIGN_IN}
                </button>
            </form>
        </main>
    }
    .into_any()
}

//! The page behind the one-use set-up link: a plain form.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::told::Told;
use crate::api::setup::is_setup_token;
use crate::text;

/// The page behind the one-use set-up link.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let token = use_params_map()
        .get_untracked()
        .get("token")
        .unwrap_or_default();
    let asked = token.clone();
    let is_good = Resource::new(|| (), move |()| is_setup_token(asked.clone()));
    view! {
        <Title text=text::SET_UP />
        <main class="sheet">
            <span class="logo" aria-hidden="true"></span>
            <Suspense>
                {move || {
                    let token = token.clone();
                    Suspend::new(async move {
                        match is_good.await {
                            Ok(true) => form(&token),
                            _ => over(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
    .into_any()
}

fn form(token: &str) -> AnyView {
    view! {
        <h1>{text::SET_UP}</h1>
        <p>{text::SET_UP_HINT}</p>
        <Told />
        <form method="post" action=format!("/setup/{token}")>
            {field(text::ACCOUNT_NAME, "account", "text", "organization")}
            {field(text::YOUR_NAME, "name", "text", "name")}
            {field(text::EMAIL, "email", "email", "username")}
            {field(text::PASSWORD, "password", "password", "new-password")}
            <p class="hint">{text::PASSWORD_HINT}</p>
            <button type="submit" class="primary">
                {text::CREATE_LIBRARY}
            </button>
        </form>
    }
    .into_any()
}

fn field(
    label: &'static str,
    name: &'static str,
    r#type: &'static str,
    autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <label>
            {label} <input type=r#type name=name required=true autocomplete=autocomplete />
        </label>
    }
}

fn over() -> AnyView {
    view! {
        <h1>{text::SET_UP_OVER}</h1>
        <p>{text::SET_UP_OVER_HINT}</p>
        <a class="button primary" href="/sign-in" rel="external">
            {text::SIGN_IN}
        </a>
    }
    .into_any()
}

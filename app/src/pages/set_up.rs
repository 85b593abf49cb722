//! The page behind the one-use set-up link: a plain form.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::told::Told;
use crate::api::{Json, setup::is_setup_token};
use crate::text::use_text;

/// The page behind the one-use set-up link.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let text = use_text();
    let token = use_params_map()
        .get_untracked()
        .get("token")
        .unwrap_or_default();
    let asked = token.clone();
    let is_good = Resource::<_, Json>::new_with_options(
        || (),
        move |()| is_setup_token(asked.clone()),
        false,
    );
    view! {
        <Title text=text.entry().set_up />
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
    let text = use_text();
    view! {
        <h1>{text.entry().set_up}</h1>
        <p>{text.entry().set_up_hint}</p>
        <Told />
        <form method="post" action=format!("/setup/{token}")>
            {field(text.entry().account_name, "account", "text", "organization")}
            {field(text.entry().your_name, "name", "text", "name")}
            {field(text.entry().email, "email", "email", "username")}
            {field(text.entry().password, "password", "password", "new-password")}
            <p class="hint">{text.entry().password_hint}</p>
            <button type="submit" class="primary">
                {text.entry().create_library}
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
    let text = use_text();
    view! {
        <h1>{text.entry().set_up_over}</h1>
        <p>{text.entry().set_up_over_hint}</p>
        <a class="button primary" href="/sign-in" rel="external">
            {text.general.sign_in}
        </a>
    }
    .into_any()
}

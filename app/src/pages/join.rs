//! The pages behind one-use links: into an account, and back into it. Plain forms.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::invitation::Welcome;

use super::told::Told;
use crate::api::links::{find_invitation, find_password_reset};
use crate::text::use_text;

/// The page behind an invitation's link.
#[component]
pub fn JoinPage() -> impl IntoView {
    let text = use_text();
    let token = token();
    let asked = token.clone();
    let found = Resource::new(|| (), move |()| find_invitation(asked.clone()));
    view! {
        <Title text=text.entry().join />
        {sheet(move || {
            let token = token.clone();
            Suspend::new(async move {
                match found.await {
                    Ok(Some(welcome)) => join(&token, &welcome),
                    _ => over(),
                }
            })
        })}
    }
    .into_any()
}

/// The page behind a link for a new password.
#[component]
pub fn ResetPage() -> impl IntoView {
    let text = use_text();
    let token = token();
    let asked = token.clone();
    let found = Resource::new(|| (), move |()| find_password_reset(asked.clone()));
    view! {
        <Title text=text.entry().new_password />
        {sheet(move || {
            let token = token.clone();
            Suspend::new(async move {
                match found.await {
                    Ok(Some(welcome)) => reset(&token, &welcome),
                    _ => over(),
                }
            })
        })}
    }
    .into_any()
}

fn token() -> String {
    let params = use_params_map().get_untracked();
    params.get("token").unwrap_or_default()
}

fn sheet<V>(content: impl Fn() -> V + Send + Sync + 'static) -> impl IntoView
where
    V: IntoView + 'static,
    V: Send,
{
    view! {
        <main class="sheet">
            <span class="logo" aria-hidden="true"></span>
            <Suspense>{content}</Suspense>
        </main>
    }
}

fn join(token: &str, welcome: &Welcome) -> AnyView {
    let text = use_text();
    let email = welcome.email.to_string();
    view! {
        <h1>{text.entry().join}</h1>
        <p>{text.joins(&welcome.account, &email)}</p>
        <Told />
        <form method="post" action=format!("/invite/{token}")>
            <input type="hidden" autocomplete="username" value=email />
            <label>
                {text.entry().your_name}
                <input type="text" name="name" required=true autocomplete="name" />
            </label>
            {password()}
            <button type="submit" class="primary">
                {text.entry().join_now}
            </button>
        </form>
    }
    .into_any()
}

fn reset(token: &str, welcome: &Welcome) -> AnyView {
    let text = use_text();
    let email = welcome.email.to_string();
    view! {
        <h1>{text.entry().new_password}</h1>
        <p>{text.chooses_password(&welcome.account, &email)}</p>
        <Told />
        <form method="post" action=format!("/reset/{token}")>
            <input type="hidden" autocomplete="username" value=email />
            {password()}
            <button type="submit" class="primary">
                {text.entry().set_password}
            </button>
        </form>
    }
    .into_any()
}

fn password() -> impl IntoView {
    let text = use_text();
    view! {
        <label>
            {text.entry().password}
            <input type="password" name="password" required=true autocomplete="new-password" />
        </label>
        <p class="hint">{text.entry().password_hint}</p>
    }
}

fn over() -> AnyView {
    let text = use_text();
    view! {
        <h1>{text.entry().link_over}</h1>
        <p>{text.entry().link_over_hint}</p>
        <a class="button primary" href="/sign-in" rel="external">
            {text.general.sign_in}
        </a>
    }
    .into_any()
}

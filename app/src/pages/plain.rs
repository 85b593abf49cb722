//! The pages that are plain documents with forms: they need no client, and load none.

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::{ParentRoute, Route};
use leptos_router::location::RequestUrl;
use leptos_router::{SsrMode, path};

use super::join::{JoinPage, ResetPage};
use super::settings::{
    AccountPage, AccountsPage, AuditPage, EmbedPage, LeavingPage, PeoplePage, PersonPage,
    PlacementsPage, ProfilePage, SettingsPage, StoragePage, TagsPage, TeamsPage, WebhookPage,
    WebhooksPage,
};

/// What their addresses begin with.
const PLAIN: [&str; 4] = ["/settings", "/operator/", "/invite/", "/reset/"];

/// Whether the page that is asked for does without the client.
pub fn is_plain() -> bool {
    let url = use_context::<RequestUrl>().and_then(|url| url.parse().ok());
    url.is_some_and(|url| PLAIN.iter().any(|plain| url.path().starts_with(plain)))
}

/// Their routes; the client does not know them.
#[component(transparent)]
pub fn PlainPages() -> AnyNestedRoute {
    view! {
        <Route path=path!("/invite/:token") view=JoinPage ssr=SsrMode::Async />
        <Route path=path!("/reset/:token") view=ResetPage ssr=SsrMode::Async />
        <ParentRoute path=path!("/settings") view=SettingsPage ssr=SsrMode::Async>
            <Route path=path!("") view=ProfilePage />
            <Route path=path!("/profile") view=ProfilePage />
            <Route path=path!("/storage") view=StoragePage />
            <Route path=path!("/people") view=PeoplePage />
            <Route path=path!("/tags") view=TagsPage />
            <Route path=path!("/leaving") view=LeavingPage />
            <Route path=path!("/placements") view=PlacementsPage />
            <Route path=path!("/teams") view=TeamsPage />
            <Route path=path!("/webhooks") view=WebhooksPage />
            <Route path=path!("/webhooks/:id") view=WebhookPage />
            <Route path=path!("/embed") view=EmbedPage />
            <Route path=path!("/people/:id") view=PersonPage />
            <Route path=path!("/audit") view=AuditPage />
        </ParentRoute>
        <ParentRoute path=path!("/operator") view=SettingsPage ssr=SsrMode::Async>
            <Route path=path!("/accounts") view=AccountsPage />
            <Route path=path!("/accounts/:id") view=AccountPage />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

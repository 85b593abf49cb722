//! The pages and their addresses.

pub(crate) mod entry;
#[cfg(feature = "ssr")]
mod join;
mod library;
mod missing;
#[cfg(feature = "ssr")]
pub mod plain;
mod set_up;
#[cfg(feature = "ssr")]
mod settings;
mod sign_in;
pub mod told;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use entry::{SetUpPage, SignInPage};
use library::LibraryPage;
use missing::Missing;
#[cfg(feature = "ssr")]
use plain::PlainPages;

use crate::upload::UploadProvider;

/// Everything people see.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <UploadProvider>
                <Pages />
            </UploadProvider>
        </Router>
    }
}

/// The server draws every page.
#[cfg(feature = "ssr")]
#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=Missing>
            <LivePages />
            <PlainPages />
        </Routes>
    }
}

/// The browser knows those that come to life; it goes to the others as to another site.
#[cfg(not(feature = "ssr"))]
#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=Missing>
            <LivePages />
        </Routes>
    }
}

/// The pages that come to life.
///
/// The library's addresses share one page, so that going from folder to folder keeps it alive;
/// it is rendered whole before it is sent, so that it needs no script.
#[component(transparent)]
fn LivePages() -> AnyNestedRoute {
    view! {
        <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
        <Route path=path!("/setup/:token") view=SetUpPage ssr=SsrMode::Async />
        <ParentRoute path=path!("") view=LibraryPage ssr=SsrMode::Async>
            <Route path=path!("") view=|| () />
            <Route path=path!("/folders/:id") view=|| () />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

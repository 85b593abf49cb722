//! The pages and their addresses.

pub(crate) mod entry;
mod join;
mod library;
mod missing;
mod set_up;
mod settings;
mod sign_in;
pub mod told;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use entry::{
    AccountsPage, AuditPage, JoinPage, PeoplePage, ProfilePage, ResetPage, SetUpPage, SettingsPage,
    SignInPage, StoragePage,
};
use library::LibraryPage;
use missing::Missing;

use crate::upload::UploadProvider;

/// Everything people see.
///
/// The library's addresses share one page, so that going from folder to folder keeps it alive;
/// it is rendered whole before it is sent, so that it needs no script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <UploadProvider>
                <Routes fallback=Missing>
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/setup/:token") view=SetUpPage ssr=SsrMode::Async />
                    <Route path=path!("/invite/:token") view=JoinPage ssr=SsrMode::Async />
                    <Route path=path!("/reset/:token") view=ResetPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("/settings") view=SettingsPage ssr=SsrMode::Async>
                        <Route path=path!("") view=ProfilePage />
                        <Route path=path!("/profile") view=ProfilePage />
                        <Route path=path!("/storage") view=StoragePage />
                        <Route path=path!("/people") view=PeoplePage />
                        <Route path=path!("/audit") view=AuditPage />
                    </ParentRoute>
                    <ParentRoute path=path!("/operator") view=SettingsPage ssr=SsrMode::Async>
                        <Route path=path!("/accounts") view=AccountsPage />
                    </ParentRoute>
                    <ParentRoute path=path!("") view=LibraryPage ssr=SsrMode::Async>
                        <Route path=path!("") view=|| () />
                        <Route path=path!("/folders/:id") view=|| () />
                    </ParentRoute>
                </Routes>
            </UploadProvider>
        </Router>
    }
}

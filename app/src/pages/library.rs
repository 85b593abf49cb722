//! The library page: asks for what it opens with, or for signing in.

use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use model::{FolderParent, Limit};

use super::missing::Missing;
use crate::api::{Failure, Json, assets, folders, me, teams, usage};
use crate::browse::{LibraryView, Opening};
use crate::components::Notice;
use crate::query::{LibraryQuery, Place};
use crate::text::use_text;

/// The library page.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let text = use_text();
    let location = use_location();
    let (path, params) = (location.pathname, location.query);
    let query =
        Memo::new(move |_| path.with(|path| params.with(|it| LibraryQuery::read(path, it))));
    let opening =
        Resource::<_, Json>::new_with_options(|| (), move |()| open(query.get_untracked()), false);
    view! {
        // What is read inside later on takes nothing away: only the first load shows the words.
        <Transition fallback=move || view! { <p class="waiting">{text.general.loading}</p> }>
            {move || Suspend::new(async move {
                match opening.await {
                    Ok(opening) if is_missing(&opening, &query.get_untracked()) => {
                        view! { <Missing /> }.into_any()
                    }
                    Ok(opening) => view! { <LibraryView opening query /> }.into_any(),
                    Err(failure) if failure.needs_sign_in() => {
                        view! { <Redirect path=query.get_untracked().sign_in_path() /> }.into_any()
                    }
                    // Where the library is switched off, it is as if there were none.
                    Err(failure) if failure.0.status == 404 => view! { <Missing /> }.into_any(),
                    Err(failure) => not_shown(&failure),
                }
            })}
        </Transition>
        // Empty; but the router changes the address only once the inner route was drawn.
        <Outlet />
    }
    .into_any()
}

/// All that the page opens with.
async fn open(query: LibraryQuery) -> Result<Opening, Failure> {
    let filter = query.filter();
    // First: what happens while the rest is read is told afterwards.
    let me = me::get_me().await?;
    let asset = match query.asset {
        // An asset that is gone leaves the page as it is without it.
        Some(id) => assets::get_asset(id).await.ok(),
        None => None,
    };
    let choices = if query.filters || !query.narrow.all().is_empty() {
        teams::offer_choices().await?
    } else {
        String::new()
    };
    let trashed = match query.place {
        Place::Trash => Some(folders::list_trashed_folders(None).await?),
        _ => None,
    };
    Ok(Opening {
        choices,
        trashed,
        me,
        folders: folders::open_tree(query.folder()).await?,
        usage: usage::get_meter().await?,
        page: assets::list_assets(filter.clone(), query.after, Limit::default()).await?,
        total: assets::count_assets(filter).await?,
        asset,
    })
}

/// Whether the address names a folder that is not there.
fn is_missing(opening: &Opening, query: &LibraryQuery) -> bool {
    query.folder().is_some_and(|id| {
        !opening
            .folders
            .iter()
            .any(|level| level.parent == FolderParent::In(id))
    })
}

fn not_shown(failure: &Failure) -> AnyView {
    let text = use_text();
    view! {
        <main class="sheet">
            <h1>{text.browse.not_shown}</h1>
            <Notice text=text.problem(&failure.0) />
            <a class="button" href="" rel="external">
                {text.general.try_again}
            </a>
        </main>
    }
    .into_any()
}

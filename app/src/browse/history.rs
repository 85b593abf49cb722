//! What an asset showed before: replaced by another file, looked at beside it, and brought back.
//!
//! What is used outside shows something else there from then on, so that is said and asked first.

use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetId, AssetState, Cursor, Kind, Page, Problem, Version};
use web_sys::File;

use super::changing::question;
use super::desk::{Desk, use_desk};
use crate::api::Failure;
use crate::api::used_in::{UsingPlaces, list_usages};
use crate::api::versions::{list_versions, revert_asset};
use crate::browser::newest::Newest;
use crate::browser::transfer::{self, Hold, Request};
use crate::browser::{form, page};
use crate::components::{Moment, Notice};
use crate::text::use_text;
use crate::upload::tus::problem;

/// The id of the button that replaces.
const REPLACE: &str = "replace-file";

/// Something else that an asset shall show, as it was chosen: by then another one may be open.
#[derive(Clone, Copy)]
struct Deed {
    id: AssetId,
    /// The version that was seen.
    seen: u32,
    what: What,
}

/// What an asset shall show.
#[derive(Clone, Copy)]
enum What {
    /// The file that was chosen.
    File,
    /// An earlier version.
    Version(u32),
}

/// The versions that are here.
#[derive(Clone, Copy)]
struct Shown {
    asset: Memo<Arc<Asset>>,
    /// Where a file is chosen to take the place of what is shown.
    input: NodeRef<Input>,
    /// How many bytes of how many of it have left.
    progress: RwSignal<Option<(f64, f64)>>,
    /// What is asked before it is done, and where it is seen.
    asking: RwSignal<Option<(UsingPlaces, Deed)>>,
    items: RwSignal<Vec<Version>>,
    next: RwSignal<Option<Cursor>>,
    problem: RwSignal<Option<Problem>>,
    /// Which one is looked at beside the current one.
    compared: RwSignal<Option<u32>>,
    asked: Newest,
}

impl Shown {
    /// Asks for the first page, or for the one after what is here.
    fn ask(self, cursor: Option<Cursor>) {
        let id = self.asset.with_untracked(|asset| asset.id);
        let is_first = cursor.is_none();
        self.asked.ask(list_versions(id, cursor), move |page| {
            self.hear(page, is_first);
        });
    }

    fn hear(self, page: Result<Page<Version>, Failure>, is_first: bool) {
        match page {
            Ok(page) => {
                self.problem.set(None);
                self.next.set(page.next_cursor);
                self.items.update(|items| {
                    if is_first {
                        items.clear();
                    }
                    items.extend(page.items);
                });
            }
            Err(failure) => self.problem.set(Some(failure.0)),
        }
    }

    /// Does it at once, unless the asset is used outside: then it says where, and asks.
    fn weigh(self, desk: Desk, what: What) {
        let (id, seen) = self.asset.with_untracked(|asset| (asset.id, asset.version));
        let deed = Deed { id, seen, what };
        spawn_local(async move {
            match list_usages(id).await {
                Ok(places) if places.count > 0 => {
                    self.asking.try_set(Some((places, deed)));
                }
                Ok(_) => self.act(desk, deed),
                Err(failure) => desk.complain(&failure),
            }
        });
    }

    fn act(self, desk: Desk, Deed { id, seen, what }: Deed) {
        match what {
            What::File => {
                if let Some(file) = form::take_file(self.input) {
                    spawn_local(replace(desk, id, seen, file, self.progress));
                }
            }
            What::Version(number) => {
                self.compared.try_set(None);
                spawn_local(revert(desk, id, seen, number));
            }
        }
    }
}

/// The versions of an asset that has several, and a way to replace its file.
#[component]
pub fn History(
    /// Whose.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let (desk, text) = (use_desk(), use_text());
    let shown = Shown {
        asset,
        input: NodeRef::new(),
        progress: RwSignal::default(),
        asking: RwSignal::default(),
        items: RwSignal::default(),
        next: RwSignal::default(),
        problem: RwSignal::default(),
        compared: RwSignal::default(),
        asked: Newest::default(),
    };
    let version = Memo::new(move |_| asset.with(|asset| asset.version));
    // Most files were never replaced, and nobody asks about those.
    Effect::new(move |_| {
        if version.get() > 1 {
            shown.ask(None);
        }
    });
    let is_trashed = Memo::new(move |_| asset.with(|asset| asset.state == AssetState::Trashed));
    let rows = move || {
        let items = shown.items.get();
        (!items.is_empty()).then(|| {
            let rows: Vec<_> = items
                .iter()
                .map(|one| row(desk, shown, one, is_trashed))
                .collect();
            view! { <ol>{rows}</ol> }
        })
    };
    let more = move || {
        let cursor = shown.next.get()?;
        Some(view! {
            <button type="button" class="quiet" on:click=move |_| shown.ask(Some(cursor.clone()))>
                {text.details().earlier_versions}
            </button>
        })
    };
    let failed = move || {
        let problem = shown.problem.get()?;
        Some(view! {
            <Notice text=text.problem(&problem) />
            <button type="button" on:click=move |_| shown.ask(None)>
                {text.general.try_again}
            </button>
        })
    };
    view! {
        <section class="sharing history" aria-labelledby="history-title">
            <h3 id="history-title">{text.details().history}</h3>
            {rows}
            {more}
            {failed}
            {move || (!is_trashed.get()).then(|| replace_file(desk, shown))}
        </section>
        {move || shown.asking.get().map(|(places, deed)| asked(desk, shown, &places, deed))}
    }
    .into_any()
}

/// One version: what, when, by whom, and what can be done with it.
fn row(desk: Desk, shown: Shown, one: &Version, is_trashed: Memo<bool>) -> AnyView {
    let text = use_text();
    let (number, is_current) = (one.number, one.is_current);
    let is_picture = shown
        .asset
        .with_untracked(|asset| asset.kind == Kind::Image && asset.has_renditions);
    let by = one.created_by_name.as_deref().map(|name| text.by(name));
    let id = shown.asset.with_untracked(|asset| asset.id);
    let open = format!("/api/v1/assets/{id}/versions/{number}/content");
    let said = text.version(number);
    let compare = (is_picture && !is_current).then(|| {
        let toggle = move |_| {
            let now = shown.compared.get_untracked();
            shown.compared.set((now != Some(number)).then_some(number));
        };
        view! {
            <button
                type="button"
                class="quiet"
                aria-expanded=move || (shown.compared.get() == Some(number)).to_string()
                on:click=toggle
            >
                {text.details().compare}
            </button>
        }
    });
    let back = move || {
        (!is_current && !is_trashed.get()).then(|| {
            view! {
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| shown.weigh(desk, What::Version(number))
                >
                    {text.details().bring_back}
                </button>
            }
        })
    };
    let beside =
        move || (shown.compared.get() == Some(number)).then(|| side_by_side(shown, number));
    view! {
        <li aria-current=is_current.then_some("true")>
            <a class="link" href=open target="_blank" rel="external noopener">
                {said}
            </a>
            <p>
                {text.size(one.size)} ", " <Moment at=one.created_at />
                {by.map(|by| view! { <span dir="auto">{by}</span> })}
            </p>
            <div class="answers">{compare} {back}</div>
            {beside}
        </li>
    }
    .into_any()
}

/// An earlier picture and the current one.
fn side_by_side(shown: Shown, number: u32) -> AnyView {
    let text = use_text();
    let (id, now) = shown.asset.with(|asset| (asset.id, asset.version));
    let picture = |number: u32| {
        let path = format!("/api/v1/assets/{id}/versions/{number}/renditions/tile");
        view! {
            <figure>
                <img src=path alt="" loading="lazy" decoding="async" />
                <figcaption>{text.version(number)}</figcaption>
            </figure>
        }
    };
    view! { <div class="beside">{picture(number)} {picture(now)}</div> }.into_any()
}

async fn revert(desk: Desk, id: AssetId, seen: u32, number: u32) {
    let said = use_text().details().brought_back;
    let outcome = revert_asset(id, number, seen).await;
    // The button that was pressed is gone with its row.
    page::focus_soon(REPLACE.to_owned());
    desk.conclude(outcome, said);
}

/// Asks before something else is seen where the asset is used.
fn asked(desk: Desk, shown: Shown, places: &UsingPlaces, deed: Deed) -> AnyView {
    let words = use_text().details();
    let verb = match deed.what {
        What::File => words.replace_now,
        What::Version(_) => words.bring_back,
    };
    let act = move || shown.act(desk, deed);
    let left = move || {
        shown.asking.try_set(None);
        // What was not taken may be chosen again.
        form::take_file(shown.input);
    };
    question(places, verb, act, left)
}

/// A button that takes another file of the same kind.
fn replace_file(desk: Desk, shown: Shown) -> AnyView {
    let text = use_text();
    let Shown {
        asset,
        input,
        progress,
        ..
    } = shown;
    let accept = move || asset.with(|asset| accepted(asset.kind));
    let said = move || match progress.get() {
        Some((sent, all)) => text.replacing(sent, all),
        None => text.details().replace_file.to_owned(),
    };
    let choose = move |_| {
        if let (None, Some(input)) = (progress.get_untracked(), input.get_untracked()) {
            input.click();
        }
    };
    let take = move |_| {
        if form::has_file(input) {
            shown.weigh(desk, What::File);
        }
    };
    view! {
        <button
            type="button"
            id=REPLACE
            class="quiet"
            aria-disabled=move || progress.get().is_some().then_some("true")
            on:click=choose
        >
            {said}
        </button>
        <input
            hidden
            type="file"
            accept=accept
            aria-label=text.details().replace_file
            node_ref=input
            on:change=take
        />
    }
    .into_any()
}

/// What the browser offers to choose; the server looks at the bytes.
const fn accepted(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "image/*",
        Kind::Video => "video/*",
        Kind::Audio => "audio/*",
        Kind::Contact => ".vcf,text/vcard",
        Kind::Document => "",
    }
}

async fn replace(
    desk: Desk,
    id: AssetId,
    seen: u32,
    file: File,
    progress: RwSignal<Option<(f64, f64)>>,
) {
    let all = file.size();
    let Some((body, kind)) = form::with_file(&file) else {
        return;
    };
    progress.set(Some((0.0, all)));
    let url = format!("/api/v1/assets/{id}/versions?if_version={seen}");
    let request = Request {
        method: "POST",
        url: &url,
        headers: vec![("content-type", kind)],
        body: Some(body),
    };
    let hold = Hold::default();
    let moved = move |sent: f64| {
        progress.try_set(Some((sent.min(all), all)));
    };
    let answer = transfer::send(request, &hold, moved).await;
    progress.try_set(None);
    let broken = || Problem::unavailable("The connection broke.");
    let outcome = match answer {
        Ok(answer) if answer.status == 201 => {
            serde_json::from_str::<Asset>(&answer.body).map_err(|_| broken())
        }
        Ok(answer) => Err(problem(&answer)),
        Err(_) => Err(broken()),
    };
    desk.conclude(
        outcome.map_err(Failure::from),
        use_text().details().replaced,
    );
}

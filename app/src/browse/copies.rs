//! What a copy was made of, and the copies that were made of a picture.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, AssetId, AssetState};

use super::changing::question;
use super::desk::{Desk, use_desk};
use crate::api::Failure;
use crate::api::copies::{Kin, Relative, list_kin, remake_asset};
use crate::api::placements::Fit;
use crate::api::used_in::{UsingPlaces, list_usages};
use crate::browser::newest::Newest;
use crate::browser::page;
use crate::components::{Moment, Notice};
use crate::text::{use_language, use_text};

/// The id of the link to the original.
const ORIGINAL: &str = "made-of";

/// What the server said; nothing while it is asked.
type Answer = Option<Result<Kin, Failure>>;

/// What an asset was made of, and what was made of it; nothing where it came as it is.
#[component]
pub fn Copies(
    /// Whose.
    asset: Memo<Arc<Asset>>,
    /// Told when copies of it were made.
    made: Trigger,
) -> impl IntoView {
    let answer = RwSignal::new(None);
    let again = Trigger::new();
    ask(asset, answer, (again, made));
    let original = Memo::new(move |_| kin(answer, |kin| kin.original.clone()));
    let copies = Memo::new(move |_| kin(answer, |kin| Some((kin.copies.clone(), kin.has_more))));
    let is_copy = Memo::new(move |_| original.with(Option::is_some));
    view! {
        {move || is_copy.get().then(|| made_of(asset, original))}
        {move || copies.get().map(|(copies, has_more)| made_of_it(&copies, has_more))}
        {move || {
            answer
                .with(|answer| {
                    let failure = answer.as_ref()?.as_ref().err()?;
                    Some(failed(failure, again))
                })
        }}
    }
    .into_any()
}

fn kin<T>(answer: RwSignal<Answer>, part: impl FnOnce(&Kin) -> Option<T>) -> Option<T> {
    answer.with(|answer| part(answer.as_ref()?.as_ref().ok()?))
}

/// Asks in the browser, and again for each new original and once copies were made.
fn ask(asset: Memo<Arc<Asset>>, answer: RwSignal<Answer>, (again, made): (Trigger, Trigger)) {
    let language = use_language();
    let picture = Memo::new(move |_| {
        asset.with(|asset| asset.has_renditions.then_some((asset.id, asset.version)))
    });
    let asked = Newest::default();
    Effect::new(move |_| {
        again.track();
        made.track();
        match picture.get() {
            Some((id, _)) => asked.ask(list_kin(id, language), move |kin| answer.set(Some(kin))),
            None => {
                asked.skip();
            }
        }
    });
}

/// What it was made of, for what, and when; where that was replaced since, a way to make it again.
fn made_of(asset: Memo<Arc<Asset>>, original: Memo<Option<Relative>>) -> AnyView {
    let (desk, text) = (use_desk(), use_text());
    let again = Again {
        is_under_way: RwSignal::new(false),
        asking: RwSignal::new(None),
    };
    let is_trashed = move || asset.with(|asset| asset.state == AssetState::Trashed);
    let said = move || {
        original.with(|original| {
            let original = original.as_ref()?;
            let what = text.made_for(original.place.as_deref());
            Some(view! {
                {what}
                ", "
                <Moment at=original.made_at />
            })
        })
    };
    let is_outdated =
        Memo::new(move |_| original.with(|one| one.as_ref().is_some_and(|one| one.is_outdated)));
    let offer = move || {
        is_outdated.get().then(|| {
            view! {
                <p>{text.details().replaced_since}</p>
                {move || (!is_trashed()).then(|| remake(desk, again, asset))}
            }
        })
    };
    let link =
        Memo::new(move |_| original.with(|one| one.as_ref().map(|one| (one.id, one.name.clone()))));
    view! {
        <section class="sharing verdicts" aria-labelledby="made-of-title">
            <h3 id="made-of-title">{text.details().made_of}</h3>
            {move || link.get().map(|(id, name)| way(desk, id, name, Some(ORIGINAL)))}
            <p>{said}</p>
            {offer}
        </section>
        {move || again.asking.get().map(|(places, copy)| asked(desk, again, &places, copy))}
    }
    .into_any()
}

/// A copy that is made again, as it was seen: by then another asset may be open.
#[derive(Clone, Copy)]
struct Remaking {
    id: AssetId,
    version: u32,
}

/// How far making again has come.
#[derive(Clone, Copy)]
struct Again {
    is_under_way: RwSignal<bool>,
    /// What is asked before it is done, and where it is seen.
    asking: RwSignal<Option<(UsingPlaces, Remaking)>>,
}

impl Again {
    /// Does it at once, unless the copy is used outside: then it says where, and asks.
    fn weigh(self, desk: Desk, copy: Remaking) {
        if self.is_under_way.get_untracked() {
            return;
        }
        self.is_under_way.set(true);
        spawn_local(async move {
            match list_usages(copy.id).await {
                Ok(places) if places.count > 0 => {
                    self.asking.try_set(Some((places, copy)));
                }
                Ok(_) => make_again(desk, copy).await,
                Err(failure) => desk.complain(&failure),
            }
            self.is_under_way.try_set(false);
        });
    }

    fn act(self, desk: Desk, copy: Remaking) {
        self.is_under_way.set(true);
        spawn_local(async move {
            make_again(desk, copy).await;
            self.is_under_way.try_set(false);
        });
    }
}

/// A button that makes a copy again.
fn remake(desk: Desk, again: Again, asset: Memo<Arc<Asset>>) -> AnyView {
    let text = use_text();
    let press = move |_| {
        let copy = asset.with_untracked(|asset| Remaking {
            id: asset.id,
            version: asset.version,
        });
        again.weigh(desk, copy);
    };
    let said = move || {
        if again.is_under_way.get() {
            text.details().making
        } else {
            text.details().make_again
        }
    };
    view! {
        <button
            type="button"
            class="quiet"
            aria-disabled=move || again.is_under_way.get().then_some("true")
            on:click=press
        >
            {said}
        </button>
    }
    .into_any()
}

/// Asks before something else is seen where the copy is used.
fn asked(desk: Desk, again: Again, places: &UsingPlaces, copy: Remaking) -> AnyView {
    let left = move || {
        again.asking.try_set(None);
    };
    let verb = use_text().details().make_again;
    question(places, verb, move || again.act(desk, copy), left)
}

/// Makes it again; then the button is gone, and the focus goes to the link to the original.
async fn make_again(desk: Desk, Remaking { id, version }: Remaking) {
    let said = use_text().details().made_again;
    let outcome = remake_asset(id, version).await;
    if outcome.is_ok() {
        page::focus_soon(ORIGINAL.to_owned());
    }
    desk.conclude(outcome, said);
}

/// The copies that were made of it, those marked whose original was replaced since.
fn made_of_it(copies: &[Relative], has_more: bool) -> Option<AnyView> {
    let (desk, text) = (use_desk(), use_text());
    if copies.is_empty() {
        return None;
    }
    let rows: Vec<_> = copies.iter().map(|one| copy(desk, one)).collect();
    let view = view! {
        <section class="sharing verdicts" aria-labelledby="copies-title">
            <h3 id="copies-title">{text.details().copies_of_it}</h3>
            <ul>{rows}</ul>
            {has_more.then(|| view! { <p>{text.details().list_cut}</p> })}
        </section>
    };
    Some(view.into_any())
}

fn copy(desk: Desk, one: &Relative) -> AnyView {
    let text = use_text();
    let outdated = one.is_outdated.then(|| {
        view! { <p>{text.details().outdated}</p> }
    });
    let fit = if one.is_outdated {
        Fit::Unsure
    } else {
        Fit::Fits
    };
    view! {
        <li data-fit=fit.as_str()>
            {way(desk, one.id, one.name.clone(), None)}
            <p>{text.made_for(one.place.as_deref())} ", " <Moment at=one.made_at /></p>
            {outdated}
        </li>
    }
    .into_any()
}

/// The way to the details of another asset.
fn way(desk: Desk, to: AssetId, name: String, id: Option<&'static str>) -> AnyView {
    let address = move || desk.query.with(|query| query.with_asset(Some(to)).href());
    view! {
        <a class="link" id=id href=address dir="auto" data-noscroll="true">
            {name}
        </a>
    }
    .into_any()
}

fn failed(failure: &Failure, again: Trigger) -> AnyView {
    let text = use_text();
    view! {
        <section class="sharing" aria-label=text.details().made_of>
            <Notice text=text.problem(&failure.0) />
            <button type="button" on:click=move |_| again.notify()>
                {text.general.try_again}
            </button>
        </section>
    }
    .into_any()
}

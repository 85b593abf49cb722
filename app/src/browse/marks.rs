//! Marks of one asset: the tags it carries and the teams it is for, each taken off or put on at once.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use model::{Asset, AssetId, FolderColor, TeamId};

use super::desk::{Desk, use_desk};
use super::fields::{hidden_id, save_button};
use super::find::use_choices;
use crate::api::assets::TagAsset;
use crate::api::tags::{color_tags, retag_asset, suggest_tags};
use crate::api::teams::{TeamName, assign_asset};
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::text::{find_text, use_text};

const TAGS_FIELD: &str = "tags";
const TEAMS_FIELD: &str = "teams";

/// The tags an asset carries.
///
/// Before the page lives the field holds all of them; then it takes one more.
#[component]
pub fn TagsField(
    /// Whose tags.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    let id = asset.with_untracked(|asset| asset.id);
    let offered = RwSignal::new(Vec::new());
    Effect::new(move |_| page::set_value(TAGS_FIELD, ""));
    let add = move || {
        let words = page::value_of(TAGS_FIELD);
        if !words.trim().is_empty() {
            page::set_value(TAGS_FIELD, "");
            offered.set(Vec::new());
            retag(desk, id, split(&words), Vec::new());
        }
    };
    let tags = Memo::new(move |_| asset.with(|asset| asset.tags.clone()));
    let colors = use_colors(tags);
    let joined = tags.get_untracked().join(", ");
    view! {
        <div class="field marks">
            <label for=TAGS_FIELD>{text.details().tags}</label>
            <ul class="chips">
                {move || tags.get().into_iter().map(|tag| tag_chip(desk, id, tag, colors)).collect_view()}
            </ul>
            <form
                method="post"
                action=TagAsset::url()
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                {hidden_id(id)}
                <input
                    id=TAGS_FIELD
                    type="text"
                    name="tags"
                    list="tag-suggestions"
                    value=joined
                    dir="auto"
                    autocomplete="off"
                    placeholder=find_text().add_tag
                    on:input=move |event| suggest(offered, event_target_value(&event))
                    on:change=move |_| add()
                />
                {suggestions("tag-suggestions", offered)}
                {save_button()}
            </form>
        </div>
    }
    .into_any()
}

/// The tags that have a color, with it.
type Colors = RwSignal<Vec<(String, FolderColor)>>;

/// The colors of tags, once the page lives.
fn use_colors(tags: Memo<Vec<String>>) -> Colors {
    let colors = Colors::default();
    Effect::new(move |_| {
        let named = tags.get();
        if named.is_empty() {
            return;
        }
        spawn_local(async move {
            if let Ok(found) = color_tags(named).await {
                let _ = colors.try_set(found);
            }
        });
    });
    colors
}

fn tag_chip(desk: Desk, id: AssetId, tag: String, colors: Colors) -> impl IntoView {
    let (own, gone) = (tag.clone(), tag.clone());
    let color = move || {
        let colors = colors.read();
        let (_, color) = colors.iter().find(|(tag, _)| *tag == own)?;
        Some(format!("--mark:var(--folder-{})", color.as_str()))
    };
    let take_off = move || {
        retag(desk, id, Vec::new(), vec![gone.clone()]);
        page::focus(TAGS_FIELD);
    };
    chip(tag, color, take_off)
}

/// The teams an asset is for; nothing where the account has none.
#[component]
pub fn TeamsField(
    /// Whose teams.
    asset: Memo<Arc<Asset>>,
) -> impl IntoView {
    let desk = use_desk();
    use_choices(desk);
    let has_any = Memo::new(move |_| {
        let named = asset.with(|asset| !asset.teams.is_empty());
        let choices = desk.choices.read();
        named || choices.as_ref().is_some_and(|it| !it.teams.is_empty())
    });
    move || has_any.get().then(|| teams(desk, asset))
}

fn teams(desk: Desk, asset: Memo<Arc<Asset>>) -> AnyView {
    let words = find_text();
    let id = asset.with_untracked(|asset| asset.id);
    let named = Memo::new(move |_| asset.with(|asset| asset.teams.clone()));
    let known = move || desk.choices.get().map(|it| it.teams).unwrap_or_default();
    let chips = move || {
        let known = known();
        named
            .get()
            .into_iter()
            .map(|name| team_chip(desk, id, &known, name))
            .collect_view()
    };
    let options = move || {
        let named = named.get();
        known()
            .into_iter()
            .filter(|team| !named.contains(&team.name))
            .map(|team| view! { <option value=team.id.to_string()>{team.name}</option> })
            .collect_view()
    };
    view! {
        <div class="field marks">
            <label for=TEAMS_FIELD>{words.teams}</label>
            <ul class="chips">
                {chips}
            </ul>
            <select
                id=TEAMS_FIELD
                on:change=move |event| {
                    let team: Option<TeamId> = event_target_value(&event).parse().ok();
                    page::set_value(TEAMS_FIELD, "");
                    assign(desk, id, team.into_iter().collect(), Vec::new());
                }
            >
                <option value="">{words.add_team}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn team_chip(desk: Desk, id: AssetId, known: &[TeamName], name: String) -> impl IntoView + use<> {
    let team = known.iter().find(|team| team.name == name);
    let team = team.map(|team| team.id);
    let take_off = move || {
        assign(desk, id, Vec::new(), team.into_iter().collect());
        page::focus(TEAMS_FIELD);
    };
    chip(name, || None, take_off)
}

/// A mark, in its color, with a way to take it off.
fn chip(
    name: String,
    color: impl Fn() -> Option<String> + Send + 'static,
    take_off: impl Fn() + 'static,
) -> impl IntoView {
    let label = find_text().naming(find_text().remove, &name);
    view! {
        <li class="chip" style=color>
            <span dir="auto">{name}</span>
            <button
                type="button"
                class="quiet icon-only"
                aria-label=label
                on:click=move |_| take_off()
            >
                <Icon glyph=Glyph::Close />
            </button>
        </li>
    }
}

/// What a field offers to complete a word.
pub fn suggestions(id: &'static str, offered: RwSignal<Vec<String>>) -> impl IntoView {
    let options = move || {
        let offered = offered.get().into_iter();
        offered
            .map(|tag| view! { <option value=tag></option> })
            .collect_view()
    };
    view! { <datalist id=id>{options}</datalist> }
}

/// Counts what was asked for, so that an older answer is not heard.
static TURN: AtomicU32 = AtomicU32::new(0);

/// Offers the tags that begin like what is written after the last comma.
pub fn suggest(offered: RwSignal<Vec<String>>, written: String) {
    let (before, beginning) = match written.rsplit_once(',') {
        Some((before, beginning)) => (format!("{before}, "), beginning.trim()),
        None => (String::new(), written.trim()),
    };
    let turn = TURN.fetch_add(1, Relaxed) + 1;
    if beginning.is_empty() {
        return offered.set(Vec::new());
    }
    let beginning = beginning.to_owned();
    spawn_local(async move {
        if let Ok(tags) = suggest_tags(beginning).await
            && TURN.load(Relaxed) == turn
        {
            let whole = |tag: model::Tag| format!("{before}{}", tag.name);
            offered.try_set(tags.into_iter().map(whole).collect());
        }
    });
}

/// Words that commas part.
pub fn split(words: &str) -> Vec<String> {
    words
        .split(',')
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn retag(desk: Desk, id: AssetId, add: Vec<String>, remove: Vec<String>) {
    let said = find_text().tags_saved;
    desk.change(said, retag_asset(id, add, remove));
}

fn assign(desk: Desk, id: AssetId, add: Vec<TeamId>, remove: Vec<TeamId>) {
    if add.is_empty() && remove.is_empty() {
        return;
    }
    let said = find_text().teams_saved;
    desk.change(said, assign_asset(id, add, remove));
}

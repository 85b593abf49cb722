//! What is asked before something is done: where to, under which name, whether really.

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Folder, FolderContents, FolderId, UsageCount};

use super::found::Found;
use super::many::Chosen;
use crate::api::{folders, used_in};
use crate::browse::desk::Desk;
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::text::use_text;

const NAME_FIELD: &str = "ask-name";
const WORD_FIELD: &str = "ask-word";

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    NewFolder(Option<FolderId>),
    MoveAssets(Chosen),
    /// Which tags and teams.
    Mark(Chosen),
    MoveFolder(Folder),
    DeleteFolder(Folder, FolderContents),
    /// What is used outside.
    Trash(Chosen, UsageCount),
    Purge(Chosen),
    PurgeFolder(Folder),
    EmptyTrash,
}

impl Desk {
    /// Moves assets to the trash at once, unless they are used: then it asks first.
    pub fn ask_to_trash(self, chosen: Chosen) {
        let weighing = self.tidying().weighing;
        // What is pressed again meanwhile is about the same.
        if weighing.get_untracked() {
            return;
        }
        weighing.set(true);
        let among = chosen.clone().selection();
        spawn_local(async move {
            let counted = used_in::count_usages(among).await;
            let _ = weighing.try_set(false);
            match counted {
                Ok(count) if count.places > 0 => {
                    self.tidying().ask.set(Some(Ask::Trash(chosen, count)));
                }
                Ok(_) => self.trash_these(chosen),
                Err(failure) => self.complain(&failure),
            }
        });
    }

    /// Asks whether a folder shall go, and says what goes with it.
    pub fn ask_to_delete(self, folder: Folder) {
        spawn_local(async move {
            match folders::read_folder_contents(folder.id).await {
                Ok(contents) => self
                    .tidying()
                    .ask
                    .set(Some(Ask::DeleteFolder(folder, contents))),
                Err(failure) => self.complain(&failure),
            }
        });
    }
}

/// The dialog that asks, while something is asked.
pub fn dialog(desk: Desk) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    page::show_while(dialog, move || desk.tidying().ask.read().is_some());
    view! {
        <dialog
            class="ask"
            aria-labelledby="ask-title"
            node_ref=dialog
            on:close=move |_| {
                if page::is_closed(dialog) && desk.tidying().ask.read_untracked().is_some() {
                    desk.tidying().ask.set(None);
                }
            }
        >
            {move || desk.tidying().ask.get().map(|ask| question(desk, ask))}
        </dialog>
    }
    .into_any()
}

fn question(desk: Desk, ask: Ask) -> AnyView {
    let text = use_text();
    match ask {
        Ask::NewFolder(parent) => new_folder(desk, parent),
        Ask::Mark(chosen) => super::mark::question(desk, chosen),
        Ask::MoveAssets(chosen) => choose_folder(desk, Moved::Assets(chosen)),
        Ask::MoveFolder(folder) => choose_folder(desk, Moved::Folder(folder.id)),
        Ask::DeleteFolder(folder, contents) => {
            let title = text.naming(text.order().delete_title, folder.name.as_str());
            to_trash(desk, title, consequences(desk, contents), move || {
                desk.trash_folder(&folder);
            })
        }
        Ask::Trash(chosen, count) => {
            let title = text.order().trash_title.to_owned();
            to_trash(desk, title, vec![text.used_in(&count)], move || {
                desk.trash_these(chosen.clone());
            })
        }
        Ask::Purge(chosen) => {
            let count = match &chosen {
                Chosen::These(ids) => ids.len() as u64,
                Chosen::All(_) => desk.shelf.total.get_untracked(),
            };
            let told = text.so_many(&text.order().purge_hint, count);
            let typed = count > 1;
            confirm(
                desk,
                text.order().purge_title.to_owned(),
                told,
                typed,
                move || {
                    desk.purge(chosen.clone());
                },
            )
        }
        Ask::PurgeFolder(folder) => {
            let title = text.naming(text.order().delete_title, folder.name.as_str());
            let told = text.order().empty_hint.to_owned();
            confirm(desk, title, told, true, move || {
                desk.purge_folder(folder.id);
            })
        }
        Ask::EmptyTrash => {
            let title = text.order().empty_title.to_owned();
            let told = text.order().empty_hint.to_owned();
            confirm(desk, title, told, true, move || desk.empty_trash())
        }
    }
}

pub fn cancel(desk: Desk) -> AnyView {
    view! {
        <button type="button" class="quiet" on:click=move |_| desk.tidying().ask.set(None)>
            {use_text().general.cancel}
        </button>
    }
    .into_any()
}

fn new_folder(desk: Desk, parent: Option<FolderId>) -> AnyView {
    let text = use_text();
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            let name = page::value_of(NAME_FIELD);
            desk.tidying().ask.set(None);
            desk.make_folder(parent, name);
        }>
            <h2 id="ask-title">{text.browse.new_folder}</h2>
            <input
                id=NAME_FIELD
                type="text"
                required=true
                maxlength="255"
                autocomplete="off"
                autofocus=true
                aria-label=text.browse.folder_name
                placeholder=text.browse.folder_name
            />
            <div class="answers">
                {cancel(desk)}
                <button type="submit" class="primary">
                    {text.general.create}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// What is moved.
#[derive(Clone, Debug)]
enum Moved {
    Assets(Chosen),
    Folder(FolderId),
}

impl Moved {
    const fn folder(&self) -> Option<FolderId> {
        match self {
            Self::Folder(id) => Some(*id),
            Self::Assets(_) => None,
        }
    }
}

/// A search among all folders, each of which is an answer.
fn choose_folder(desk: Desk, moved: Moved) -> AnyView {
    let text = use_text();
    let words = RwSignal::new(String::new());
    let found = Found::by(desk, words);
    let id = moved.folder();
    let moved = StoredValue::new(moved);
    let choose = move |folder: Option<FolderId>| {
        let moved = moved.try_get_value();
        desk.tidying().ask.set(None);
        match moved {
            Some(Moved::Folder(id)) => desk.move_folder(id, folder),
            Some(Moved::Assets(chosen)) => desk.move_chosen(chosen, folder),
            None => {}
        }
    };
    let choice = move |folder: Folder| {
        let target = folder.id;
        let path: Vec<_> = folder.path.iter().map(ToString::to_string).collect();
        view! {
            <li>
                <button type="button" on:click=move |_| choose(Some(target))>
                    <Icon glyph=Glyph::Folder />
                    <span class="name" dir="auto">{folder.name.to_string()}</span>
                    <span class="path" dir="auto">{path.join(" / ")}</span>
                </button>
            </li>
        }
    };
    view! {
        <div>
            <h2 id="ask-title">{text.order().move_title}</h2>
            <input
                type="search"
                autocomplete="off"
                autofocus=true
                aria-label=text.browse.find_folder
                placeholder=text.browse.find_folder
                on:input=move |event| words.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                        let words = words.get_untracked();
                        spawn_local(async move {
                            let found = folders::find_folders(words, None).await;
                            let found = found.map(|page| page.items).unwrap_or_default();
                            let mut others = found.iter().map(|it| it.id);
                            if let Some(folder) = others.find(|folder| Some(*folder) != id) {
                                choose(Some(folder));
                            }
                        });
                    }
                }
            />
            <ul class="choices">
                <li>
                    <button type="button" on:click=move |_| choose(None)>
                        <Icon glyph=Glyph::Images />
                        <span class="name">{text.order().top}</span>
                    </button>
                </li>
                {move || {
                    let others = found.folders().into_iter();
                    others.filter(|folder| Some(folder.id) != id).map(choice).collect_view()
                }}
                {found.more(desk)}
            </ul>
            <div class="answers">{cancel(desk)}</div>
        </div>
    }
    .into_any()
}

/// Asks whether something shall go to the trash, and says what that means, a sentence each.
fn to_trash(desk: Desk, title: String, told: Vec<String>, act: impl Fn() + 'static) -> AnyView {
    let text = use_text();
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            desk.tidying().ask.set(None);
            act();
        }>
            <h2 id="ask-title">{title}</h2>
            {told.into_iter().map(|told| view! { <p dir="auto">{told}</p> }).collect_view()}
            <div class="answers">
                {cancel(desk)}
                <button type="submit" class="danger" autofocus=true>
                    {text.order().to_trash}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// What happens to a folder and to what it holds, a sentence each.
fn consequences(desk: Desk, contents: FolderContents) -> Vec<String> {
    let (text, days) = (
        use_text(),
        desk.me.with_value(|me| me.limits.retention_days),
    );
    let FolderContents {
        folders,
        assets,
        shared,
        used_in,
    } = contents;
    let used = (used_in.places > 0).then(|| text.used_in(&used_in));
    let nothing = (folders == 0 && assets == 0).then(|| text.order().delete_nothing.to_owned());
    let told = [
        (&text.order().delete_files, assets),
        (&text.order().delete_folders, folders),
        (&text.order().delete_shared, shared),
        (&text.order().delete_kept, u64::from(days)),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(sentence, count)| text.so_many(sentence, count));
    nothing.into_iter().chain(used).chain(told).collect()
}

/// Asks whether something shall go for good; where it is much, by a word that is written.
fn confirm(
    desk: Desk,
    title: String,
    told: String,
    typed: bool,
    act: impl Fn() + 'static,
) -> AnyView {
    let text = use_text();
    let word = text.order().delete_word;
    let written = RwSignal::new(String::new());
    let is_sure = move || !typed || written.with(|it| it.trim().eq_ignore_ascii_case(word));
    let label = text.naming(text.order().type_word, word);
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            if is_sure() {
                desk.tidying().ask.set(None);
                act();
            }
        }>
            <h2 id="ask-title">{title}</h2>
            <p>{told}</p>
            {typed
                .then(|| {
                    view! {
                        <label for=WORD_FIELD>{label}</label>
                        <input
                            id=WORD_FIELD
                            type="text"
                            autocomplete="off"
                            autofocus=true
                            on:input=move |event| written.set(event_target_value(&event))
                        />
                    }
                })}
            <div class="answers">
                {cancel(desk)}
                <button type="submit" class="danger" disabled=move || !is_sure()>
                    {text.order().delete_now}
                </button>
            </div>
        </form>
    }
    .into_any()
}

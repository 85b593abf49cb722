//! At the left: all files, folders, trash, and at the foot the storage meter and who is here.

mod folders;

pub use folders::{FOLDER, TOP, folder_element, folder_link};

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::Source;

use folders::folder_tree;

use super::desk::{Desk, use_desk};
use super::meter::Meter;
use super::tidy::Order;
use super::toolbar::TREE;
use crate::api::folders::CreateFolder;
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::query::{LibraryQuery, Place};
use crate::text::{SATCHEL, use_text};

const NEW_FOLDER_FIELD: &str = "new-folder";

/// The places of the library.
#[component]
pub fn Tree() -> impl IntoView {
    let text = use_text();
    let desk = use_desk();
    view! {
        <nav
            class="tree"
            id=TREE
            popover="auto"
            aria-label=text.general.library
            on:click=move |event| {
                if page::closest(&event, "href").is_some() {
                    page::hide_popover(TREE);
                }
            }
        >
            <div class="brand">
                <span class="logo" aria-hidden="true"></span>
                <strong>{SATCHEL}</strong>
                <button
                    type="button"
                    class="quiet icon-only menu"
                    popovertarget=TREE
                    popovertargetaction="hide"
                    aria-label=text.general.close
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <div class="places">
                <ul>
                    <li>{place(desk, Place::All, Glyph::Images, text.browse.all_files)}</li>
                </ul>
                <div class="heading" data-folder=TOP>
                    <h2>{text.browse.folders}</h2>
                    {new_folder(desk)}
                </div>
                {folder_tree(desk)}
                <div class="heading">
                    <h2>{text.browse.sources}</h2>
                </div>
                <ul>
                    {[Source::Upload, Source::Import]
                        .map(|source| {
                            view! { <li>{place(desk, Place::Source(source), Glyph::Inbox, text.source(source))}</li> }
                        })
                        .into_iter()
                        .collect_view()}
                    <li>{place(desk, Place::People, Glyph::People, text.browse.people)}</li>
                </ul>
                <ul>
                    <li>{place(desk, Place::Archive, Glyph::Archive, text.browse.archive)}</li>
                    <li>{place(desk, Place::Trash, Glyph::Trash, text.browse.trash)}</li>
                </ul>
            </div>
            <div class="foot">
                <Meter />
                {person(desk)}
            </div>
        </nav>
    }
    .into_any()
}

fn place(desk: Desk, place: Place, glyph: Glyph, name: &'static str) -> AnyView {
    view! {
        <a
            href=move || desk.query.with(|query| query.at(place).href())
            aria-current=move || {
                (desk.query.with(|query| query.place) == place).then_some("page")
            }
        >
            <Icon glyph />
            <span class="name">{name}</span>
        </a>
    }
    .into_any()
}

/// A small form that makes a folder in the one on show.
fn new_folder(desk: Desk) -> AnyView {
    let text = use_text();
    let open = RwSignal::new(false);
    let create = move || {
        let name = page::value_of(NEW_FOLDER_FIELD);
        open.set(false);
        page::set_value(NEW_FOLDER_FIELD, "");
        let parent = desk.query.with_untracked(LibraryQuery::folder);
        desk.order(Order::MakeFolder(parent, name));
    };
    view! {
        <details
            class="new-folder"
            prop:open=open
            on:toggle=move |event| {
                if page::is_open(&event) {
                    open.set(true);
                    page::focus(NEW_FOLDER_FIELD);
                } else {
                    open.set(false);
                }
            }
        >
            <summary
                class="button quiet icon-only"
                aria-label=text.browse.new_folder
                title=text.browse.new_folder
            >
                <Icon glyph=Glyph::Plus />
            </summary>
            <form
                method="post"
                action=CreateFolder::url()
                on:submit=move |event| {
                    event.prevent_default();
                    create();
                }
            >
                {move || {
                    let folder = desk.query.with(LibraryQuery::folder);
                    folder.map(|id| view! { <input type="hidden" name="parent" value=id.to_string() /> })
                }}
                <input
                    id=NEW_FOLDER_FIELD
                    type="text"
                    name="name"
                    required=true
                    maxlength="255"
                    autocomplete="off"
                    aria-label=text.browse.folder_name
                    placeholder=text.browse.folder_name
                />
                <button type="submit" class="primary">
                    {text.general.create}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// Who is here, and the way out.
fn person(desk: Desk) -> AnyView {
    let text = use_text();
    let me = desk.me.get_value();
    let initial: String = me.name.chars().take(1).collect();
    view! {
        <div class="person">
            <span class="face" aria-hidden="true">
                {initial}
            </span>
            <a class="who" href="/settings/profile" rel="external" title=text.browse.settings>
                <span class="name" dir="auto">
                    {me.name}
                </span>
                <span class="account" dir="auto">
                    {me.account}
                </span>
            </a>
            <form method="post" action="/sign-out">
                <button
                    type="submit"
                    class="quiet icon-only"
                    aria-label=text.general.sign_out
                    title=text.general.sign_out
                >
                    <Icon glyph=Glyph::SignOut />
                </button>
            </form>
        </div>
    }
    .into_any()
}

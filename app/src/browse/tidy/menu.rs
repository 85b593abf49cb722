//! The menu of a right click, Shift+F10 or the menu key: on files and on folders.

use leptos::ev;
use leptos::html::Div;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use model::{AssetId, Folder, FolderColor, FolderId, Right};

use super::ask::Ask;
use crate::browse::desk::Desk;
use crate::browse::tile::element_id;
use crate::browse::tree::folder_element;
use crate::browser::page;
use crate::components::{Glyph, Icon};
use crate::crop::outline;
use crate::query::Place;
use crate::text::use_text;

/// What a menu is about, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Menu {
    pub of: MenuOf,
    pub x: f64,
    pub y: f64,
}

/// What a menu is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuOf {
    /// The chosen assets, or this one.
    Asset(AssetId),
    Folder(FolderId),
}

impl Desk {
    /// Opens the menu of an asset; one that is not chosen is chosen alone.
    pub fn open_asset_menu(self, id: AssetId, (x, y): (f64, f64)) {
        if !untrack(|| self.selection.has(id)) {
            self.selection.clear();
            self.selection.rest_at(id);
        }
        let of = MenuOf::Asset(id);
        self.tidying().menu.set(Some(Menu { of, x, y }));
    }

    /// Opens the menu of a folder.
    pub fn open_folder_menu(self, id: FolderId, (x, y): (f64, f64)) {
        let of = MenuOf::Folder(id);
        self.tidying().menu.set(Some(Menu { of, x, y }));
    }

    /// Closes the menu, and leaves the keys where they were.
    pub fn close_menu(self) {
        let Some(menu) = self.tidying().menu.get_untracked() else {
            return;
        };
        // At once: what opens next, such as a dialog, gives the focus back to where it was.
        page::focus(&match menu.of {
            MenuOf::Asset(id) => element_id(id),
            MenuOf::Folder(id) => folder_element(id),
        });
        self.tidying().menu.set(None);
    }
}

/// The menu, while it is open.
pub fn menu(desk: Desk) -> AnyView {
    let pane = NodeRef::<Div>::new();
    let away = window_event_listener(ev::pointerdown, move |event| {
        let inside = page::closest(&event, "data-menu").is_some();
        if !inside && desk.tidying().menu.get_untracked().is_some() {
            desk.tidying().menu.set(None);
        }
    });
    on_cleanup(move || away.remove());
    Effect::new(move || {
        if desk.tidying().menu.get().is_some() {
            page::focus_first_in("menu");
        }
    });
    let shown = move || {
        let menu = desk.tidying().menu.get()?;
        let items = match menu.of {
            MenuOf::Asset(_) => asset_items(desk),
            MenuOf::Folder(id) => folder_items(desk, desk.folders.find(id)?),
        };
        let style = format!("--x:{}px;--y:{}px", menu.x, menu.y);
        Some(
            view! {
                <div
                    class="menu"
                    id="menu"
                    data-menu=""
                    role="menu"
                    aria-label=use_text().order().actions
                    node_ref=pane
                    style=style
                    on:keydown=move |event| {
                        if keep_keys(desk, &event.key()) {
                            event.prevent_default();
                            event.stop_propagation();
                        }
                    }
                    on:contextmenu=move |event| event.prevent_default()
                >
                    {items}
                </div>
            }
            .into_any(),
        )
    };
    shown.into_any()
}

/// What a key does in a menu; whether it meant anything.
fn keep_keys(desk: Desk, key: &str) -> bool {
    match key {
        "Escape" | "Tab" => desk.close_menu(),
        "ArrowDown" => page::step_in("menu", 1),
        "ArrowUp" => page::step_in("menu", -1),
        "Home" => page::focus_first_in("menu"),
        _ => return false,
    }
    true
}

fn item(desk: Desk, glyph: Glyph, name: &'static str, act: impl Fn() + 'static) -> AnyView {
    drawn(desk, view! { <Icon glyph /> }.into_any(), name, act)
}

fn drawn(desk: Desk, icon: AnyView, name: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button
            type="button"
            role="menuitem"
            tabindex="-1"
            on:click=move |_| {
                desk.close_menu();
                act();
            }
        >
            {icon}
            <span>{name}</span>
        </button>
    }
    .into_any()
}

/// What opens the editor, for a picture that can be cropped by who may.
fn crop_item(desk: Desk, id: AssetId) -> Option<AnyView> {
    let asset = untrack(|| desk.shelf.find(id))?;
    let is_possible = desk.may(Right::Edit) && asset.can_be_cropped();
    is_possible.then(|| {
        let icon = outline::icon(outline::CROP);
        drawn(desk, icon, use_text().order().crop, move || desk.crop(id))
    })
}

fn asset_items(desk: Desk) -> AnyView {
    let text = use_text();
    let place = desk.query.with(|query| query.place);
    let active = desk.selection.active.get_untracked();
    let one = active.filter(|_| untrack(|| desk.selection.len()) < 2);
    let open = one.map(|id| {
        item(desk, Glyph::Image, text.order().open, move || {
            desk.open(Some(id));
        })
    });
    let crop = one.and_then(|id| crop_item(desk, id));
    let zip = item(
        desk,
        Glyph::Download,
        text.order().download_zip,
        move || {
            desk.download_chosen();
        },
    );
    let rest = if place == Place::Trash {
        let restore = item(desk, Glyph::Restore, text.browse.restore, move || {
            desk.restore_chosen();
        });
        let purge = desk.may(Right::Purge).then(|| {
            item(desk, Glyph::Trash, text.order().purge, move || {
                desk.tidying().ask.set(Some(Ask::Purge(desk.chosen())));
            })
        });
        (restore, purge).into_any()
    } else {
        let moving = item(desk, Glyph::Folder, text.order().move_folder, move || {
            desk.tidying().ask.set(Some(Ask::MoveAssets(desk.chosen())));
        });
        let archive = if place == Place::Archive {
            item(desk, Glyph::Archive, text.order().unarchive, move || {
                desk.unarchive_chosen();
            })
        } else {
            item(desk, Glyph::Archive, text.order().archive_it, move || {
                desk.archive_chosen();
            })
        };
        let trash = item(desk, Glyph::Trash, text.browse.move_to_trash, move || {
            desk.trash_chosen();
        });
        (moving, archive, trash).into_any()
    };
    (open, crop, zip, rest).into_any()
}

fn folder_items(desk: Desk, folder: Folder) -> AnyView {
    let text = use_text();
    let id = folder.id;
    let rename = item(desk, Glyph::Pencil, text.order().rename, move || {
        desk.tidying().renaming.set(Some(id));
    });
    let inside = item(
        desk,
        Glyph::FolderPlus,
        text.order().new_folder_in,
        move || {
            desk.tidying().ask.set(Some(Ask::NewFolder(Some(id))));
        },
    );
    let moved = folder.clone();
    let moving = item(desk, Glyph::Folder, text.order().move_folder, move || {
        desk.tidying().ask.set(Some(Ask::MoveFolder(moved.clone())));
    });
    let zip = item(
        desk,
        Glyph::Download,
        text.order().download_zip,
        move || {
            desk.download_folder(id);
        },
    );
    let current = folder.color;
    let delete = desk.may(Right::Purge).then(|| {
        item(desk, Glyph::Trash, text.order().delete_folder, move || {
            desk.ask_to_delete(folder.clone());
        })
    });
    (
        rename,
        inside,
        moving,
        zip,
        colors(desk, id, current),
        delete,
    )
        .into_any()
}

/// The palette, and none.
fn colors(desk: Desk, id: FolderId, current: Option<FolderColor>) -> AnyView {
    let text = use_text();
    let choice = move |color: Option<FolderColor>| {
        let name = color.map_or(text.order().no_color, |color| text.color(color));
        let class = color.map_or("swatch", FolderColor::as_str);
        view! {
            <button
                type="button"
                role="menuitemradio"
                tabindex="-1"
                class=format!("swatch {class}")
                aria-checked=if color == current { "true" } else { "false" }
                aria-label=name
                title=name
                on:click=move |_| {
                    desk.close_menu();
                    desk.color_folder(id, color);
                }
            ></button>
        }
    };
    let all = FolderColor::ALL.map(Some).into_iter();
    view! {
        <div class="swatches" role="group" aria-label=text.order().color>
            {std::iter::once(None).chain(all).map(choice).collect_view()}
        </div>
    }
    .into_any()
}

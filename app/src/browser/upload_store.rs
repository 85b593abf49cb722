//! What this browser remembers of unfinished uploads: notes in local storage, files in `IndexedDB`.
//!
//! Where the browser refuses to store, nothing is remembered and nothing else changes.

use js_sys::{Array, Date, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, File, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode, Storage, window,
};

use crate::upload::{item::Millis, record::Notebook};

const DATABASE: &str = "satchel-uploads";
const FILES: &str = "files";
const NOTES: &str = "satchel.uploads.";
const PAGE: &str = "satchel.page";

/// Files that no note names are cleared away once they are so old.
const STRAY_AFTER: Millis = 3_600_000;

/// Milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the clock is past 1970"
)]
pub fn now() -> Millis {
    Date::now() as Millis
}

fn notes() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// The name of this tab, which stays over a reload.
fn page() -> Option<String> {
    let session = window()?.session_storage().ok().flatten()?;
    if let Some(page) = session.get_item(PAGE).ok().flatten() {
        return Some(page);
    }
    let page = format!("{}{}", now(), js_sys::Math::random());
    session.set_item(PAGE, &page).ok()?;
    Some(page)
}

/// Writes down what this page has not finished.
pub fn write(notebook: &Notebook) {
    let (Some(notes), Some(page)) = (notes(), page()) else {
        return;
    };
    let key = format!("{NOTES}{page}");
    if notebook.records.is_empty() {
        let _ = notes.remove_item(&key);
    } else if let Ok(text) = serde_json::to_string(notebook) {
        let _ = notes.set_item(&key, &text);
    }
}

/// Whether any page of this browser has left notes.
pub fn has_notes() -> bool {
    notes().is_some_and(|notes| keys(&notes).next().is_some())
}

/// Takes the notes of this page before its reload, and of pages that are gone.
///
/// Notes of another person stay where they are; notes too old for anybody go.
pub fn take(owner: &str) -> Notebook {
    let mut taken = Notebook::default();
    let (Some(notes), Some(page)) = (notes(), page()) else {
        return taken;
    };
    let now = now();
    for key in keys(&notes).collect::<Vec<_>>() {
        let Some(notebook) = read(&notes, &key) else {
            let _ = notes.remove_item(&key);
            continue;
        };
        let is_free = key.ends_with(&page) || notebook.is_abandoned(now);
        if notebook.is_forgotten(now) {
            let _ = notes.remove_item(&key);
        } else if notebook.owner == owner && is_free {
            taken.records.extend(notebook.records);
            let _ = notes.remove_item(&key);
        }
    }
    taken
}

fn keys(notes: &Storage) -> impl Iterator<Item = String> + '_ {
    let count = notes.length().unwrap_or(0);
    (0..count)
        .filter_map(|at| notes.key(at).ok().flatten())
        .filter(|key| key.starts_with(NOTES))
}

fn read(notes: &Storage, key: &str) -> Option<Notebook> {
    let text = notes.get_item(key).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Keeps a file, and says under which key.
pub async fn keep(file: &File, number: u32) -> Option<String> {
    let key = format!("{}-{number}", now());
    let store = files(IdbTransactionMode::Readwrite).await?;
    let request = store.put_with_key(file, &key.as_str().into()).ok()?;
    settle(&request).await.ok()?;
    Some(key)
}

/// A file that was kept.
pub async fn find(key: &str) -> Option<File> {
    let store = files(IdbTransactionMode::Readonly).await?;
    let request = store.get(&key.into()).ok()?;
    settle(&request).await.ok()?.dyn_into().ok()
}

/// Lets a kept file go.
pub async fn forget(key: &str) {
    if let Some(store) = files(IdbTransactionMode::Readwrite).await
        && let Ok(request) = store.delete(&key.into())
    {
        let _ = settle(&request).await;
    }
}

/// Clears away files that no page knows any more.
pub async fn clear_strays() {
    let named: Vec<String> = notes()
        .map(|notes| {
            keys(&notes)
                .filter_map(|key| read(&notes, &key))
                .flat_map(|notebook| notebook.records)
                .filter_map(|record| record.kept)
                .collect()
        })
        .unwrap_or_default();
    for key in kept_keys().await {
        let is_old = kept_at(&key).is_none_or(|at| now().saturating_sub(at) > STRAY_AFTER);
        if is_old && !named.contains(&key) {
            forget(&key).await;
        }
    }
}

fn kept_at(key: &str) -> Option<Millis> {
    key.split_once('-')?.0.parse().ok()
}

async fn kept_keys() -> Vec<String> {
    let Some(store) = files(IdbTransactionMode::Readonly).await else {
        return Vec::new();
    };
    let Ok(request) = store.get_all_keys() else {
        return Vec::new();
    };
    let keys = settle(&request).await.unwrap_or(JsValue::NULL);
    keys.dyn_into::<Array>()
        .map(|keys| keys.iter().filter_map(|key| key.as_string()).collect())
        .unwrap_or_default()
}

/// The store of files, in a transaction of its own.
async fn files(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    let database = open().await?;
    let transaction = database.transaction_with_str_and_mode(FILES, mode).ok()?;
    transaction.object_store(FILES).ok()
}

async fn open() -> Option<IdbDatabase> {
    let request = window()?.indexed_db().ok().flatten()?.open(DATABASE).ok()?;
    let opening = request.clone();
    let make = Closure::once(move |_: Event| {
        if let Ok(database) = opening.result() {
            let database: IdbDatabase = database.unchecked_into();
            let _ = database.create_object_store(FILES);
        }
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    settle(&request).await.ok()?.dyn_into().ok()
}

/// Waits until a request has its result.
async fn settle(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(settled).await?;
    request.result()
}

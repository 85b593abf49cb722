//! Places in a list: the key of the last item, written so that nobody leans on its form.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{Cursor, Limit, Page, Problem};
use serde::{Serialize, de::DeserializeOwned};

use crate::Result;

/// Writes the key of the last item as a cursor.
pub(crate) fn encode<K: Serialize>(key: &K) -> Cursor {
    let json = serde_json::to_vec(key).unwrap_or_default();
    Cursor(URL_SAFE_NO_PAD.encode(json))
}

/// Reads a key back; a cursor that nobody was given is a malformed request.
pub(crate) fn decode<K: DeserializeOwned>(cursor: Option<&Cursor>) -> Result<Option<K>> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let key = URL_SAFE_NO_PAD
        .decode(&cursor.0)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok());
    match key {
        Some(key) => Ok(Some(key)),
        None => Err(Problem::malformed("The `cursor` is not one this list gave out.").into()),
    }
}

/// How many rows to ask for: one more than shown tells whether there is a next page.
pub(crate) fn rows(limit: Limit) -> i64 {
    i64::from(limit.get()) + 1
}

/// Cuts the rows to a page, whose cursor is the key of its last item.
pub(crate) fn cut<T, K: Serialize>(
    mut items: Vec<T>,
    limit: Limit,
    key: impl FnOnce(&T) -> K,
) -> Page<T> {
    let shown = limit.get() as usize;
    let is_last = items.len() <= shown;
    items.truncate(shown);
    let next_cursor = items
        .last()
        .filter(|_| !is_last)
        .map(|item| encode(&key(item)));
    Page { items, next_cursor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_where_the_next_one_starts() {
        let limit = Limit::new(2).unwrap();

        let page = cut(vec![1, 2, 3], limit, |item| *item);

        assert_eq!(page.items, [1, 2]);
        let key: Option<i32> = decode(page.next_cursor.as_ref()).unwrap();
        assert_eq!(key, Some(2));
        assert_eq!(cut(vec![1, 2], limit, |item| *item).next_cursor, None);
    }

    #[test]
    fn a_made_up_cursor_is_malformed() {
        for text in ["", "???", "bm90IGpzb24"] {
            let cursor = Cursor(text.to_owned());
            assert!(decode::<i64>(Some(&cursor)).is_err(), "{text}");
        }
    }
}

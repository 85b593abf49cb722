//! A list whose items stay in the page, with their focus, while others come and go.

use std::sync::Arc;

use leptos::prelude::*;

/// An item: what tells it from the others, and what draws it.
#[derive(Clone)]
pub struct Item {
    key: String,
    draw: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Item {
    /// An item that is drawn once, as long as its key stays in the list.
    pub fn new(key: String, draw: impl Fn() -> AnyView + Send + Sync + 'static) -> Self {
        Self {
            key,
            draw: Arc::new(draw),
        }
    }
}

/// Draws a list.
///
/// `For` comes into the client once for every type of item; there is one type for all lists here.
pub fn keyed_list(items: impl Fn() -> Vec<Item> + Send + Sync + 'static) -> AnyView {
    draw(Arc::new(items))
}

fn draw(items: Arc<dyn Fn() -> Vec<Item> + Send + Sync>) -> AnyView {
    view! {
        <For each=move || items() key=|item| item.key.clone() let:item>
            {(item.draw)()}
        </For>
    }
    .into_any()
}

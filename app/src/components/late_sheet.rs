//! The style sheet of what comes later.

use leptos::prelude::*;

use crate::browser::page;

/// The link to the sheet of what comes later, and whether its styles are here.
///
/// Only for what the browser draws: a server has no page to find the address in.
pub fn late_sheet() -> (AnyView, RwSignal<bool>) {
    let address = page::late_styles();
    let is_here = RwSignal::new(address.is_none());
    let link = address.map(|address| {
        view! {
            <link
                rel="stylesheet"
                href=address
                on:load=move |_| is_here.set(true)
                on:error=move |_| is_here.set(true)
            />
        }
    });
    (link.into_any(), is_here)
}

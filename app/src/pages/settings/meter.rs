//! How much of a quota is used, in words and as a bar.

use leptos::prelude::*;
use model::{ByteSize, Fullness, Meter};

use crate::text::{Word, use_text};

/// How much of a quota is used.
pub fn meter(title: Word, meter: &Meter) -> impl IntoView + use<> {
    let text = use_text();
    let used = text.size(meter.used);
    let words = match meter.quota {
        Some(quota) => text.used_of(&used, &text.size(quota)),
        None => text.used(&used),
    };
    let held = (meter.reserved > ByteSize::ZERO).then(|| {
        let held = text.under_way(&text.size(meter.reserved));
        view! { <p class="hint">{held}</p> }
    });
    view! {
        <section>
            <h2>{title}</h2>
            <p>{words}</p>
            {bar(title, meter)}
            {held}
        </section>
    }
}

/// The bar alone; without a quota there is none.
fn bar(title: Word, meter: &Meter) -> Option<impl IntoView + use<>> {
    let percent = meter.percent()?;
    let fullness = meter.fullness();
    Some(view! {
        <div
            class="meter"
            class:amber=(fullness == Fullness::High)
            class:red=(fullness == Fullness::Critical)
            role="meter"
            aria-label=title
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
        >
            <span style=format!("width:{percent}%")></span>
        </div>
    })
}

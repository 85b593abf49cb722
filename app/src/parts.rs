//! Parts of the page whose code comes when they are first drawn.
//!
//! `part` declares one; [`later`] draws it. Those of the library are `known` by their names.

#[cfg(not(feature = "picker"))]
mod known;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local_scoped_with_cancellation;
pub use leptos::wasm_split::SplitLoaderError as Absent;

use crate::components::Notice;
use crate::text::use_text;

#[cfg(not(feature = "picker"))]
pub use self::known::{load_drawn, load_soon};

/// What a part draws, or that its code could not be fetched.
pub type Part = Result<AnyView, Absent>;

/// Declares what comes later: the download it comes in, what fetches that ahead of the first call
/// where something does, and a function; calling it fetches what is not here yet.
macro_rules! part {
    ($download:ident $(, $load:ident)?;
        $(#[$doc:meta])*
        $vis:vis fn $name:ident($($given:ident: $type:ty),*) -> $drawn:ty $body:block
    ) => {
        $(#[$doc])*
        #[leptos::wasm_split::wasm_split(
            $download, wasm_split_path = leptos::wasm_split, fallible $(, preload($load))?
        )]
        $vis fn $name($($given: $type),*) -> Result<$drawn, $crate::parts::Absent> {
            Ok($body)
        }
    };
}
pub(crate) use part;

/// Draws a part: at once where its code is here, else when it has come.
pub fn later<Fut>(name: &'static str, part: impl Fn() -> Fut + Send + Sync + 'static) -> AnyView
where
    Fut: Future<Output = Part> + 'static,
{
    let owner = Owner::current().unwrap_or_default();
    let part: Draw = Arc::new(move || Box::pin(ScopedFuture::new_untracked(part())));
    let drawn = drawn(&owner, part);
    view! { <div class="part" data-part=name>{drawn}</div> }.into_any()
}

type Drawing = Pin<Box<dyn Future<Output = Part>>>;
type Draw = Arc<dyn Fn() -> Drawing + Send + Sync>;

fn drawn(owner: &Owner, part: Draw) -> AnyView {
    let mut drawing = part();
    let at_once = drawing
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    if let Poll::Ready(Ok(view)) = at_once {
        return view;
    }
    let slot = RwSignal::new_local(None::<AnyView>);
    let drawing = if at_once.is_pending() {
        drawing
    } else {
        part()
    };
    fetch(owner.clone(), part, drawing, slot);
    (move || {
        slot.track();
        slot.try_update_untracked(Option::take).flatten()
    })
    .into_any()
}

/// Puts into the slot what is drawn, or the news that it cannot be.
fn fetch(
    owner: Owner,
    part: Draw,
    drawing: Drawing,
    slot: RwSignal<Option<AnyView>, LocalStorage>,
) {
    spawn_local_scoped_with_cancellation(async move {
        let view = match drawing.await {
            Ok(view) => view,
            Err(_) => absent(owner, part, slot),
        };
        let _ = slot.try_set(Some(view));
    });
}

fn absent(owner: Owner, part: Draw, slot: RwSignal<Option<AnyView>, LocalStorage>) -> AnyView {
    let text = use_text();
    let again = move |_| {
        owner.with(|| fetch(owner.clone(), part.clone(), part(), slot));
    };
    view! {
        <div class="part-absent">
            <Notice text=text.general.part_absent />
            <button type="button" on:click=again>
                {text.general.try_again}
            </button>
        </div>
    }
    .into_any()
}

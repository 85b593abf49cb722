//! What the server tells as it happens: server-sent events.

use model::LiveEvent;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// What the server tells.
#[derive(Clone, Debug)]
pub enum Told {
    Change(LiveEvent),
    /// Too much happened to be told one by one.
    Reload,
}

/// A stream of what happens; dropped, it is closed.
pub struct Stream {
    source: EventSource,
    // The browser calls them as long as the stream is open.
    _hear: [Closure<dyn FnMut(MessageEvent)>; 2],
}

/// Follows what happens in the account after an event; `None` where the browser cannot.
pub fn follow(since: i64, hear: impl Fn(Told) + Clone + 'static) -> Option<Stream> {
    let source = EventSource::new(&format!("/api/v1/events?since={since}")).ok()?;
    let changed = {
        let hear = hear.clone();
        Closure::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(event) = serde_json::from_str(&text) {
                hear(Told::Change(event));
            }
        })
    };
    let reload = Closure::new(move |_: MessageEvent| hear(Told::Reload));
    for (name, closure) in [("change", &changed), ("reload", &reload)] {
        let callback: &Closure<dyn FnMut(MessageEvent)> = closure;
        let listener = callback.as_ref().unchecked_ref();
        source
            .add_event_listener_with_callback(name, listener)
            .ok()?;
    }
    Some(Stream {
        source,
        _hear: [changed, reload],
    })
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

//! What the server tells as it happens: server-sent events, heard while somebody looks at the page.
//!
//! A hidden page holds no connection, as a browser has six to a host for all its pages. It comes
//! back from the last event it heard, and so does one that the server refused.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use model::LiveEvent;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

/// Seconds until it is tried again after so many refusals; the last of them from then on.
const PAUSES: [u64; 6] = [1, 2, 5, 10, 30, 60];

/// What the server tells.
#[derive(Clone, Debug)]
pub enum Told {
    Change(LiveEvent),
    /// Too much happened to be told one by one.
    Reload,
}

/// Follows what happens in the account after an event, until what is around is gone.
pub fn follow(since: i64, hear: impl Fn(Told) + 'static) {
    let line = Line(StoredValue::new_local(State {
        stream: None,
        heard: since,
        refused: 0,
        hear: Rc::new(hear),
    }));
    line.look();
    let looks = window_event_listener_untyped("visibilitychange", move |_| line.look());
    on_cleanup(move || looks.remove());
}

/// The line to the server, whether it is open or not; cheap to copy.
#[derive(Clone, Copy)]
struct Line(StoredValue<State, LocalStorage>);

struct State {
    stream: Option<Stream>,
    /// The number of the last event that was heard.
    heard: i64,
    /// How often in a row the server refused.
    refused: usize,
    hear: Rc<dyn Fn(Told)>,
}

impl State {
    /// Whether the browser listens, or will by itself.
    fn is_open(&self) -> bool {
        let stream = self.stream.as_ref();
        stream.is_some_and(|stream| stream.source.ready_state() != EventSource::CLOSED)
    }
}

impl Line {
    /// Opens the stream where somebody looks, and closes it where nobody does.
    fn look(self) {
        let is_hidden = document().hidden();
        let since = self.0.try_update_value(|state| {
            if is_hidden {
                state.stream = None;
            }
            (!is_hidden && !state.is_open()).then_some(state.heard)
        });
        if let Some(Some(since)) = since {
            let stream = Stream::open(since, self);
            let _ = self.0.try_update_value(|state| state.stream = stream);
        }
    }

    /// Notes how far it was heard, and passes on what was told.
    fn hear(self, event: &MessageEvent, told: Option<Told>) {
        let hear = self.0.try_update_value(|state| {
            state.refused = 0;
            state.heard = event.last_event_id().parse().unwrap_or(state.heard);
            Rc::clone(&state.hear)
        });
        if let (Some(hear), Some(told)) = (hear, told) {
            hear(told);
        }
    }

    /// Tries again later where the server refused; a line that broke, the browser mends itself.
    fn mend(self) {
        let pause = self.0.try_update_value(|state| {
            let is_refused = state.stream.is_some() && !state.is_open();
            is_refused.then(|| {
                let pause = PAUSES[state.refused.min(PAUSES.len() - 1)];
                state.refused += 1;
                Duration::from_secs(pause)
            })
        });
        if let Some(Some(pause)) = pause {
            set_timeout(move || self.look(), pause);
        }
    }
}

/// A stream of what happens; dropped, it is closed.
struct Stream {
    source: EventSource,
    // The browser calls them as long as the stream is open.
    _hear: [Closure<dyn FnMut(MessageEvent)>; 3],
    _mend: Closure<dyn FnMut(Event)>,
}

impl Stream {
    /// `None` where the browser cannot.
    fn open(since: i64, line: Line) -> Option<Self> {
        let source = EventSource::new(&format!("/api/v1/events?since={since}")).ok()?;
        let hello = Closure::new(move |event: MessageEvent| line.hear(&event, None));
        let change = Closure::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            line.hear(&event, serde_json::from_str(&text).ok().map(Told::Change));
        });
        let reload = Closure::new(move |event: MessageEvent| line.hear(&event, Some(Told::Reload)));
        let mend: Closure<dyn FnMut(Event)> = Closure::new(move |_: Event| line.mend());
        let hear: [Closure<dyn FnMut(MessageEvent)>; 3] = [hello, change, reload];
        for (name, closure) in ["hello", "change", "reload"].into_iter().zip(&hear) {
            let listener = closure.as_ref().unchecked_ref();
            source
                .add_event_listener_with_callback(name, listener)
                .ok()?;
        }
        source.set_onerror(Some(mend.as_ref().unchecked_ref()));
        Some(Self {
            source,
            _hear: hear,
            _mend: mend,
        })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onerror(None);
        self.source.close();
    }
}

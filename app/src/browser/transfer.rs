//! Requests whose progress can be seen and that can be stopped; `fetch` still cannot show uploads.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use js_sys::{Date, Promise};
use leptos::prelude::set_interval_with_handle;
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use crate::upload::tus::Answer;

/// Without a sign of life for so long, a connection is given up.
const SILENCE: f64 = 60_000.0;

/// Progress is told no more often than this.
const PROGRESS_EVERY: f64 = 100.0;

/// One request.
pub struct Request<'a> {
    pub method: &'a str,
    pub url: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Blob>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The connection broke, or never came about.
    Network,
    /// Somebody stopped it.
    Stopped,
}

/// A hold on the request under way, to stop it.
#[derive(Clone, Default)]
pub struct Hold {
    request: Rc<RefCell<Option<XmlHttpRequest>>>,
    stopped: Rc<Cell<bool>>,
}

impl Hold {
    /// Stops the request under way, and every later one under this hold.
    pub fn stop(&self) {
        self.stopped.set(true);
        let request = self.request.borrow_mut().take();
        if let Some(request) = request {
            let _ = request.abort();
        }
    }
}

/// Sends a request and tells how many bytes of its body have left.
pub async fn send(
    request: Request<'_>,
    hold: &Hold,
    on_progress: impl FnMut(f64) + 'static,
) -> Result<Answer, Broken> {
    if hold.stopped.get() {
        return Err(Broken::Stopped);
    }
    let xhr = open(&request).ok_or(Broken::Network)?;
    hold.request.replace(Some(xhr.clone()));
    let heard_at = Rc::new(Cell::new(Date::now()));
    let progress = watch(&xhr, heard_at.clone(), on_progress);
    let silence = give_up_on_silence(&xhr, heard_at);

    let ended = Promise::new(&mut |resolve, _| xhr.set_onloadend(Some(&resolve)));
    let sent = xhr.send_with_opt_blob(request.body.as_ref());
    if sent.is_ok() {
        let _ = JsFuture::from(ended).await;
    }
    if let Some(silence) = silence {
        silence.clear();
    }
    drop(progress);
    hold.request.replace(None);
    if hold.stopped.get() {
        return Err(Broken::Stopped);
    }
    answer(&xhr).ok_or(Broken::Network)
}

fn open(request: &Request<'_>) -> Option<XmlHttpRequest> {
    let xhr = XmlHttpRequest::new().ok()?;
    xhr.open_with_async(request.method, request.url, true)
        .ok()?;
    for (name, value) in &request.headers {
        xhr.set_request_header(name, value).ok()?;
    }
    Some(xhr)
}

fn watch(
    xhr: &XmlHttpRequest,
    heard_at: Rc<Cell<f64>>,
    mut on_progress: impl FnMut(f64) + 'static,
) -> Option<Closure<dyn FnMut(ProgressEvent)>> {
    let upload = xhr.upload().ok()?;
    let mut told_at = 0.0;
    let closure = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let now = Date::now();
        heard_at.set(now);
        if now - told_at >= PROGRESS_EVERY || event.loaded() >= event.total() {
            told_at = now;
            on_progress(event.loaded());
        }
    });
    upload.set_onprogress(Some(closure.as_ref().unchecked_ref()));
    Some(closure)
}

fn give_up_on_silence(
    xhr: &XmlHttpRequest,
    heard_at: Rc<Cell<f64>>,
) -> Option<leptos::prelude::IntervalHandle> {
    let xhr = xhr.clone();
    let check = move || {
        if Date::now() - heard_at.get() > SILENCE {
            let _ = xhr.abort();
        }
    };
    set_interval_with_handle(check, Duration::from_secs(5)).ok()
}

fn answer(xhr: &XmlHttpRequest) -> Option<Answer> {
    let status = xhr.status().ok().filter(|status| *status > 0)?;
    let header = |name| xhr.get_response_header(name).ok().flatten();
    let number = |name| header(name).and_then(|value| value.trim().parse().ok());
    Some(Answer {
        status,
        location: header("Location"),
        offset: number("Upload-Offset"),
        asset_id: header("Satchel-Asset-Id").and_then(|id| id.parse().ok()),
        retry_after: number("Retry-After"),
        body: xhr.response_text().ok().flatten().unwrap_or_default(),
    })
}

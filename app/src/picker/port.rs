//! The handshake with the page around, and the port that everything else is said over.
//!
//! The page is the one that the session names, and the one that frames us; it answers what only it
//! was told. Whatever else arrives is dropped in silence.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{JSON, Object};
use leptos::prelude::{document, window};
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort, Window};

use super::opening::{self, Heard, Opening, VERSION};
use super::saying::Said;

/// An opening has no more names than these, and then some.
const NAMES: u32 = 16;

/// Whoever the picker was opened by; cheap to clone.
#[derive(Clone)]
pub struct Host(Rc<dyn Fn(&Said)>);

impl Host {
    /// Somebody who hears what the picker says.
    pub fn new(hear: impl Fn(&Said) + 'static) -> Self {
        Self(Rc::new(hear))
    }

    /// Says something.
    pub fn say(&self, said: &Said) {
        (self.0)(said);
    }
}

/// The first thing the picker says.
#[derive(Serialize)]
struct Ready<'a> {
    r#type: &'a str,
    version: u32,
    nonce: &'a str,
}

/// What the server wrote into the page.
pub fn told(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name={name}]"));
    found.ok()??.get_attribute("content")
}

/// The page around this one; absent where there is none.
pub fn parent() -> Option<Window> {
    let window = window();
    let parent = window.parent().ok()??;
    (!Object::is(&parent, &window)).then_some(parent)
}

/// Says that the picker is ready, and waits for what opens it; only the first such message counts.
pub fn wait_for_opening(
    parent: &Window,
    origin: &str,
    opened: impl FnOnce(Opening, MessagePort) + 'static,
) -> Option<()> {
    let nonce = nonce()?;
    let ready = Ready {
        r#type: "satchel:ready",
        version: VERSION,
        nonce: &nonce,
    };
    let ready = value(&ready)?;
    let (from, trusted) = (parent.clone(), origin.to_owned());
    let opened = RefCell::new(Some(opened));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let source = event.source();
        let is_theirs = event.origin() == trusted
            && source.is_some_and(|source| Object::is(&source, from.as_ref()));
        if !is_theirs || opened.borrow().is_none() {
            return;
        }
        if let Some((opening, port)) = read(&event, &nonce)
            && let Some(opened) = opened.take()
        {
            opened(opening, port);
        }
    });
    window()
        .add_event_listener_with_callback("message", heard.as_ref().unchecked_ref())
        .ok()?;
    heard.forget();
    parent.post_message(&ready, origin).ok()
}

/// Hears what is said over the port.
pub fn listen(port: &MessagePort, hear: impl Fn(Heard) + 'static) {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(said) = text_of(&event.data()).and_then(|text| opening::hear(&text)) {
            hear(said);
        }
    });
    port.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
}

/// Somebody at the other end of a port.
pub fn host(port: MessagePort) -> Host {
    Host::new(move |said| {
        if let Some(said) = value(said) {
            let _ = port.post_message(&said);
        }
    })
}

fn read(event: &MessageEvent, nonce: &str) -> Option<(Opening, MessagePort)> {
    let ports = event.ports();
    let port = ports.get(0).dyn_into().ok()?;
    let opening = opening::read(&text_of(&event.data())?, nonce)?;
    (ports.length() == 1).then_some((opening, port))
}

/// An object as JSON; what has too many names is not looked into.
fn text_of(data: &JsValue) -> Option<String> {
    let object = data.dyn_ref::<Object>()?;
    if Object::keys(object).length() > NAMES {
        return None;
    }
    JSON::stringify(data).ok()?.as_string()
}

fn value(said: &impl Serialize) -> Option<JsValue> {
    JSON::parse(&serde_json::to_string(said).ok()?).ok()
}

/// 128 random bits, for this page alone.
fn nonce() -> Option<String> {
    let mut bytes = [0; 16];
    let crypto = window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(written(&bytes))
}

/// Bytes in base64, as addresses carry it.
fn written(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0, |bits, (at, byte)| {
            bits | u32::from(*byte) << (16 - 8 * at)
        });
        for at in 0..=three.len() {
            let letter = bits >> (18 - 6 * at) & 0b11_1111;
            text.push(char::from(LETTERS[letter as usize]));
        }
    }
    text
}

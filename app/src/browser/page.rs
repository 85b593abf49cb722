//! What the page asks of its window and elements.

use std::cell::OnceCell;
use std::time::Duration;

use leptos::prelude::{document, window};
use model::{Language, Timestamp};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement};

/// How long the details of another asset may take to be drawn.
const SOON: Duration = Duration::from_millis(60);

/// How often it is looked for them again, while their code is on its way.
const TRIES: u8 = 50;

/// Moves the focus to an element, and says whether it is there.
///
/// Does nothing on the server.
pub fn focus(id: &str) -> bool {
    let element = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok());
    element.is_some_and(|element: HtmlElement| element.focus().is_ok())
}

/// Moves the focus to an element once what changed is drawn.
pub fn focus_soon(id: String) {
    leptos::prelude::request_animation_frame(move || {
        focus(&id);
    });
}

/// Moves the focus to what is about to be fetched and drawn.
pub fn focus_later(id: &'static str) {
    when_drawn(move || focus(id), TRIES);
}

/// Moves the focus to a field and selects a name in it, without its ending, once it is drawn.
pub fn select_soon(id: &'static str) {
    let attempt = move || {
        let field = document().get_element_by_id(id)?;
        let field: web_sys::HtmlInputElement = field.dyn_into().ok()?;
        field.focus().ok()?;
        let name = field.value();
        let stem = name.rfind('.').filter(|dot| *dot > 0).unwrap_or(name.len());
        let end = u32::try_from(name[..stem].encode_utf16().count()).ok()?;
        field.set_selection_range(0, end).ok()
    };
    when_drawn(move || attempt().is_some(), TRIES);
}

/// Acts soon: details of another asset may still have to come.
fn when_drawn(act: impl Fn() -> bool + 'static, tries: u8) {
    leptos::prelude::set_timeout(
        move || {
            if !act() && tries > 0 {
                when_drawn(act, tries - 1);
            }
        },
        SOON,
    );
}

/// What the elements that carry an attribute have in it.
pub fn values_of(attribute: &str) -> Vec<String> {
    let found = document().query_selector_all(&format!("[{attribute}]"));
    let Ok(found) = found else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into::<Element>().ok())
        .filter_map(|element| element.get_attribute(attribute))
        .collect()
}

/// What is written in a field; empty where there is none.
pub fn value_of(id: &str) -> String {
    let field = document().get_element_by_id(id);
    let value = field.and_then(|field| js_sys::Reflect::get(&field, &"value".into()).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Writes into a field.
pub fn set_value(id: &str, value: &str) {
    if let Some(field) = document().get_element_by_id(id) {
        let _ = js_sys::Reflect::set(&field, &"value".into(), &value.into());
    }
}

/// Whether the keys are in an element.
pub fn has_focus(id: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.id() == id)
}

/// Selects all of the field an event happened at.
pub fn select_all(event: &Event) {
    let field = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(field) = field {
        field.select();
    }
}

/// Whether the disclosure an event happened at is open.
pub fn is_open(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.has_attribute("open"))
}

/// An address with the site's origin, where it has none.
pub fn absolute(address: &str) -> String {
    if address.starts_with('/') {
        origin() + address
    } else {
        address.to_owned()
    }
}

/// Goes to another page as a link would, the server asked anew.
pub fn leave_for(address: &str) {
    let _ = window().location().set_href(address);
}

/// The path and parameters of the page.
pub fn here() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    path + &location.search().unwrap_or_default()
}

/// The site's origin, such as `https://media.example`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Remembers a choice for a year, where the server reads it too.
pub fn remember(name: &str, value: &str) {
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

/// Puts text on the clipboard; fails where the browser does not let us.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into())?;
    let clipboard: web_sys::Clipboard = clipboard.dyn_into()?;
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text))
        .await
        .map(|_| ())
}

/// Closes a popover by its id, if it is open.
pub fn hide_popover(id: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    let hide = js_sys::Reflect::get(&element, &"hidePopover".into());
    if let Some(hide) = hide
        .ok()
        .and_then(|hide| hide.dyn_into::<js_sys::Function>().ok())
    {
        let _ = hide.call0(&element);
    }
}

/// The nearest element around where an event happened that carries an attribute, and its value.
pub fn closest(event: &Event, attribute: &str) -> Option<(Element, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(&format!("[{attribute}]")).ok()??;
    let value = element.get_attribute(attribute)?;
    Some((element, value))
}

/// Whether keys pressed there write text.
pub fn is_writing(target: Option<EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element
            .closest("dialog[open], [contenteditable]")
            .is_ok_and(|found| found.is_some())
}

/// Whether a key was pressed at a button or a link.
pub fn is_button(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "BUTTON" | "A"))
}

/// The language of the page, as the server wrote it; unknown on the server itself.
pub fn language() -> Option<Language> {
    thread_local! {
        static LANGUAGE: OnceCell<Option<Language>> = const { OnceCell::new() };
    }
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    LANGUAGE.with(|language| {
        *language.get_or_init(|| {
            let root = document().document_element()?;
            root.get_attribute("lang")?.parse().ok()
        })
    })
}

/// A moment as the reader's language and the browser's time zone write it.
///
/// A browser in a region of the language keeps the ways of that region.
pub fn local_moment(at: Timestamp, language: Language) -> Option<String> {
    #[expect(clippy::cast_precision_loss, reason = "moments of this era fit")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.as_millis() as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let region = window().navigator().language();
    let (tag, primary) = (language.as_str(), language.as_str().get(..2)?);
    let locale = region.filter(|region| region.starts_with(primary));
    date.to_locale_string(locale.as_deref().unwrap_or(tag), &options)
        .as_string()
}

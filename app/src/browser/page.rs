//! What the page asks of its window and elements.

use std::cell::OnceCell;
use std::time::Duration;

use leptos::html::Dialog;
use leptos::prelude::{Effect, Get, GetUntracked, NodeRef, document, window};
use model::{Language, Timestamp};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventTarget, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// How long the details of another asset may take to be drawn.
const SOON: Duration = Duration::from_millis(60);

/// How often it is looked for them again, while their code is on its way.
const TRIES: u8 = 50;

/// How often it is looked whether something still has the focus.
const FEW: u8 = 5;

/// Moves the focus to an element, and says whether it is there.
///
/// Does nothing on the server.
pub fn focus(id: &str) -> bool {
    let element = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok());
    element.is_some_and(|element: HtmlElement| element.focus().is_ok())
}

/// Moves the focus to an element: at once where that is possible, so that the next key meets it,
/// else once what changed is drawn.
pub fn focus_soon(id: String) {
    focus(&id);
    if !has_focus(&id) {
        leptos::prelude::request_animation_frame(move || {
            focus(&id);
        });
    }
}

/// Moves the focus to an element, and gives it back for a moment where nothing has it: an element
/// that is drawn anew in another row loses it.
pub fn hold_focus(id: String) {
    focus_soon(id.clone());
    when_drawn(
        move || {
            let at = document().active_element();
            if at.is_none_or(|at| at.tag_name() == "BODY") {
                focus(&id);
            }
            false
        },
        FEW,
    );
}

/// Brings an element into sight by as little as it takes, once what changed is drawn.
pub fn show_soon(id: String) {
    leptos::prelude::request_animation_frame(move || {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        if let Some(element) = document().get_element_by_id(&id) {
            element.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
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

/// The name under which a page tells where the styles are of what comes later.
pub const LATE_STYLES: &str = "late-styles";

/// Where the styles are of what comes later; absent where the site was not built.
pub fn late_styles() -> Option<String> {
    let told = document().query_selector(&format!("meta[name={LATE_STYLES}]"));
    let address = told.ok()??.get_attribute("content")?;
    Some(address).filter(|address| !address.is_empty())
}

/// The id of the element that has the focus, where it has one.
pub fn focused_id() -> Option<String> {
    let id = document().active_element()?.id();
    Some(id).filter(|id| !id.is_empty())
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

/// Whether an element has the focus by keys, and shows that.
pub fn is_focus_of_keys(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false))
}

/// Whether the mouse or the keys are at an element or in it.
pub fn is_touched(id: &str) -> bool {
    let touched = document().query_selector(&format!("#{id}:is(:hover, :focus-within)"));
    touched.is_ok_and(|touched| touched.is_some())
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

/// Opens a popover by its id, once it is drawn.
pub fn show_popover_soon(id: &'static str) {
    when_drawn(move || show_popover(id), TRIES);
}

fn show_popover(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else {
        return false;
    };
    let show = js_sys::Reflect::get(&element, &"showPopover".into());
    let show = show
        .ok()
        .and_then(|show| show.dyn_into::<js_sys::Function>().ok());
    show.is_some_and(|show| show.call0(&element).is_ok())
}

/// Whether the popover an event happened at was closed.
pub fn is_closed_popover(event: &Event) -> bool {
    js_sys::Reflect::get(event, &"newState".into())
        .is_ok_and(|state| state.as_string().as_deref() == Some("closed"))
}

/// Shows a dialog over everything else as long as it is wanted.
pub fn show_while(dialog: NodeRef<Dialog>, is_wanted: impl Fn() -> bool + 'static) {
    Effect::new(move || {
        let is_wanted = is_wanted();
        let Some(dialog) = dialog.get() else {
            return;
        };
        match (is_wanted, dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}

/// Whether a dialog is closed: the browser tells of it late, and it may be open again by then.
pub fn is_closed(dialog: NodeRef<Dialog>) -> bool {
    dialog.get_untracked().is_none_or(|dialog| !dialog.open())
}

/// The nearest element around where an event happened that carries an attribute, and its value.
pub fn closest(event: &Event, attribute: &str) -> Option<(Element, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(&format!("[{attribute}]")).ok()??;
    let value = element.get_attribute(attribute)?;
    Some((element, value))
}

/// What the nearest element around the focus that carries an attribute has in it.
pub fn focused(attribute: &str) -> Option<String> {
    let element = document().active_element()?;
    let element = element.closest(&format!("[{attribute}]")).ok()??;
    element.get_attribute(attribute)
}

/// Where on the screen the element with an attribute is.
pub fn place_of(attribute: &str) -> Option<web_sys::DomRect> {
    let element = document()
        .query_selector(&format!("[{attribute}]"))
        .ok()??;
    Some(element.get_bounding_client_rect())
}

/// Takes an attribute off the element that carries it.
pub fn unmark(attribute: &str) {
    if let Ok(Some(element)) = document().query_selector(&format!("[{attribute}]")) {
        let _ = element.remove_attribute(attribute);
    }
}

/// Whether a dialog or a menu is open.
pub fn is_asked() -> bool {
    let open = document().query_selector("dialog[open], [role=menu]");
    open.is_ok_and(|open| open.is_some())
}

/// Moves the focus to the first choice of a menu: at once, so that the next key is the menu's,
/// or once it is drawn.
pub fn focus_first_in(menu: &'static str) {
    let attempt = move || {
        let first = choices_of(menu).into_iter().next();
        first.is_some_and(|first| first.focus().is_ok())
    };
    if !attempt() {
        leptos::prelude::request_animation_frame(move || {
            attempt();
        });
    }
}

/// Moves the focus so many choices on in a menu, and around its ends.
pub fn step_in(menu: &str, by: i32) {
    let choices = choices_of(menu);
    let here = document().active_element();
    let at = choices.iter().position(|choice| {
        here.as_ref()
            .is_some_and(|here| choice.is_same_node(Some(here)))
    });
    let count = i32::try_from(choices.len()).unwrap_or(i32::MAX);
    let at = at.and_then(|at| i32::try_from(at).ok()).unwrap_or(-1);
    let next = usize::try_from((at + by).rem_euclid(count.max(1))).unwrap_or(0);
    if let Some(choice) = choices.get(next) {
        let _ = choice.focus();
    }
}

fn choices_of(menu: &str) -> Vec<HtmlElement> {
    let found = document().query_selector_all(&format!("#{menu} [role^=menuitem]"));
    let Ok(found) = found else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

/// Where on the screen an event happened.
pub fn point_of(event: &web_sys::MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Gives the focus to a child of an element, counted from 0.
pub fn focus_child(parent: &Element, at: u32) {
    let child = parent.children().item(at);
    if let Some(child) = child.and_then(|child| child.dyn_into::<HtmlElement>().ok()) {
        let _ = child.focus();
    }
}

/// The place below an element, where a menu opens that keys ask for.
pub fn below(id: &str) -> (f64, f64) {
    let element = document().get_element_by_id(id);
    element.map_or((0.0, 0.0), |element| {
        let place = element.get_bounding_client_rect();
        (place.left() + 24.0, place.top() + place.height().min(48.0))
    })
}

/// Says that a drag moves something inside the page; without data some browsers drag nothing.
pub fn mark_drag(event: &web_sys::DragEvent) {
    if let Some(data) = event.data_transfer() {
        data.set_effect_allowed("move");
        let _ = data.set_data("text/plain", "");
    }
}

/// Sends a form of one field, whose answer the browser saves.
pub fn send_form(action: &str, name: &str, value: &str) {
    let attempt = || {
        let form = document().create_element("form").ok()?;
        form.set_attribute("method", "post").ok()?;
        form.set_attribute("action", action).ok()?;
        let field = document().create_element("input").ok()?;
        field.set_attribute("type", "hidden").ok()?;
        field.set_attribute("name", name).ok()?;
        field.set_attribute("value", value).ok()?;
        form.append_child(&field).ok()?;
        document().body()?.append_child(&form).ok()?;
        let form: web_sys::HtmlFormElement = form.dyn_into().ok()?;
        form.submit().ok()?;
        form.remove();
        Some(())
    };
    let _ = attempt();
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

/// Whether a key was pressed at a field of text.
pub fn is_field(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let text = "input:not([type=range]), textarea";
    element.is_some_and(|element| element.matches(text).unwrap_or(false))
}

/// Whether a key was pressed at a button or a link.
pub fn is_button(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "BUTTON" | "A"))
}

/// Whether a key was pressed at something that plays or is read, which has its own use for it.
pub fn is_in_content(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let found = element.map(|element| element.closest("audio, video, .reading, .strip"));
    found.is_some_and(|found| found.is_ok_and(|found| found.is_some()))
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
pub fn local_moment(at: Timestamp, language: Language) -> Option<String> {
    local(at, language, &["dateStyle", "timeStyle"])
}

/// The day of a moment, the same way.
pub fn local_day(at: Timestamp, language: Language) -> Option<String> {
    local(at, language, &["dateStyle"])
}

/// A browser in a region of the language keeps the ways of that region.
fn local(at: Timestamp, language: Language, told: &[&str]) -> Option<String> {
    #[expect(clippy::cast_precision_loss, reason = "moments of this era fit")]
    let date = js_sys::Date::new(&JsValue::from_f64(at.as_millis() as f64));
    let options = js_sys::Object::new();
    for (name, value) in told.iter().zip(["medium", "short"]) {
        js_sys::Reflect::set(&options, &(*name).into(), &value.into()).ok()?;
    }
    let region = window().navigator().language();
    let (tag, primary) = (language.as_str(), language.as_str().get(..2)?);
    let locale = region.filter(|region| region.starts_with(primary));
    date.to_locale_string(locale.as_deref().unwrap_or(tag), &options)
        .as_string()
}

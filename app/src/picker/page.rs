//! The page that other programs frame: opened by a handshake, with a session of its own.

use std::rc::Rc;

use leptos::html::Button;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use model::Theme;
// That of Leptos waits for something to be mounted.
use wasm_bindgen_futures::spawn_local;
use web_sys::MessagePort;

use super::door::Door;
use super::opening::{Heard, Opening, Options};
use super::place;
use super::port::{self, Host};
use super::saying::Said;
use super::session::{Claimed, Page, Session};
use super::state::{Picker, Rights};
use super::whole;
use crate::text::{self, use_text};

/// How the page stands.
#[derive(Clone)]
enum Stage {
    /// The session is being taken over.
    Waiting,
    Open(Rc<Setup>),
    /// The session could not be taken over.
    Ended,
    /// The page around no longer wants it.
    Closed,
}

struct Setup {
    door: Door,
    options: Options,
    rights: Rights,
}

/// Waits to be opened by the page around; without one, says what it is for.
pub fn start() {
    let opened = told().and_then(|page| {
        let parent = port::parent()?;
        let origin = page.origin.clone();
        port::wait_for_opening(&parent, &origin, |opening, port| open(page, opening, port))
    });
    if opened.is_none() {
        spawn_local(async {
            // Without the words of its reader the page speaks English, as it does where a line
            // breaks. One that is opened is told its language, and asks for words after that.
            let _ = text::load().await;
            mount_to_body(alone);
        });
    }
}

fn told() -> Option<Page> {
    Some(Page {
        session: port::told("satchel-session")?,
        origin: port::told("satchel-origin")?,
    })
}

fn open(told: Page, opening: Opening, port: MessagePort) {
    dress(&opening.options);
    let stage = RwSignal::new_local(Stage::Waiting);
    let host = port::host(port.clone());
    let session = Session::new(host.clone(), told);
    let heard_by = Rc::clone(&session);
    port::listen(&port, move |heard| match heard {
        Heard::Renewed { token } => Rc::clone(&heard_by).renewed(token),
        Heard::Refused => heard_by.refused(),
        Heard::Close => stage.set(Stage::Closed),
    });
    let Opening { token, options } = opening;
    if options.placement.is_some() {
        // It comes while the session is taken over; where it does not, it is asked for once more.
        spawn_local(async {
            let _ = place::load().await;
        });
    }
    spawn_local(async move {
        let _ = text::load().await;
        let (holder, told) = (Rc::clone(&session), host.clone());
        mount_to_body(move || page(stage, StoredValue::new_local(host), session.has_ended));
        let claimed = Rc::clone(&holder).take_over(&token).await;
        stage.set(match claimed {
            Ok(claimed) => Stage::Open(Rc::new(Setup {
                door: Door::Session(holder),
                options,
                rights: rights(&claimed),
            })),
            Err(problem) => {
                told.say(&Said::Problem {
                    code: problem.code,
                    message: use_text().problem(&problem),
                });
                Stage::Ended
            }
        });
    });
}

/// What a session may do, as the picker knows it.
fn rights(claimed: &Claimed) -> Rights {
    use model::EmbedScope::{Crop, Share, Upload};
    let may = |scope| claimed.scopes.contains(&scope);
    Rights {
        upload: may(Upload),
        crop: may(Crop),
        share: may(Share),
        folder: claimed.folder_id,
        kinds: claimed.kinds.clone(),
    }
}

/// Gives the page the language and the look that were asked for, before a word is drawn.
fn dress(options: &Options) {
    let Some(root) = document().document_element() else {
        return;
    };
    if let Some(language) = options.language {
        let _ = root.set_attribute("lang", language.as_str());
    }
    let theme = options.theme.unwrap_or(Theme::System);
    let _ = root.set_attribute("data-theme", theme.as_str());
}

fn page(
    stage: RwSignal<Stage, LocalStorage>,
    host: StoredValue<Host, LocalStorage>,
    has_ended: RwSignal<bool>,
) -> AnyView {
    let drawn = move || match stage.get() {
        Stage::Waiting => whole::waiting(),
        Stage::Closed => ().into_any(),
        Stage::Ended => ended(host),
        Stage::Open(setup) => {
            let Setup {
                door,
                options,
                rights,
            } = &*setup;
            let host = host.get_value();
            let picker = Picker::new(door.clone(), host, options.clone(), rights.clone());
            whole::whole(picker)
        }
    };
    let shown = Memo::new(move |_| has_ended.get());
    view! {
        <div inert=move || shown.get()>{drawn}</div>
        {move || shown.get().then(|| ended(host))}
    }
    .into_any()
}

/// The session is over: nothing more can be done here.
fn ended(host: StoredValue<Host, LocalStorage>) -> AnyView {
    let text = use_text().picker();
    let shut = NodeRef::<Button>::new();
    // `autofocus` is not for frames of another origin.
    Effect::new(move |_| shut.get().map(|shut| shut.focus()));
    view! {
        <div class="picker-over" role="alertdialog" aria-labelledby="picker-over" aria-modal="true">
            <h2 id="picker-over">{text.ended}</h2>
            <p>{text.ended_hint}</p>
            <button
                type="button"
                class="primary"
                node_ref=shut
                on:click=move |_| host.with_value(|host| host.say(&Said::Cancel))
            >
                {text.shut}
            </button>
        </div>
    }
    .into_any()
}

/// Nobody frames this page.
fn alone() -> AnyView {
    let text = use_text();
    let words = text.picker();
    view! {
        <main class="picker-alone">
            <h1>{words.alone}</h1>
            <p>{words.alone_hint}</p>
            <a class="button primary" href="/">
                {text.general.to_library}
            </a>
        </main>
    }
    .into_any()
}

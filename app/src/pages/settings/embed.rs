//! The library in other programs: the picker to try, what makes it work in a page, and where it is
//! open now.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Cursor, EmbedSession, Kind, Placement};

use super::when::exact;
use super::{button, further, page};
use crate::api::embed::{EmbedSeat, get_embed_seat};
use crate::text::{Word, use_language, use_text};

/// Opens the picker, and writes the reader's own address into what is copied.
const SCRIPT: &str = include_str!("embed.js");

/// Stands for the address of this Satchel until the script says it.
const SITE: &str = "https://media.example.com";

/// What a server of others does, around the address.
const DOOR: [&str; 2] = [
    "app.post(\"/satchel-session\", requireLogin, async (request, response) => {\n  \
       const answer = await fetch(\"",
    "/api/v1/embed/sessions\", {\n    \
         method: \"POST\",\n    \
         headers: {\n      \
           authorization: `Bearer ${process.env.SATCHEL_TOKEN}`,\n      \
           \"content-type\": \"application/json\",\n    \
         },\n    \
         body: JSON.stringify({\n      \
           origin: \"https://desk.example.com\",\n      \
           scopes: [\"browse\", \"upload\", \"crop\", \"share\"],\n    \
         }),\n  \
       });\n  \
       response.status(answer.status).set(\"cache-control\", \"no-store\").json(await answer.json());\n\
     });",
];

/// What a page of others has, around the address and the element.
const PAGE: [&str; 3] = [
    "<script src=\"",
    "/embed.js\"></script>\n",
    "\n<script>\n  \
       addEventListener(\"satchel-select\", ({ detail }) => {\n    \
         const html = detail.items.map(Satchel.html).join(\" \");\n    \
         document.querySelector(\"#message\").insertAdjacentHTML(\"beforeend\", html);\n  \
       });\n</script>",
];

/// The library in other programs.
#[component]
pub fn EmbedPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, get_embed_seat);
    page(use_text().embed.title, found, |seat: EmbedSeat| {
        let EmbedSeat {
            sessions,
            placements,
        } = seat;
        let next = sessions.next_cursor.clone();
        view! {
            <p class="hint">{use_text().embed.about}</p>
            {trial(&placements)}
            {answer()}
            {door()}
            {script()}
            {open(&sessions.items)}
            {next.map(|cursor| further("/settings/embed?", &cursor))}
            <script src="/embed.js" nonce=use_nonce()></script>
            <script type="module" nonce=use_nonce() inner_html=SCRIPT></script>
        }
    })
}

fn trial(placements: &[Placement]) -> impl IntoView + use<> {
    let (text, language) = (use_text(), use_language());
    let words = &text.embed;
    let places: Vec<_> = placements
        .iter()
        .map(|place| {
            let channel = place.channel.name.of(language);
            let name = format!("{channel}, {}", place.name.of(language));
            view! { <option value=place.id.to_string()>{name}</option> }
        })
        .collect();
    let kinds: Vec<_> = Kind::ALL
        .into_iter()
        .map(|kind| {
            view! {
                <label class="check">
                    <input type="checkbox" name="kind" value=kind.as_str() />
                    {text.kind(kind)}
                </label>
            }
        })
        .collect();
    view! {
        <section>
            <h2>{words.try_it}</h2>
            <noscript>
                <p class="hint">{words.needs_script}</p>
            </noscript>
            <form
                class="column"
                id="try-picker"
                data-nothing=words.nothing
                data-copied=words.copied
            >
                <label>
                    {words.placement}
                    <select name="placement">
                        <option value="">{words.no_placement}</option>
                        {places}
                    </select>
                </label>
                <fieldset class="boxes">
                    <legend>{words.kinds}</legend>
                    {kinds}
                </fieldset>
                <label class="check">
                    <input type="checkbox" name="multiple" />
                    {words.several}
                </label>
                <p class="hint">{words.try_hint}</p>
                <button type="submit" class="primary">
                    {words.try_it}
                </button>
            </form>
            <p class="hint" id="picker-told" role="status"></p>
        </section>
    }
}

/// What was chosen, once something was.
fn answer() -> impl IntoView {
    let words = &use_text().embed;
    view! {
        <section id="picker-answer" hidden>
            <h2>{words.comes_back}</h2>
            <pre class="code">
                <code id="picker-selection"></code>
            </pre>
            <h2>{words.to_insert}</h2>
            <pre class="code">
                <code id="picker-html"></code>
            </pre>
            {copy("picker-html")}
        </section>
    }
}

fn door() -> impl IntoView {
    let words = &use_text().embed;
    let [before, after] = DOOR;
    let code = view! {
        {before}
        <span data-site="here">{SITE}</span>
        {after}
    };
    steps(words.door, words.door_hint, "picker-door", code.into_any())
}

fn script() -> impl IntoView {
    let words = &use_text().embed;
    let [before, between, after] = PAGE;
    let code = view! {
        {before}
        <span data-site="here">{SITE}</span>
        {between}
        <span id="picker-element">
            "<satchel-picker session-url=\"/satchel-session\"></satchel-picker>"
        </span>
        {after}
    };
    let code = code.into_any();
    steps(words.script, words.script_hint, "picker-page", code)
}

/// Something to be copied, and what it is for.
fn steps(title: Word, hint: Word, id: &'static str, code: AnyView) -> impl IntoView {
    view! {
        <section>
            <h2>{title}</h2>
            <p class="hint">{hint}</p>
            <pre class="code">
                <code id=id>{code}</code>
            </pre>
            {copy(id)}
        </section>
    }
}

/// A button that the script shows where it can do something.
fn copy(id: &'static str) -> impl IntoView {
    view! {
        <button type="button" data-copy=id hidden>
            {use_text().embed.copy}
        </button>
    }
}

fn open(sessions: &[EmbedSession]) -> impl IntoView + use<> {
    let words = &use_text().embed;
    let rows: Vec<_> = sessions.iter().map(row).collect();
    let list = if rows.is_empty() {
        view! { <p>{words.none_open}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section>
            <h2>{words.open}</h2>
            {list}
        </section>
    }
}

fn row(session: &EmbedSession) -> impl IntoView + use<> {
    let text = use_text();
    let user = session.user.as_ref().map(ToString::to_string);
    view! {
        <li>
            <span class="what">
                <strong>{session.origin.as_str().to_owned()}</strong>
                {user.map(|user| view! { <span dir="auto">{user}</span> })}
                <span>{text.embed.until} " " {exact(session.expires_at)}</span>
            </span>
            {button("/settings/embed/end", &session.id.to_string(), text.settings.end)}
        </li>
    }
}

//! The document around every page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use model::{Theme, Timestamp};

use crate::browser::page::LATE_STYLES;
use crate::pages::{App, plain};
use crate::text::use_text;

/// Addresses of what a page loads; empty where the site was not built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The script that starts the client, such as `/pkg/app.0123.js`.
    pub js: String,
    /// The client itself, such as `/pkg/app.0123.wasm`.
    pub wasm: String,
    /// The style sheet, such as `/pkg/app.0123.css`.
    pub css: String,
    /// The style sheet of plain pages.
    pub plain_css: String,
    /// The style sheet of what comes later.
    pub late_css: String,
}

impl Site {
    /// The script that brings the page to life; it needs the page's nonce.
    fn script(&self) -> Option<String> {
        let Self { js, wasm, .. } = self;
        (!js.is_empty()).then(|| {
            format!(
                "import init, {{ hydrate }} from \"{js}\";\
                 await init({{ module_or_path: \"{wasm}\" }}); hydrate();"
            )
        })
    }
}

/// Gives each panel the room that this browser remembers, before anything is drawn; as
/// `browser/room.rs` keeps it.
const ROOM: &str = "try{for(const panel of[\"tree\",\"details\"]){\
    const kept=+localStorage.getItem(\"satchel-\"+panel),root=document.documentElement;\
    if(kept>0)root.style.setProperty(\"--\"+panel,kept+\"px\");\
    if(kept<0)root.setAttribute(\"data-\"+panel,\"shut\")}}catch{}";

/// When a page is drawn; the server says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now(pub Timestamp);

/// Writes moments on plain pages as the reader's clock has them, and says when a day that is asked
/// for begins there; without it they are in UTC.
const LOCAL_MOMENTS: &str = "\
    const page = document.documentElement.lang, own = navigator.language;\
    const way = own.startsWith(page.slice(0, 2)) ? own : page;\
    for (const at of document.querySelectorAll('time')) {\
      const told = new Date(at.dateTime).toLocaleString(way, \
        {dateStyle: 'medium', timeStyle: 'short'});\
      if (at.title) at.title = told; else at.textContent = told;\
    }\
    for (const day of document.querySelectorAll('[data-start]')) {\
      day.form.addEventListener('submit', () => {\
        const start = day.form.elements[day.dataset.start];\
        start.value = day.value && new Date(day.value + 'T00:00').toISOString();\
      });\
    }";

/// The color of the browser's own edges: of the look that the reader chose, or of both.
fn theme_colors(theme: Theme) -> impl IntoView {
    const LIGHT: &str = "#ffffff";
    const DARK: &str = "#16171a";
    let color = |color: &'static str, media: Option<&'static str>| {
        let meta = leptos::html::meta().name("theme-color").content(color);
        meta.attr("media", media).into_any()
    };
    match theme {
        Theme::Light => color(LIGHT, None),
        Theme::Dark => color(DARK, None),
        Theme::System => vec![
            color(LIGHT, Some("(prefers-color-scheme: light)")),
            color(DARK, Some("(prefers-color-scheme: dark)")),
        ]
        .into_any(),
    }
}

/// The document around every page.
pub fn shell(site: Site) -> impl IntoView {
    let text = use_text();
    let theme = use_context::<Theme>().unwrap_or_default();
    let scheme = match theme {
        Theme::System => "light dark",
        chosen => chosen.as_str(),
    };
    let is_plain = plain::is_plain();
    let loads_client = !is_plain && site.script().is_some();
    let script = if is_plain {
        Some(LOCAL_MOMENTS.to_owned())
    } else {
        site.script()
    };
    let Site {
        js,
        wasm,
        css,
        plain_css,
        late_css,
    } = site;
    let css = if is_plain { plain_css } else { css };
    view! {
        <!DOCTYPE html>
        <html lang=text.language.as_str() data-theme=theme.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="description" content=text.general.description />
                <meta name="color-scheme" content=scheme />
                {theme_colors(theme)}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {(!css.is_empty()).then(|| view! { <link rel="stylesheet" href=css /> })}
                {loads_client
                    .then(|| {
                        view! {
                            <script nonce=use_nonce() inner_html=ROOM></script>
                            <meta name=LATE_STYLES content=late_css />
                            <link rel="modulepreload" href=js nonce=use_nonce() />
                            <link
                                rel="preload"
                                href=wasm
                                r#as="fetch"
                                r#type="application/wasm"
                                crossorigin="anonymous"
                                nonce=use_nonce()
                            />
                        }
                    })}
                <MetaTags />
            </head>
            <body>
                <App />
                {script
                    .map(|script| {
                        view! {
                            <script type="module" nonce=use_nonce() inner_html=script></script>
                        }
                    })}
            </body>
        </html>
    }
}

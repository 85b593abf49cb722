//! Who did what to which, when and from where.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use model::{AuditFilter, AuditLine, Cursor, EventKind, Timestamp};

use super::page;
use crate::api::settings::list_audit;
use crate::query::encode;
use crate::text::use_text;

/// Who did what to which, when and from where.
#[component]
pub fn AuditPage() -> impl IntoView {
    let params = use_query_map();
    let asked = move || params.with(Asked::read);
    let found = Resource::new(asked, |asked| async move {
        let page = list_audit(asked.filter(), asked.cursor.clone()).await?;
        Ok((asked, page))
    });
    page(use_text().settings.audit, found, |(asked, page)| {
        let next = page.next_cursor.clone();
        let more = format!("/settings/audit?{}", asked.query());
        view! {
            {form(&asked)}
            {table(&page.items)}
            {next.map(|cursor| further(&more, &cursor))}
        }
    })
}

/// A link to the next page of a list.
pub(super) fn further(address: &str, cursor: &Cursor) -> impl IntoView + use<> {
    let mut address = format!("{address}cursor=");
    encode(&cursor.0, &mut address);
    view! {
        <a class="button" href=address>
            {use_text().settings.next}
        </a>
    }
}

/// What the address asks for, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Asked {
    actor: String,
    kind: String,
    subject: String,
    after: String,
    before: String,
    cursor: Option<Cursor>,
}

impl Asked {
    fn read(params: &ParamsMap) -> Self {
        let text = |name: &str| params.get(name).unwrap_or_default().trim().to_owned();
        Self {
            actor: text("actor"),
            kind: text("kind"),
            subject: text("subject"),
            after: text("after"),
            before: text("before"),
            cursor: params.get("cursor").map(Cursor),
        }
    }

    /// What cannot be read is not asked for.
    fn filter(&self) -> AuditFilter {
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        AuditFilter {
            actor: said(&self.actor),
            kind: kind(&self.kind),
            subject: said(&self.subject),
            after: day(&self.after),
            before: day(&self.before),
        }
    }

    /// The same as an address says it, ready for more.
    fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in [
            ("actor", &self.actor),
            ("kind", &self.kind),
            ("subject", &self.subject),
            ("after", &self.after),
            ("before", &self.before),
        ] {
            if !value.is_empty() {
                query.push_str(name);
                query.push('=');
                encode(value, &mut query);
                query.push('&');
            }
        }
        query
    }

    /// The same for the export, whose moments are exact.
    fn export(&self) -> String {
        let moment = |text: &String| day(text).map(|at| at.to_string()).unwrap_or_default();
        let exact = Self {
            after: moment(&self.after),
            before: moment(&self.before),
            kind: kind(&self.kind).map(word).unwrap_or_default(),
            ..self.clone()
        };
        format!("/api/v1/audit/export?{}", exact.query())
    }
}

/// The event of a word, whatever is between its parts.
fn kind(text: &str) -> Option<EventKind> {
    let word = text.to_lowercase().replace(' ', "_");
    serde_json::from_value(serde_json::Value::from(word)).ok()
}

fn word(kind: EventKind) -> String {
    let word = serde_json::to_value(kind).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

/// The start of a day in UTC.
fn day(text: &str) -> Option<Timestamp> {
    format!("{text}T00:00:00Z").parse().ok()
}

fn form(asked: &Asked) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let field = |label, name, r#type, value: &String| {
        let value = value.clone();
        view! {
            <label>
                {label} <input type=r#type name=name value=value autocomplete="off" />
            </label>
        }
    };
    view! {
        <form class="line" method="get" action="/settings/audit" role="search">
            {field(words.event, "kind", "text", &asked.kind)}
            {field(words.who_id, "actor", "text", &asked.actor)}
            {field(words.subject_id, "subject", "text", &asked.subject)}
            {field(words.from_day, "after", "date", &asked.after)}
            {field(words.to_day, "before", "date", &asked.before)}
            <button type="submit" class="primary">
                {words.search}
            </button>
            <a class="button" href=asked.export() rel="external" download="">
                {words.export}
            </a>
        </form>
    }
}

fn table(lines: &[AuditLine]) -> impl IntoView + use<> {
    let words = &use_text().settings;
    if lines.is_empty() {
        return view! { <p>{words.nothing}</p> }.into_any();
    }
    let rows: Vec<_> = lines.iter().map(line).collect();
    view! {
        <div class="wide" tabindex="0" role="region" aria-label=words.audit>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.when}</th>
                        <th scope="col">{words.event}</th>
                        <th scope="col">{words.who}</th>
                        <th scope="col">{words.subject}</th>
                        <th scope="col">{words.address}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(line: &AuditLine) -> impl IntoView + use<> {
    let text = use_text();
    let who = line
        .actor_name
        .clone()
        .unwrap_or_else(|| line.actor.clone());
    let of = |name: &str, value: &str| {
        let mut address = format!("/settings/audit?{name}=");
        encode(value, &mut address);
        address
    };
    let subject = line.subject.clone().unwrap_or_default();
    view! {
        <tr>
            <td>{text.moment(line.at)}</td>
            <td>{word(line.kind).replace('_', " ")}</td>
            <td dir="auto">
                <a href=of("actor", &line.actor)>{who}</a>
            </td>
            <td>
                <a href=of("subject", &subject)>
                    <code>{subject.clone()}</code>
                </a>
            </td>
            <td>{line.ip.clone()}</td>
        </tr>
    }
}

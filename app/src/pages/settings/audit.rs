//! Who did what to which, when and from where.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use model::{AuditFilter, AuditLine, Cursor, EventKind, Timestamp};

use super::when::ago;
use super::{further, page};
use crate::api::settings::{Trail, list_audit};
use crate::query::encode;
use crate::text::use_text;

/// Who did what to which, when and from where.
#[component]
pub fn AuditPage() -> impl IntoView {
    let params = use_query_map();
    let asked = move || params.with(Asked::read);
    let found = Resource::new(asked, |asked| async move {
        let trail = list_audit(asked.filter(), asked.cursor.clone()).await?;
        Ok((asked, trail))
    });
    page(use_text().settings.audit, found, |(asked, trail)| {
        let Trail { page, days } = trail;
        let next = page.next_cursor.clone();
        let more = format!("/settings/audit?{}", asked.query());
        view! {
            <p class="hint">{use_text().kept_for(days)}</p>
            {form(&asked)}
            {table(&page.items, &asked)}
            {next.map(|cursor| further(&more, &cursor))}
        }
    })
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
            kind: self.kind.parse().ok(),
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
            ..self.clone()
        };
        format!("/api/v1/audit/export?{}", exact.query())
    }
}

/// The start of a day in UTC.
fn day(text: &str) -> Option<Timestamp> {
    format!("{text}T00:00:00Z").parse().ok()
}

fn form(asked: &Asked) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let field = |label, name, r#type, value: &String| {
        let value = value.clone();
        let hint = (r#type == "text").then_some(words.who_hint);
        view! {
            <label>
                {label} <input type=r#type name=name value=value placeholder=hint autocomplete="off" />
            </label>
        }
    };
    view! {
        <form class="line" method="get" action="/settings/audit" role="search">
            <label>{words.event} {events(&asked.kind)}</label>
            {field(words.who, "actor", "text", &asked.actor)}
            {field(words.subject, "subject", "text", &asked.subject)}
            {field(words.from_day, "after", "date", &asked.after)}
            {field(words.to_day, "before", "date", &asked.before)}
            <button type="submit" class="primary">
                {words.search}
            </button>
            <a class="button" href=asked.export() rel="external" download="">
                {words.export}
            </a>
        </form>
        <p class="hint">{words.utc_days}</p>
    }
}

/// A choice of events.
fn events(chosen: &str) -> impl IntoView + use<> {
    let text = use_text();
    let options = EventKind::ALL.map(|kind| {
        view! {
            <option value=kind.as_str() selected={kind.as_str() == chosen}>
                {text.event(kind)}
            </option>
        }
    });
    view! {
        <select name="kind">
            <option value="" selected={chosen.is_empty()}>
                {text.settings.any_event}
            </option>
            {options.into_iter().collect_view()}
        </select>
    }
}

fn table(lines: &[AuditLine], asked: &Asked) -> impl IntoView + use<> {
    let words = &use_text().settings;
    if lines.is_empty() {
        let is_search = !asked.query().is_empty();
        let all = is_search.then(|| {
            view! {
                <p>
                    <a class="button" href="/settings/audit">
                        {words.show_everything}
                    </a>
                </p>
            }
        });
        let told = if is_search {
            words.no_hits
        } else {
            words.nothing
        };
        return view! {
            <p>{told}</p>
            {all}
        }
        .into_any();
    }
    let rows: Vec<_> = lines.iter().map(line).collect();
    view! {
        <div class="wide" tabindex="0" role="region" aria-label=words.audit>
            <table class="trail">
                <thead>
                    <tr>
                        <th scope="col">{words.when}</th>
                        <th scope="col">{words.who}</th>
                        <th scope="col">{words.event}</th>
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
    let subject = line.subject.clone().map(|id| {
        let name = line.subject_name.clone().unwrap_or_else(|| short(&id));
        named("subject", &id, name)
    });
    view! {
        <tr>
            <td>{ago(line.at)}</td>
            <td>{named("actor", &line.actor, who(line))}</td>
            <td>{text.event(line.kind)}</td>
            <td>{subject}</td>
            <td>{line.ip.clone()}</td>
        </tr>
    }
}

/// The kind and the end of an id, which tell things apart.
fn short(id: &str) -> String {
    match (id.split_once('_'), id.char_indices().rev().nth(5)) {
        (Some((kind, rest)), Some((at, _))) if rest.len() > 6 => format!("{kind}_…{}", &id[at..]),
        _ => id.to_owned(),
    }
}

/// What the one who did it is called.
fn who(line: &AuditLine) -> String {
    let words = &use_text().settings;
    match (&line.actor_name, line.actor.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "system") => words.satchel_itself.to_owned(),
        (None, "nobody") => words.nobody_known.to_owned(),
        (None, id) => id.to_owned(),
    }
}

/// A name that leads to all that its bearer did, or that was done to it.
fn named(field: &str, id: &str, name: String) -> impl IntoView + use<> {
    let mut address = format!("/settings/audit?{field}=");
    encode(id, &mut address);
    view! {
        <a href=address title=id.to_owned() dir="auto">
            {name}
        </a>
    }
}

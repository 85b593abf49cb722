//! Who did what to which, when and from where.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use model::{AuditFilter, AuditLine, Cursor, EventKind, Timestamp};

use super::when::ago;
use super::{further, page};
use crate::api::settings::{Trail, list_audit};
use crate::query::encode;
use crate::text::{Word, use_text};

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
    /// When these days begin for the reader, as far as a script could tell.
    after_at: String,
    before_at: String,
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
            after_at: text("after_at"),
            before_at: text("before_at"),
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
            after: begin(&self.after, &self.after_at),
            before: begin(&self.before, &self.before_at),
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
            ("after_at", &self.after_at),
            ("before_at", &self.before_at),
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
        let filter = self.filter();
        let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let exact = Self {
            after: moment(filter.after),
            before: moment(filter.before),
            after_at: String::new(),
            before_at: String::new(),
            ..self.clone()
        };
        format!("/api/v1/audit/export?{}", exact.query())
    }
}

/// The start of a day: where the reader is, and in UTC where no script told.
fn begin(day: &str, at: &str) -> Option<Timestamp> {
    if day.is_empty() {
        return None;
    }
    let in_utc = || format!("{day}T00:00:00Z").parse().ok();
    at.parse().ok().or_else(in_utc)
}

fn form(asked: &Asked) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let field = |label, name, value: &String| {
        let value = value.clone();
        view! {
            <label>
                {label} <input type="text" name=name value=value placeholder=words.who_hint autocomplete="off" />
            </label>
        }
    };
    view! {
        <form class="line" method="get" action="/settings/audit" role="search">
            <label>{words.event} {events(&asked.kind)}</label>
            {field(words.who, "actor", &asked.actor)}
            {field(words.subject, "subject", &asked.subject)}
            {day(words.from_day, ("after", &asked.after), ("after_at", &asked.after_at))}
            {day(words.to_day, ("before", &asked.before), ("before_at", &asked.before_at))}
            <button type="submit" class="primary">
                {words.search}
            </button>
            <a class="button" href=asked.export() rel="external" download="">
                {words.export}
            </a>
        </form>
        <noscript>
            <p class="hint">{words.utc_days}</p>
        </noscript>
    }
}

/// A day, and beside it the moment when it begins for the reader, which a script writes.
fn day(
    label: Word,
    (name, value): (&'static str, &str),
    (start, at): (&'static str, &str),
) -> impl IntoView + use<> {
    let (value, at) = (value.to_owned(), at.to_owned());
    view! {
        <label>
            {label} <input type="date" name=name value=value autocomplete="off" data-start=start />
            <input type="hidden" name=start value=at />
        </label>
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
            <td>{subject} " " <span class="hint" dir="auto">{line.detail.clone()}</span></td>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_the_reader_is() {
        let told = |day, at| begin(day, at).map(|at| at.to_string());

        let in_utc = told("2026-11-21", "");
        assert_eq!(in_utc, told("2026-11-21", "2026-11-21T00:00:00.000Z"));
        assert!(in_utc.is_some());
        assert_ne!(in_utc, told("2026-11-21", "2026-11-21T03:00:00.000Z"));
        assert_eq!(in_utc, told("2026-11-21", "yesterday"));
        assert_eq!(told("", "2026-11-21T03:00:00.000Z"), None);
    }
}

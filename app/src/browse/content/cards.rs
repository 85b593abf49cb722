//! Contact cards as people read them.

use leptos::prelude::*;
use model::preview::{Card, CardField, CardLine, Contacts};

use crate::browse::tile::initial;
use crate::text::{Word, use_text};

/// The cards of a file, one below the other.
pub fn cards(found: &Contacts) -> AnyView {
    let text = use_text();
    let shown = found.cards.len();
    let more = (shown < found.total as usize)
        .then(|| view! { <p class="aside">{text.cards_shown(shown, found.total)}</p> });
    view! {
        <div class="reading cards" tabindex="0" role="region" aria-label=text.details().reading>
            {found.cards.iter().map(card).collect_view()} {more}
        </div>
    }
    .into_any()
}

fn card(card: &Card) -> AnyView {
    let text = use_text();
    let name = if card.name.is_empty() {
        text.details().unnamed.to_owned()
    } else {
        card.name.clone()
    };
    let role: Vec<_> = [card.title.as_str(), card.organization.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let role = (!role.is_empty()).then(|| view! { <p dir="auto">{role.join(" · ")}</p> });
    let photo = card
        .has_photo
        .then(|| view! { <p class="aside">{text.details().has_photo}</p> });
    view! {
        <article class="card">
            <span class="initial" aria-hidden="true">
                {initial(&name)}
            </span>
            <div class="who">
                <strong dir="auto">{name}</strong>
                {role}
            </div>
            <dl>{card.lines.iter().map(line).collect_view()}</dl>
            {photo}
        </article>
    }
    .into_any()
}

fn line(line: &CardLine) -> AnyView {
    let label = (!line.label.is_empty()).then(|| format!(" ({})", line.label));
    let value = line.value.clone();
    let value = match link(line) {
        Some(href) => {
            view! {
                <a class="link" href=href rel="external noopener noreferrer nofollow">
                    {value}
                </a>
            }
        }
        .into_any(),
        None => value.into_any(),
    };
    view! {
        <div>
            <dt>{field(line.field)} {label}</dt>
            <dd dir="auto">{value}</dd>
        </div>
    }
    .into_any()
}

/// Where a line leads to: nowhere but to a telephone, a mail program or the web.
fn link(line: &CardLine) -> Option<String> {
    let value = line.value.trim();
    match line.field {
        CardField::Phone => {
            let number = value.chars().filter(|c| c.is_ascii_digit() || *c == '+');
            let number: String = number.collect();
            (number.len() > 2).then(|| format!("tel:{number}"))
        }
        CardField::Email => {
            let is_plain = value.contains('@') && !value.contains(['?', '&', ' ', '\n']);
            is_plain.then(|| format!("mailto:{value}"))
        }
        CardField::Url => {
            let is_web = value.starts_with("https://") || value.starts_with("http://");
            is_web.then(|| value.to_owned())
        }
        _ => None,
    }
}

fn field(field: CardField) -> Word {
    let told = use_text().details();
    match field {
        CardField::Phone => told.phone,
        CardField::Email => told.email,
        CardField::Address => told.address,
        CardField::Url => told.website,
        CardField::Chat => told.chat,
        CardField::Birthday => told.birthday,
        CardField::Note => told.note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(field: CardField, value: &str) -> Option<String> {
        link(&CardLine {
            field,
            label: String::new(),
            value: value.to_owned(),
        })
    }

    #[test]
    fn a_line_leads_where_people_expect_and_runs_nothing() {
        assert_eq!(
            leads(CardField::Phone, "+55 (11) 4000-0001").as_deref(),
            Some("tel:+551140000001")
        );
        assert_eq!(
            leads(CardField::Email, "a@b.test").as_deref(),
            Some("mailto:a@b.test")
        );
        for (field, value) in [
            (CardField::Url, "javascript:alert(1)"),
            (CardField::Url, "data:text/html,x"),
            (CardField::Email, "a@b.test?bcc=c@d.test"),
            (CardField::Phone, "none"),
            (CardField::Note, "https://a.test"),
        ] {
            assert_eq!(leads(field, value), None, "{value}");
        }
    }
}

//! The account's teams: made, renamed, filled with people and deleted.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Cursor, GoneTeam, Page, Team, UserId};

use super::{gone::gone, page};
use crate::api::teams::list_teams;
use crate::text::use_text;

/// The account's teams.
#[component]
pub fn TeamsPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, list_teams);
    page(
        use_text().settings.teams,
        found,
        |(teams, people, left): Shown| {
            let next = teams.next_cursor.clone();
            let left = left.into_iter();
            let left = left.map(|team| (team.id.to_string(), team.name, None, team.gone));
            view! {
                {create()}
                {list(&teams.items, &people)}
                {next.map(|cursor| super::further("/settings/teams?", &cursor))}
                {gone(left.collect(), "/settings/teams/restore")}
            }
        },
    )
}

/// A page of teams, who could be in them, and those that can be brought back.
type Shown = (Page<Team>, Vec<(UserId, String)>, Vec<GoneTeam>);

fn create() -> impl IntoView {
    let words = &use_text().settings;
    view! {
        <form class="line" method="post" action="/settings/teams/create">
            <label>
                {words.new_team}
                <input type="text" name="name" required=true maxlength="64" autocomplete="off" />
            </label>
            <button type="submit" class="primary">
                {words.make_team}
            </button>
        </form>
    }
}

fn list(teams: &[Team], people: &[(UserId, String)]) -> AnyView {
    let words = &use_text().settings;
    if teams.is_empty() {
        return view! { <p>{words.no_teams}</p> }.into_any();
    }
    let rows: Vec<_> = teams.iter().map(|team| row(team, people)).collect();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(team: &Team, people: &[(UserId, String)]) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let names: Vec<_> = team
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    let names = match names.as_slice() {
        [] => words.nobody.to_owned(),
        names => names.join(", "),
    };
    let files = text.at_most(team.asset_count);
    let address = format!("/?team={}", team.id);
    view! {
        <li>
            <details class="edited">
                <summary>
                    <span class="what">
                        <strong dir="auto">{team.name.clone()}</strong>
                        <span dir="auto">{names}</span>
                        <span>{files}</span>
                    </span>
                    <span class="button">{words.edit}</span>
                </summary>
                {forms(team, people)}
            </details>
            <a class="button quiet" href=address>
                {words.show_files}
            </a>
        </li>
    }
}

fn forms(team: &Team, people: &[(UserId, String)]) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let id = team.id.to_string();
    let name = team.name.clone();
    view! {
        <div class="deeds">
            <form class="line" method="post" action="/settings/teams/rename">
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="version" value=team.version.to_string() />
                <label>
                    {words.name}
                    <input
                        type="text"
                        name="name"
                        value=name
                        required=true
                        maxlength="64"
                        autocomplete="off"
                        dir="auto"
                    />
                </label>
                <button type="submit">{words.rename}</button>
            </form>
            {members(team, people)}
            <a class="button" href=format!("/settings/leaving?team={id}")>
                {words.delete}
            </a>
        </div>
    }
}

/// A box for everybody: those who are in it first, so that nobody leaves unseen.
fn members(team: &Team, people: &[(UserId, String)]) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let is_in = |id: &UserId| team.members.iter().any(|member| member.id == *id);
    let inside = team
        .members
        .iter()
        .map(|member| (member.id, member.name.clone()));
    let others = people.iter().filter(|(id, _)| !is_in(id)).cloned();
    let boxes: Vec<_> = inside
        .chain(others)
        .map(|(id, name)| {
            view! {
                <label class="check">
                    <input type="checkbox" name="member" value=id.to_string() checked=is_in(&id) />
                    <span dir="auto">{name}</span>
                </label>
            }
        })
        .collect();
    view! {
        <form class="column" method="post" action="/settings/teams/members">
            <input type="hidden" name="id" value=team.id.to_string() />
            <input type="hidden" name="version" value=team.version.to_string() />
            <fieldset class="boxes">
                <legend>{words.members}</legend>
                {boxes}
            </fieldset>
            <button type="submit">{words.save_members}</button>
        </form>
    }
}

//! Tags and teams of many assets at once: asked for in a dialog, put on and taken off, with Undo.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{BatchItem, BatchRequest, BatchVerb, Changes, Outcome, TeamId};

use super::ask::cancel;
use super::many::Chosen;
use crate::api::{Failure, batches};
use crate::browse::desk::Desk;
use crate::browse::find::use_choices;
use crate::browse::marks::{split, suggest, suggestions};
use crate::browser::page;
use crate::text::{Counted, find_text, use_text};

const TAG_FIELD: &str = "mark-tag";
const TEAM_FIELD: &str = "mark-team";

/// Asks which tag or team is put on what is chosen, or taken off.
pub fn question(desk: Desk, chosen: Chosen) -> AnyView {
    use_choices(desk);
    let words = find_text();
    view! {
        <div class="mark-many">
            <h2 id="ask-title">{words.mark}</h2>
            {tag(desk, chosen.clone())}
            {team(desk, chosen)}
            <div class="answers">{cancel(desk)}</div>
        </div>
    }
    .into_any()
}

fn tag(desk: Desk, chosen: Chosen) -> AnyView {
    let words = find_text();
    let offered = RwSignal::new(Vec::new());
    let chosen = StoredValue::new(chosen);
    let mark = move |action| {
        let tags = split(&page::value_of(TAG_FIELD));
        if let Some(chosen) = chosen.try_get_value().filter(|_| !tags.is_empty()) {
            desk.tidying().ask.set(None);
            desk.tag_chosen(chosen, action, tags);
        }
    };
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            mark(BatchVerb::Tag);
        }>
            <label for=TAG_FIELD>{words.in_tag}</label>
            <input
                id=TAG_FIELD
                type="text"
                list="mark-tags"
                required=true
                autocomplete="off"
                autofocus=true
                dir="auto"
                on:input=move |event| suggest(offered, event_target_value(&event))
            />
            {suggestions("mark-tags", offered)}
            <div class="answers">
                <button type="button" on:click=move |_| mark(BatchVerb::Untag)>
                    {words.untag_these}
                </button>
                <button type="submit" class="primary">
                    {words.tag_these}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The teams of the account, where there are any.
fn team(desk: Desk, chosen: Chosen) -> AnyView {
    let chosen = StoredValue::new(chosen);
    let teams = move || {
        let choices = desk.choices.get()?;
        let chosen = chosen.try_get_value()?;
        (!choices.teams.is_empty()).then(|| team_form(desk, chosen))
    };
    teams.into_any()
}

fn team_form(desk: Desk, chosen: Chosen) -> AnyView {
    let words = find_text();
    let teams = desk.choices.get_untracked().unwrap_or_default().teams;
    let options = teams
        .into_iter()
        .map(|team| view! { <option value=team.id.to_string()>{team.name}</option> })
        .collect_view();
    let chosen = StoredValue::new(chosen);
    let assign = move |is_for: bool| {
        let team: Option<TeamId> = page::value_of(TEAM_FIELD).parse().ok();
        if let (Some(team), Some(chosen)) = (team, chosen.try_get_value()) {
            desk.tidying().ask.set(None);
            desk.selection.clear();
            desk.assign_chosen(chosen, team, is_for);
        }
    };
    view! {
        <form on:submit=move |event| {
            event.prevent_default();
            assign(true);
        }>
            <label for=TEAM_FIELD>{words.team}</label>
            <select id=TEAM_FIELD>{options}</select>
            <div class="answers">
                <button type="button" on:click=move |_| assign(false)>
                    {words.unassign_these}
                </button>
                <button type="submit">{words.assign_these}</button>
            </div>
        </form>
    }
    .into_any()
}

impl Desk {
    /// Puts tags on what is chosen, or takes them off.
    fn tag_chosen(self, chosen: Chosen, action: BatchVerb, tags: Vec<String>) {
        self.selection.clear();
        let said = (tagging(action), tags.join(", "));
        let is_all = matches!(chosen, Chosen::All(_));
        let mut request = chosen.request(action);
        request.tags = Some(tags);
        self.mark(request, said, is_all);
    }

    /// Lets what is chosen be for a team, or no longer.
    fn assign_chosen(self, chosen: Chosen, team: TeamId, is_for: bool) {
        let choices = self.choices.get_untracked().unwrap_or_default();
        let known = choices.teams.into_iter().find(|known| known.id == team);
        let name = known.map(|team| team.name).unwrap_or_default();
        let is_all = matches!(chosen, Chosen::All(_));
        let mut request = chosen.request(if is_for {
            BatchVerb::Assign
        } else {
            BatchVerb::Unassign
        });
        request.teams = Some(vec![team]);
        self.mark(request, (assigning(is_for), name), is_all);
    }

    fn mark(self, request: BatchRequest, said: (&'static Counted, String), is_all: bool) {
        if is_all {
            self.mark_all(request, said);
        } else {
            spawn_local(async move {
                let outcome = batches::change_chosen(request).await;
                self.show_marked(outcome, said.0, &said.1);
            });
        }
    }

    /// Marks all that match; says of how many, unless they are so many that a bar tells.
    fn mark_all(self, request: BatchRequest, (sentence, name): (&'static Counted, String)) {
        let text = use_text();
        spawn_local(async move {
            let answer = match batches::change_assets(request).await {
                Ok(answer) => answer,
                Err(failure) => return self.complain(&failure),
            };
            if answer.batch.is_none() {
                let is_changed = |item: &&BatchItem| item.outcome == Outcome::Changed;
                let count = answer.items.iter().filter(is_changed).count();
                let said = text.of_found(sentence, count as u64, &name);
                match answer.undo {
                    None if count == 0 => self.toasts.say(text.order().unchanged),
                    Some(batch) => self.toasts.offer_undo(said, move || self.undo_batch(batch)),
                    None => self.toasts.say(said),
                }
            }
            self.settle(answer.batch);
        });
    }

    /// Shows what came of it, with a way back for those that are other now.
    fn show_marked(self, outcome: Result<Changes, Failure>, sentence: &Counted, name: &str) {
        match outcome {
            Ok(changes) => {
                let count = changes.changed.len() as u64;
                let said = use_text().of_found(sentence, count, name);
                self.show_changes(changes, said);
            }
            Err(failure) => self.complain(&failure),
        }
    }
}

/// What is said of files that were tagged, or no longer are.
fn tagging(action: BatchVerb) -> &'static Counted {
    let words = find_text();
    if action == BatchVerb::Tag {
        &words.tagged
    } else {
        &words.untagged
    }
}

/// What is said of files that are for a team now, or no longer.
fn assigning(is_for: bool) -> &'static Counted {
    let words = find_text();
    if is_for {
        &words.assigned
    } else {
        &words.unassigned
    }
}

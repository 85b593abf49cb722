//! What the parts of the editor share: the draft, what it was before, and how it is saved.

use leptos::prelude::*;
use model::crop::Draft;
use model::placement::Region;
use model::{CropTarget, FocalPoint};

use super::subject::Subject;
use crate::api::crop::{Bench, Place};

/// All that can be undone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub draft: Draft,
    /// The place it is cropped for, as the bench counts them.
    pub place: Option<usize>,
    /// What must stay in sight, in thousandths of the upright picture.
    pub focal: Option<FocalPoint>,
}

impl Step {
    /// The step with another region.
    pub fn with_region(self, region: Region) -> Self {
        self.with_draft(self.draft.with_region(region))
    }

    /// The step with another draft.
    pub const fn with_draft(self, draft: Draft) -> Self {
        Self { draft, ..self }
    }
}

/// Changes that follow one another and are undone as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// A change of its own.
    Once,
    /// What one hand does from touching to letting go.
    Hand(u32),
    Keys,
    Straighten,
    Focal,
}

/// What the parts of the editor share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Studio {
    pub subject: Subject,
    pub bench: StoredValue<Bench>,
    pub now: RwSignal<Step>,
    first: StoredValue<Step>,
    past: RwSignal<Vec<Step>>,
    future: RwSignal<Vec<Step>>,
    run: StoredValue<Run>,
    pub busy: RwSignal<bool>,
    pub problem: RwSignal<Option<String>>,
}

impl Studio {
    /// The editor as it opens.
    pub fn new(subject: Subject, bench: Bench) -> Self {
        let draft = Draft::new(bench.upright, bench.edit);
        let focal = bench.focal_point.map(|point| draft.focal_from(point));
        let step = Step {
            draft,
            place: None,
            focal,
        };
        Self {
            subject,
            bench: StoredValue::new(bench),
            now: RwSignal::new(step),
            first: StoredValue::new(step),
            past: RwSignal::default(),
            future: RwSignal::default(),
            run: StoredValue::new(Run::Once),
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Makes a change; changes of one run are undone as one.
    pub fn change(self, run: Run, step: Step) {
        let before = self.now.get_untracked();
        if before == step {
            return;
        }
        if run == Run::Once || self.run.get_value() != run {
            self.past.update(|past| past.push(before));
        }
        self.run.set_value(run);
        self.future.update(Vec::clear);
        self.now.set(step);
    }

    /// What a run began with: what is there now where it has not begun.
    pub fn base(self, run: Run) -> Step {
        let began = self.run.get_value() == run;
        let base = began.then(|| self.past.with_untracked(|past| past.last().copied()));
        base.flatten().unwrap_or_else(|| self.now.get_untracked())
    }

    /// Changes the draft once.
    pub fn redraft(self, change: impl FnOnce(Draft) -> Draft) {
        let now = self.now.get_untracked();
        self.change(Run::Once, now.with_draft(change(now.draft)));
    }

    /// Keeps the region in the shape of a place, of the picture, or in none.
    pub fn choose(self, place: Option<usize>, ratio: Option<model::placement::Extent>) {
        let now = self.now.get_untracked();
        let draft = now.draft.in_ratio(ratio);
        self.change(
            Run::Once,
            Step {
                draft,
                place,
                ..now
            },
        );
    }

    /// Begins with the shape of the place, where it is known which one is meant.
    pub fn choose_only_place(self) {
        let ratio = self
            .bench
            .with_value(|bench| match bench.places.as_slice() {
                [place] => Some(place.target.ratio),
                _ => None,
            });
        if let Some(ratio) = ratio {
            self.choose(Some(0), ratio);
        }
    }

    /// The place it is cropped for.
    pub fn place(self) -> Option<Place> {
        let at = self.now.with(|now| now.place)?;
        self.bench.with_value(|bench| bench.places.get(at).cloned())
    }

    pub fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    pub fn can_redo(self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    pub fn undo(self) {
        self.step(self.past, self.future);
    }

    pub fn redo(self) {
        self.step(self.future, self.past);
    }

    fn step(self, from: RwSignal<Vec<Step>>, to: RwSignal<Vec<Step>>) {
        if let Some(step) = from.try_update(Vec::pop).flatten() {
            to.update(|to| to.push(self.now.get_untracked()));
            self.run.set_value(Run::Once);
            self.now.set(step);
        }
    }

    /// Takes everything back, in a step that can be undone.
    pub fn start_over(self) {
        let draft = Draft::new(self.bench.with_value(|bench| bench.upright), None);
        let focal = self.first.get_value().focal;
        self.change(
            Run::Once,
            Step {
                draft,
                place: None,
                focal,
            },
        );
    }

    /// Whether there is something to save.
    pub fn is_changed(self) -> bool {
        let (now, first) = (self.now.get(), self.first.get_value());
        (now.draft.edit(), now.focal) != (first.draft.edit(), first.focal)
    }

    /// Saves what is seen.
    pub fn save(self, target: CropTarget) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        self.subject.save(self, target);
    }

    /// Leaves the editor.
    pub fn close(self) {
        self.subject.close();
    }
}

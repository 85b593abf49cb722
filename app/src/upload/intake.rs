//! How files come in: single ones at once, folders after a question, those known again where they stopped.

use leptos::{prelude::*, task::spawn_local};

use super::{
    gather::{self, Gathered},
    hands,
    item::{FileFacts, ItemId, Place},
    uploads::{Notice, Question, Target, Uploads},
    verdict,
};
use crate::browser::{files::LocalFile, upload_store::now};

impl Uploads {
    /// Takes files in: those that waited to be chosen again go on, folders are asked about; pictures
    /// may wait for the editor.
    pub(super) fn take_in(self, files: Vec<LocalFile>, target: Target, crops: bool) {
        spawn_local(async move {
            self.prepare().await;
            let (with_folder, single): (Vec<_>, Vec<_>) = self
                .recognize(files)
                .into_iter()
                .partition(|file| file.found.folder().is_some());
            let ids = self.add(single, &target, false);
            if crops {
                self.crop_first(&ids);
            }
            self.go(ids);
            if !with_folder.is_empty() {
                self.ask(with_folder, target);
            }
        });
    }

    /// Takes files in that were chosen again; others are named and left alone.
    pub(super) fn take_again(self, files: Vec<LocalFile>) {
        let others = self.recognize(files);
        if !others.is_empty() {
            let names = others
                .into_iter()
                .map(|local| local.found.facts.name)
                .collect();
            self.tell(Notice::NotTheSame(names));
        }
        self.pump();
    }

    fn recognize(self, files: Vec<LocalFile>) -> Vec<LocalFile> {
        if self.totals().with_untracked(|totals| totals.absent) == 0 {
            return files;
        }
        let mut others = Vec::new();
        for local in files {
            let known = self
                .queue
                .try_update(|queue| queue.recognize(&local.found.facts));
            match known.flatten() {
                Some(id) => hands::take(id, local.file),
                None => others.push(local),
            }
        }
        self.pump();
        others
    }

    fn ask(self, files: Vec<LocalFile>, target: Target) {
        let all = hands::with(|hands| {
            hands.asked.extend(files);
            hands
                .asked
                .iter()
                .map(|local| local.found.clone())
                .collect::<Vec<_>>()
        });
        let limits = self.limits();
        let gathered = gather::gather(&all, &limits);
        self.question.set(Some(Question {
            folders: gather::folders(&all),
            files: gathered.taken.len(),
            left_out: gathered.left_out.iter().map(|left| left.names.len()).sum(),
            folder_images: limits.folder_images,
            target,
        }));
    }

    /// Takes the folders in that were asked about, kept as folders or not.
    pub(super) fn answer(self, keeps_folders: bool) {
        let files = hands::with(|hands| std::mem::take(&mut hands.asked));
        if let Some(question) = self.question.try_update(Option::take).flatten() {
            let ids = self.add(files, &question.target, keeps_folders);
            self.go(ids);
        }
    }

    /// Forgets the folders that were asked about.
    pub(super) fn withdraw(self) {
        hands::with(|hands| hands.asked.clear());
        self.question.set(None);
    }

    fn add(self, files: Vec<LocalFile>, target: &Target, keeps_folders: bool) -> Vec<ItemId> {
        let found: Vec<_> = files.iter().map(|local| local.found.clone()).collect();
        let gathered = gather::gather(&found, &self.limits());
        let mut ids = Vec::new();
        for at in &gathered.taken {
            let LocalFile { file, found } = files[*at].clone();
            let place = Place {
                folder_id: target.folder_id,
                relative_path: found.relative_path.filter(|_| keeps_folders),
            };
            let id = self.enqueue(found.facts, place);
            hands::take(id, file);
            ids.push(id);
        }
        self.queue.notify();
        self.tell_rest(gathered);
        ids
    }

    fn go(self, ids: Vec<ItemId>) {
        self.convert(&ids);
        self.pump();
        self.foresee(ids);
    }

    /// Adds one file without telling anybody yet.
    fn enqueue(self, facts: FileFacts, place: Place) -> ItemId {
        let problem = verdict::find_problem(&facts, &self.limits());
        self.queue.update_untracked(|queue| match problem {
            None => queue.add(facts, place, now()),
            Some(problem) => queue.add_refused(facts, place, problem, now()),
        })
    }

    fn tell_rest(self, gathered: Gathered) {
        for left in gathered.left_out {
            self.tell(Notice::LeftOut(left, self.limits().folder_images));
        }
        if !gathered.hidden.is_empty() {
            self.tell(Notice::Hidden(gathered.hidden));
        }
    }
}

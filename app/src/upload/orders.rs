//! What people order: pause, resume, retry, cancel, make smaller; for one file or for all.

use leptos::{prelude::*, task::spawn_local};
use model::Problem;
use web_sys::File;

use super::{
    hands,
    item::{ItemId, Made, Sending},
    memory, mover,
    queue::Queue,
    uploads::Uploads,
    verdict,
};
use crate::browser::{files, shrink, upload_store::now};

impl Uploads {
    /// Stops a file until somebody resumes it.
    pub(super) fn pause(self, id: ItemId) {
        self.queue.update(|queue| queue.pause(id));
        hands::stop(id);
        self.pump();
    }

    /// Lets a paused file go on.
    pub(super) fn resume(self, id: ItemId) {
        self.queue.update(|queue| queue.resume(id));
        self.pump();
    }

    /// Tries a file again.
    pub(super) fn retry(self, id: ItemId) {
        self.queue.update(|queue| queue.retry(id));
        self.pump();
    }

    /// Gives a file up, on the server too.
    pub(super) fn cancel(self, id: ItemId) {
        hands::release(id);
        let leftover = self.queue.try_update(|queue| queue.cancel(id)).flatten();
        if let Some(leftover) = leftover {
            leftover.url.into_iter().for_each(mover::terminate);
            memory::forget(leftover.kept);
        }
        self.pump();
    }

    /// Stops every file.
    pub(super) fn pause_all(self) {
        let ids = self.queue.with_untracked(Queue::unfinished);
        self.queue.update(Queue::pause_all);
        ids.into_iter().for_each(hands::stop);
    }

    /// Lets every file go on.
    pub(super) fn resume_all(self) {
        self.queue.update(Queue::resume_all);
        self.pump();
    }

    /// Gives every file up that is not there yet.
    pub(super) fn cancel_all(self) {
        for id in self.queue.with_untracked(Queue::unfinished) {
            self.cancel(id);
        }
        self.clear();
    }

    /// Takes what is over off the list.
    pub(super) fn clear(self) {
        self.notices.update(Vec::clear);
        self.queue.update(Queue::clear_done);
    }

    /// The network is back.
    pub(super) fn wake(self) {
        self.queue.update(|queue| queue.wake(now()));
        self.pump();
    }

    /// Somebody may have signed in again.
    pub(super) fn sign_in(self) {
        if self.queue.with_untracked(Queue::is_signed_out) {
            self.queue.update(Queue::sign_in);
            self.pump();
        }
    }

    /// Makes a smaller copy of a refused picture and uploads it.
    pub(super) fn shrink(self, id: ItemId) {
        let refused = self
            .queue
            .with_untracked(|queue| match &queue.find(id)?.state {
                Sending::Refused(problem) => Some(problem.clone()),
                _ => None,
            });
        if let (Some(problem), Some(file)) = (refused, hands::file(id)) {
            self.queue.update(|queue| queue.making(id, Made::Smaller));
            spawn_local(self.shrink_file(id, file, *problem));
        }
    }

    async fn shrink_file(self, id: ItemId, file: File, problem: Problem) {
        let limit = problem.limit.unwrap_or_default();
        let max_pixels = self.limits().max_pixels;
        if let Ok(Some(smaller)) = shrink::shrink(&file, limit, max_pixels).await {
            self.replace(id, smaller, Made::Smaller);
        } else {
            let problem = verdict::not_shrunk(&file.name(), problem);
            self.queue.update(|queue| queue.refuse(id, problem));
        }
        self.pump();
    }

    /// Sends what was made of a file in its place, as far as no rule is against that.
    pub(super) fn replace(self, id: ItemId, file: File, made: Made) {
        let facts = files::facts(&file);
        let problem = verdict::find_problem(&facts, &self.limits());
        hands::stop(id);
        hands::take(id, file);
        let leftover = self.queue.try_update(|queue| {
            let leftover = queue.replace(id, facts, made);
            if let Some(problem) = problem {
                queue.refuse(id, problem);
            }
            leftover
        });
        if let Some(leftover) = leftover.flatten() {
            leftover.url.into_iter().for_each(mover::terminate);
            memory::forget(leftover.kept);
        }
        self.pump();
    }
}

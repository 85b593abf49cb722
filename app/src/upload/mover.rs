//! Moves one file: asks the queue for the next request, sends it, tells the queue the answer.

use leptos::prelude::*;
use model::{Problem, ProblemCode, Reason};
use web_sys::{Blob, File};

use super::{
    hands,
    item::{Item, Ticket},
    queue::Turn,
    tus::{self, Answer, Step},
    uploads::Uploads,
};
use crate::browser::{
    chance, files,
    transfer::{self, Broken, Hold, Request},
    upload_store::now,
};

/// Moves a file until it is there, or stops.
pub async fn move_file(uploads: Uploads, ticket: Ticket) {
    if let Some((file, hold)) = hands::begin(ticket.id) {
        while go_on(uploads, ticket, &file, &hold).await {}
    }
    uploads.pump();
}

/// Sends one request, and tells whether there is another.
async fn go_on(uploads: Uploads, ticket: Ticket, file: &File, hold: &Hold) -> bool {
    let queue = uploads.queue;
    let next = queue.try_update_untracked(|queue| {
        let step = queue.step(ticket)?;
        queue.begins(ticket, step, chance::key);
        Some((step, queue.find(ticket.id)?.clone()))
    });
    let Some((step, item)) = next.flatten() else {
        return false;
    };
    match send(uploads, &item, step, file, hold).await {
        Ok(answer) => take(uploads, ticket, step, &answer),
        Err(Broken::Stopped) => false,
        Err(Broken::Network) => {
            break_off(uploads, ticket, file).await;
            false
        }
    }
}

async fn send(
    uploads: Uploads,
    item: &Item,
    step: Step,
    file: &File,
    hold: &Hold,
) -> Result<Answer, Broken> {
    let request = Request {
        method: step.method(),
        url: item.url.as_deref().unwrap_or(tus::DOOR),
        headers: headers(item, step),
        body: body(file, step),
    };
    let ticket = item.ticket();
    let from = match step {
        Step::Append { from, .. } => from,
        _ => 0,
    };
    let has_body = request.body.is_some();
    let moved = move |loaded: f64| {
        if has_body {
            let sent = from + whole(loaded);
            let _ = uploads
                .queue
                .try_update(|queue| queue.moved(ticket, sent, now()));
        }
    };
    // Making an upload is short, and its address must not be lost: it is let through.
    let through = Hold::default();
    let hold = if step == Step::Create { &through } else { hold };
    transfer::send(request, hold, moved).await
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of bytes are whole and never below nothing"
)]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}

fn headers(item: &Item, step: Step) -> Vec<(&'static str, String)> {
    let mut headers = vec![("Tus-Resumable", "1.0.0".to_owned())];
    if step.begins() {
        headers.extend(item.key.clone().map(|key| ("Idempotency-Key", key)));
        headers.push(("Upload-Length", item.facts.size.as_u64().to_string()));
        headers.push(("Upload-Metadata", tus::metadata(&item.facts, &item.place)));
    }
    if let Step::Append { from, .. } = step {
        headers.push(("Upload-Offset", from.to_string()));
    }
    if matches!(step, Step::Append { .. } | Step::CreateWhole) {
        headers.push(("Content-Type", "application/offset+octet-stream".to_owned()));
    }
    headers
}

/// The bytes a step sends, without a media type that would stand in the header's way.
#[expect(
    clippy::cast_precision_loss,
    reason = "files are smaller than what a double counts exactly"
)]
fn body(file: &File, step: Step) -> Option<Blob> {
    let (from, to) = match step {
        Step::CreateWhole => (0.0, file.size()),
        Step::Append { from, to } => (from as f64, to as f64),
        Step::Create | Step::Ask => return None,
    };
    file.slice_with_f64_and_f64(from, to).ok()
}

fn take(uploads: Uploads, ticket: Ticket, step: Step, answer: &Answer) -> bool {
    let turn = uploads
        .queue
        .try_update(|queue| queue.answered(ticket, step, answer, now()));
    match turn {
        Some(Turn::GoOn) => true,
        Some(Turn::Finished(asset_id)) => {
            uploads.finish(ticket.id, asset_id);
            false
        }
        _ => {
            keep_or_terminate(uploads, ticket, step, answer);
            false
        }
    }
}

/// An upload that was made for a file that has been stopped or cancelled meanwhile.
fn keep_or_terminate(uploads: Uploads, ticket: Ticket, step: Step, answer: &Answer) {
    let Some(location) = answer.location.as_deref() else {
        return;
    };
    if step == Step::Create {
        let url = tus::path_of(location);
        let stray = uploads.queue.try_update(|queue| queue.made(ticket, url));
        if let Some(Some(url)) = stray {
            terminate(url);
        }
    }
}

/// The connection broke: tries again later, unless the file itself cannot be read any more.
async fn break_off(uploads: Uploads, ticket: Ticket, file: &File) {
    let is_readable = files::is_readable(file).await;
    let _ = uploads.queue.try_update(|queue| {
        if is_readable {
            queue.broke(ticket, now());
        } else {
            queue.refuse(ticket.id, unreadable(&file.name()));
        }
    });
}

fn unreadable(name: &str) -> Problem {
    Problem::new(
        ProblemCode::CorruptFile,
        format!("{name} was changed or moved since it was chosen. Choose it again."),
    )
    .because(Reason::FileMoved)
    .named(name)
}

/// Gives an upload up on the server; one that cannot be reached forgets it by itself.
pub fn terminate(url: String) {
    leptos::task::spawn_local(async move {
        let request = Request {
            method: "DELETE",
            url: &url,
            headers: vec![("Tus-Resumable", "1.0.0".to_owned())],
            body: None,
        };
        let _ = transfer::send(request, &Hold::default(), |_| ()).await;
    });
}

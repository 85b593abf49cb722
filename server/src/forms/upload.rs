//! `POST /upload`: brings files without any script, and leads back to the folder.

use axum::{
    extract::{Request, State as Extract},
    response::Response,
};
use library::Actor;
use model::{FolderId, Problem, Reason};

use super::answer::{back_with, see_other};
use crate::{
    failure::Result,
    identify::SignedIn,
    rest::form::{Form, Received},
    state::State,
};

/// Takes the files of a form, one after another; the first refusal ends it.
pub async fn upload(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    request: Request,
) -> Result<Response> {
    let mut form = Form::open(request, &state).await?;
    let mut count = 0;
    let taken = take(&state, &actor, &mut form, &mut count).await;
    let page = page(form.folder_id());
    let counted = match count {
        0 => page,
        _ => format!("{page}?uploaded={count}"),
    };
    Ok(match taken {
        Ok(()) if count == 0 => back_with(&counted, &no_file()),
        Ok(()) => see_other(&counted, None),
        Err(problem) => back_with(&counted, &problem),
    })
}

async fn take(
    state: &State,
    actor: &Actor,
    form: &mut Form,
    count: &mut u32,
) -> Result<(), Problem> {
    while let Some(Received { staged, metadata }) = form.next_file(&state.library, actor).await? {
        state.library.ingest_staged(actor, staged, metadata).await?;
        *count += 1;
    }
    Ok(())
}

fn page(folder: Option<FolderId>) -> String {
    folder.map_or_else(|| "/".to_owned(), |id| format!("/folders/{id}"))
}

fn no_file() -> Problem {
    Problem::invalid("file", "Choose at least one file.").because(Reason::NoFile)
}

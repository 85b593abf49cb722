//! `Upload-Concat: final;…`: joins partial uploads into one file.

use axum::{http::HeaderMap, response::Response};
use library::Actor;
use model::{Problem, UploadId};

use super::{
    create::created,
    headers::{UPLOAD_CONCAT, UPLOAD_LENGTH, text},
    metadata,
};
use crate::{failure::Result, state::State};

/// The most parts one file is joined from.
const MOST_PARTS: usize = 1_000;

/// Joins partial uploads into one file.
pub async fn concat(state: &State, actor: &Actor, headers: &HeaderMap) -> Result<Response> {
    if headers.contains_key(UPLOAD_LENGTH) {
        return Err(Problem::malformed(
            "The length of a joined upload is that of its parts; do not say it.",
        )
        .into());
    }
    let text = text(headers, &UPLOAD_CONCAT)?.unwrap_or_default();
    let parts = parts(text.strip_prefix("final;").unwrap_or_default())?;
    let metadata = metadata::read(headers)?;
    let progress = state.library.concat_uploads(actor, parts, metadata).await?;
    Ok(created(state, &progress))
}

/// The parts, each named by its address.
fn parts(text: &str) -> Result<Vec<UploadId>, Problem> {
    let parts = text
        .split_ascii_whitespace()
        .map(|address| {
            let id = address.rsplit('/').next().unwrap_or_default();
            id.parse().map_err(|_| Problem::not_found())
        })
        .collect::<Result<Vec<UploadId>, _>>()?;
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return Err(Problem::malformed(
            "`Upload-Concat: final;` names 1 to 1 000 parts.",
        ));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "upl_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";

    #[test]
    fn parts_are_named_by_path_or_by_address() {
        let text = format!("/files/{ID} https://a.example/files/{ID}");

        assert_eq!(parts(&text).unwrap().len(), 2);
    }

    #[test]
    fn a_part_that_cannot_be_is_not_found() {
        assert_eq!(parts("/files/other").unwrap_err().status, 404);
        assert_eq!(parts("").unwrap_err().status, 400);
    }
}

//! `/assets/zip` and `/folders/{id}/zip`: many originals in one file.

use axum::{
    body::Body,
    extract::{FromRequest, Request, State as Extract},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use library::{
    Library,
    zips::{Zip, ZipOf},
};
use model::{AssetFilter, AssetId, FolderId, Problem, Selection};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    extract::{Id, Said},
    idempotency::NotKept,
};
use crate::{
    failure::{Failure, Result},
    identify::SignedIn,
    media::disposition::Disposition,
    state::State,
};

/// Which assets a zip holds: either `ids` or `filter` says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "ids": ["ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"] })))]
pub struct NewZip {
    /// The assets, one by one.
    #[schema(min_items = 1, max_items = 10000)]
    ids: Option<Vec<AssetId>>,
    /// All assets that this shows; `{}` is all that is in sight.
    filter: Option<AssetFilter>,
}

/// The same as a page sends it, so that a browser saves the answer.
#[derive(Deserialize)]
struct ZipForm {
    /// With commas between.
    #[serde(default)]
    ids: String,
    /// As JSON.
    #[serde(default)]
    filter: String,
}

impl TryFrom<ZipForm> for NewZip {
    type Error = Problem;

    fn try_from(form: ZipForm) -> Result<Self, Problem> {
        let ids = form.ids.split(',').filter(|id| !id.is_empty());
        let ids: Vec<AssetId> = ids
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| Problem::invalid("ids", "These are not ids of assets."))?;
        let filter = Some(form.filter).filter(|filter| !filter.is_empty());
        let filter = filter.map(|filter| serde_json::from_str(&filter));
        let filter = filter
            .transpose()
            .map_err(|_| Problem::invalid("filter", "This is not a filter."))?;
        Ok(Self {
            ids: Some(ids).filter(|ids| !ids.is_empty()),
            filter,
        })
    }
}

/// A request for a zip, as JSON or as a form.
pub struct AskedZip(NewZip);

impl FromRequest<State> for AskedZip {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &State) -> Result<Self> {
        let kind = request.headers().get(CONTENT_TYPE);
        let is_form = kind.is_some_and(|kind| {
            kind.as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        if !is_form {
            let Said(zip) = Said::<NewZip>::from_request(request, state).await?;
            return Ok(Self(zip));
        }
        let form = axum::Form::<ZipForm>::from_request(request, state).await;
        let axum::Form(form) =
            form.map_err(|_| Problem::malformed("The form cannot be understood."))?;
        Ok(Self(form.try_into()?))
    }
}

/// Gives many originals as one zip, in the folders they lie in; JSON or a form asks for it.
#[utoipa::path(post, path = "/assets/zip", tag = "media", request_body = NewZip,
    responses((status = 200, description = "The zip", content_type = "application/zip",
        body = Vec<u8>)))]
pub async fn zip_assets(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    AskedZip(zip): AskedZip,
) -> Result<Response> {
    let selection = Selection::either(zip.ids, zip.filter)?;
    let zip = library.open_zip(&actor, ZipOf::Assets(selection)).await?;
    Ok(answer(&library, zip))
}

/// Gives all originals in sight in a folder and below as one zip.
#[utoipa::path(get, path = "/folders/{id}/zip", tag = "media", params(("id" = FolderId, Path)),
    responses((status = 200, description = "The zip", content_type = "application/zip",
        body = Vec<u8>),
        (status = 409, description = "There is nothing in it")))]
pub async fn zip_folder(
    Extract(library): Extract<Library>,
    SignedIn(actor): SignedIn,
    Id(id): Id<FolderId>,
) -> Result<Response> {
    let zip = library.open_zip(&actor, ZipOf::Folder(id)).await?;
    Ok(answer(&library, zip))
}

fn answer(library: &Library, zip: Zip) -> Response {
    let name = Disposition::Attachment.header(zip.name.as_str());
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_LENGTH, zip.size.to_string()),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    let body = Body::from_stream(library.stream_zip(zip));
    let mut response = (StatusCode::OK, headers, body).into_response();
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(NotKept);
    response
}

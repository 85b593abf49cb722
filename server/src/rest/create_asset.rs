//! `POST /assets`: a file and what is said about it, in one form, in any order.

use axum::{
    extract::{
        FromRequest, Multipart, Request, State as Extract,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;
use library::{Actor, Library, uploads::Staged};
use model::{
    AltText, Asset, AssetPatch, FileName, FolderId, Problem, UploadMetadata, tag::clean_tags,
};
use utoipa::ToSchema;

use super::Private;
use crate::{failure::Result, identify::SignedIn, state::State};

/// The longest text of one field.
const MAX_TEXT: usize = 64 << 10;
/// The most fields of one form.
const MAX_FIELDS: u32 = 1_000;

/// The form that brings a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a form that is read field by field")]
pub struct NewAsset {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is called; the file's own name unless said.
    name: Option<FileName>,
    /// The folder it shall lie in; at the top when absent.
    folder_id: Option<FolderId>,
    /// Words, with commas between; may be said several times.
    tags: Option<String>,
    alt_text: Option<AltText>,
    /// Where it lay in a dropped folder, such as `Summer/2026/beach.jpg`; makes folders.
    relative_path: Option<String>,
}

/// Takes a file and makes it an asset; fields may come before or after it.
#[utoipa::path(post, path = "/assets", tag = "assets",
    request_body(content = NewAsset, content_type = "multipart/form-data"),
    responses((status = 201, body = Asset, headers(("Location", description = "The asset")))))]
pub async fn create_asset(
    Extract(state): Extract<State>,
    SignedIn(actor): SignedIn,
    request: Request,
) -> Result<Response> {
    let multipart = Multipart::from_request(request, &state)
        .await
        .map_err(|_| crate::failure::unsupported_body("multipart/form-data"))?;
    let mut form = Form::new(multipart);
    let library = &state.library;
    let Some(Received { staged, .. }) = form.next_file(library, &actor).await? else {
        return Err(Problem::malformed("The form has no field `file`.").into());
    };
    form.read_rest().await?;
    let asset = library
        .ingest_staged(&actor, staged, form.told.metadata())
        .await?;
    let asset = describe(library, &actor, asset, form.told.alt_text).await?;
    let location = state
        .links
        .to(&format!("{}/assets/{}", super::PREFIX, asset.id));
    let mut response = (StatusCode::CREATED, Private(asset)).into_response();
    if let Ok(location) = location.parse() {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

/// Adds alt text, which was found to be right before the file was taken.
async fn describe(
    library: &Library,
    actor: &Actor,
    asset: Asset,
    alt_text: Option<AltText>,
) -> Result<Asset> {
    let Some(alt_text) = alt_text else {
        return Ok(asset);
    };
    let patch = AssetPatch {
        alt_text: Some(alt_text),
        ..AssetPatch::default()
    };
    Ok(library.update_asset(actor, asset.id, patch).await?)
}

/// A form being read, and what it has said so far.
pub struct Form {
    multipart: Multipart,
    fields: u32,
    told: Told,
}

/// What a form says about its file.
#[derive(Default)]
struct Told {
    name: Option<FileName>,
    file_name: Option<FileName>,
    filetype: Option<String>,
    folder_id: Option<FolderId>,
    relative_path: Option<String>,
    tags: Vec<String>,
    alt_text: Option<AltText>,
}

/// A file that lies on this machine and is no asset yet; dropped, it is gone.
pub struct Received {
    pub staged: Staged,
    pub metadata: UploadMetadata,
}

impl Form {
    /// A form of which nothing has been read.
    pub fn new(multipart: Multipart) -> Self {
        Self {
            multipart,
            fields: 0,
            told: Told::default(),
        }
    }

    /// The folder named so far.
    pub fn folder_id(&self) -> Option<FolderId> {
        self.told.folder_id
    }

    /// Reads on until a file has been taken; `None` when there is no more.
    pub async fn next_file(
        &mut self,
        library: &Library,
        actor: &Actor,
    ) -> Result<Option<Received>, Problem> {
        while let Some(field) = self.multipart.next_field().await.map_err(broken)? {
            count(&mut self.fields)?;
            if field.name() != Some("file") {
                let (name, text) = read_text(field).await?;
                self.told.set(&name, &text)?;
                continue;
            }
            // A browser sends an empty part for a file field that was left alone.
            if field.file_name().is_none_or(str::is_empty) {
                drop(field);
                continue;
            }
            self.told.file_name = field.file_name().map(FileName::clean);
            self.told.filetype = field.content_type().map(ToOwned::to_owned);
            let metadata = self.told.metadata();
            let body = field.map_err(std::io::Error::other);
            let staged = library.stage_file(actor, &metadata, body).await?;
            return Ok(Some(Received { staged, metadata }));
        }
        Ok(None)
    }

    /// Reads what comes after the file; a second file is one too many.
    async fn read_rest(&mut self) -> Result<(), Problem> {
        while let Some(field) = self.multipart.next_field().await.map_err(broken)? {
            count(&mut self.fields)?;
            if field.name() == Some("file") {
                return Err(Problem::malformed("Send one file a request."));
            }
            let (name, text) = read_text(field).await?;
            self.told.set(&name, &text)?;
        }
        Ok(())
    }
}

impl Told {
    /// Takes one field; names that mean nothing here are left alone.
    fn set(&mut self, name: &str, text: &str) -> Result<(), Problem> {
        match (name, text.trim()) {
            ("tags", words) => {
                let known = self.tags.iter().map(String::as_str);
                self.tags = clean_tags(known.chain(words.split(',')))?;
            }
            (_, "") => {}
            ("name", text) => self.name = Some(text.parse()?),
            ("alt_text", text) => self.alt_text = Some(text.parse()?),
            ("relative_path", text) => self.relative_path = Some(text.to_owned()),
            ("folder_id", text) => {
                self.folder_id = Some(text.parse().map_err(|_| Problem::not_found())?);
            }
            _ => {}
        }
        Ok(())
    }

    fn metadata(&self) -> UploadMetadata {
        UploadMetadata {
            name: self.name.clone().or_else(|| self.file_name.clone()),
            filetype: self.filetype.clone(),
            folder_id: self.folder_id,
            relative_path: self.relative_path.clone(),
            tags: self.tags.clone(),
            ..UploadMetadata::default()
        }
    }
}

fn count(fields: &mut u32) -> Result<(), Problem> {
    *fields += 1;
    if *fields > MAX_FIELDS {
        return Err(Problem::malformed("The form has too many fields."));
    }
    Ok(())
}

async fn read_text(mut field: Field<'_>) -> Result<(String, String), Problem> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_TEXT {
            return Err(crate::failure::body_too_large(MAX_TEXT));
        }
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Problem::malformed(format!("The field `{name}` is not UTF-8.")))?;
    Ok((name, text))
}

fn broken(error: MultipartError) -> Problem {
    tracing::debug!(%error, "a form broke off");
    Problem::malformed("The form did not arrive whole.")
}

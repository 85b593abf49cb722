//! Forms that bring files, read field by field as they arrive.

mod name;
mod pace;

use axum::extract::{
    FromRequest, Multipart, Request,
    multipart::{Field, MultipartError},
};
use futures::TryStreamExt;
use library::{Actor, Library, uploads::Staged};
use model::{AltText, ByteSize, FileName, FolderId, Problem, UploadMetadata, tag::clean_tags};

use self::pace::Pace;
use crate::{
    failure::{body_too_large, unsupported_body},
    middleware::limit::content_length,
    state::State,
};

/// The longest text of one field.
const MAX_TEXT: usize = 64 << 10;
/// The most fields of one form.
const MAX_FIELDS: u32 = 1_000;

/// As much of a form as may be something else than its file.
const BESIDE_THE_FILE: u64 = 1 << 20;

/// A form being read, and what it has said so far.
pub struct Form {
    multipart: Multipart,
    /// What its one file cannot be below.
    at_least: Option<ByteSize>,
    pace: Pace,
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
    /// Opens a form of which nothing has been read.
    pub async fn open(request: Request, state: &State) -> Result<Self, Problem> {
        let pace = Pace::default();
        let request = request.map(|body| pace.keep(body));
        let multipart = Multipart::from_request(request, state)
            .await
            .map_err(|_| unsupported_body("multipart/form-data"))?;
        Ok(Self {
            multipart,
            at_least: None,
            pace,
            fields: 0,
            told: Told::default(),
        })
    }

    /// Opens a form that brings one file, so that its own length tells of a file that is too large.
    pub async fn open_for_one(request: Request, state: &State) -> Result<Self, Problem> {
        let length = content_length(request.headers());
        let at_least = length.and_then(|length| length.checked_sub(BESIDE_THE_FILE));
        Ok(Self {
            at_least: at_least.map(ByteSize::bytes),
            ..Self::open(request, state).await?
        })
    }

    /// The folder named so far.
    pub fn folder_id(&self) -> Option<FolderId> {
        self.told.folder_id
    }

    /// What has been said about the file.
    pub fn metadata(&self) -> UploadMetadata {
        self.told.metadata()
    }

    /// Reads on until a file has been taken; `None` when there is no more.
    pub async fn next_file(
        &mut self,
        library: &Library,
        actor: &Actor,
    ) -> Result<Option<Received>, Problem> {
        while let Some(field) = self.multipart.next_field().await.map_err(broken)? {
            self.pace.went_on();
            count(&mut self.fields)?;
            if field.name() != Some("file") {
                let (name, text) = read_text(field, &self.pace).await?;
                self.told.set(&name, &text)?;
                continue;
            }
            let name = name::extended(field.headers());
            let name = name.or_else(|| field.file_name().map(ToOwned::to_owned));
            // A browser sends a part with an empty name for a file field that was left alone.
            if name.as_deref() == Some("") {
                drop(field);
                continue;
            }
            self.told.file_name = name.as_deref().map(FileName::clean);
            self.told.filetype = field.content_type().map(ToOwned::to_owned);
            let metadata = self.told.metadata();
            let pace = self.pace.clone();
            let body = field
                .inspect_ok(move |_| pace.went_on())
                .map_err(std::io::Error::other);
            let staged = library
                .stage_file(actor, &metadata, self.at_least, body)
                .await?;
            return Ok(Some(Received { staged, metadata }));
        }
        Ok(None)
    }

    /// Reads what comes after the file; a second file is one too many.
    pub async fn read_rest(&mut self) -> Result<(), Problem> {
        while let Some(field) = self.multipart.next_field().await.map_err(broken)? {
            self.pace.went_on();
            count(&mut self.fields)?;
            if field.name() == Some("file") {
                return Err(Problem::malformed("Send one file a request."));
            }
            let (name, text) = read_text(field, &self.pace).await?;
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
            alt_text: self.alt_text.clone(),
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

async fn read_text(mut field: Field<'_>, pace: &Pace) -> Result<(String, String), Problem> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        pace.went_on();
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_TEXT {
            return Err(body_too_large(MAX_TEXT));
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

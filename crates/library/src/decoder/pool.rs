//! What children are asked: each question in one call, in the line of its rank and account.

use std::{os::fd::OwnedFd, sync::Arc, time::Duration};

use imaging::{Inspected, Made, Picture, Recipe, ThumbSpec, metadata::Stripped};
use model::{AccountId, preview::Content};

use super::{
    DecodeError, DecodeSource, DecoderConfig, SandboxStatus,
    children::Children,
    protocol::{Answer, Task, unpack},
    turns::{Rank, Turns},
};

/// Children that decode, for callers of one rank and account; cheap to clone.
#[derive(Clone)]
pub struct DecoderPool {
    children: Arc<Children>,
    rank: Rank,
    account: Option<AccountId>,
}

impl DecoderPool {
    /// A pool as the configuration wants it; nothing is started yet.
    pub fn new(config: &crate::Config) -> Self {
        let default = DecoderConfig::default();
        Self::with(DecoderConfig {
            program: config.decoder_program.clone().unwrap_or(default.program),
            workers: config.decoders,
            max_pixels: config.max_pixels,
            drawings: config.svg,
            ..default
        })
    }

    /// A pool of one's own making.
    pub fn with(config: DecoderConfig) -> Self {
        Self {
            children: Arc::new(Children::new(config)),
            rank: Rank::Viewer,
            account: None,
        }
    }

    /// The same children for callers of a rank, who wait in the line of their account; without
    /// this, they are viewers of nobody's.
    #[must_use]
    pub fn ranked(&self, rank: Rank, account: impl Into<Option<AccountId>>) -> Self {
        Self {
            children: Arc::clone(&self.children),
            rank,
            account: account.into(),
        }
    }

    /// How many callers wait for their turn.
    pub fn waiting(&self) -> usize {
        self.children.turns.waiting()
    }

    /// Format, facts and, of pictures, thumbnail, placeholder and color, in one decode.
    pub async fn inspect(
        &self,
        source: DecodeSource,
        name: Option<&str>,
        thumb: ThumbSpec,
    ) -> Result<Inspected, DecodeError> {
        // The end of a name tells as much as the whole.
        let end = |name: &str| {
            let letters = name.chars().count();
            name.chars().skip(letters.saturating_sub(255)).collect()
        };
        let task = Task::Inspect {
            name: name.map(end),
            thumb,
            drawings: self.children.config.drawings,
        };
        match self.ask(task, source).await? {
            (Answer::Inspected(mut found), bytes) => {
                if let Some(thumb) = &mut found.thumb {
                    thumb.bytes = bytes;
                }
                Ok(*found)
            }
            _ => Err(DecodeError::Crashed),
        }
    }

    /// One rendition, upright, in sRGB and never larger than the picture.
    pub async fn render(
        &self,
        source: DecodeSource,
        preset: ThumbSpec,
    ) -> Result<Picture, DecodeError> {
        match self.ask(Task::Render(preset), source).await? {
            (Answer::Rendered(picture), bytes) => Ok(Picture { bytes, ..picture }),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// One page of a document, counted from 1.
    pub async fn render_page(
        &self,
        source: DecodeSource,
        page: u32,
        preset: ThumbSpec,
    ) -> Result<Picture, DecodeError> {
        match self.ask(Task::Page(page, preset), source).await? {
            (Answer::Rendered(picture), bytes) => Ok(Picture { bytes, ..picture }),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// A picture made of this one: edited, resized, encoded anew, without metadata.
    pub async fn transform(
        &self,
        source: DecodeSource,
        recipe: Recipe,
    ) -> Result<Made, DecodeError> {
        match self.ask(Task::Transform(recipe), source).await? {
            (Answer::Made(made), bytes) => Ok(Made { bytes, ..made }),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// What a public copy without metadata looks like.
    pub async fn strip(&self, source: DecodeSource) -> Result<Stripped, DecodeError> {
        match self.ask(Task::Strip, source).await? {
            (Answer::Unchanged, _) => Ok(Stripped::Unchanged),
            (Answer::Bytes, bytes) => Ok(Stripped::Bytes(bytes)),
            (Answer::Patches(places), body) => Ok(Stripped::Patches(unpack(places, &body))),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// What a document says, as far as words are looked for in it.
    pub async fn read_text(&self, source: DecodeSource) -> Result<String, DecodeError> {
        match self.ask(Task::Text, source).await? {
            (Answer::Text(text), _) => Ok(text),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// What there is to see of a file that is no picture.
    pub async fn read_content(&self, source: DecodeSource) -> Result<Content, DecodeError> {
        match self.ask(Task::Content, source).await? {
            (Answer::Content(content), _) => Ok(content),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// The pages of a document, without its words.
    pub async fn read_outline(&self, source: DecodeSource) -> Result<Content, DecodeError> {
        match self.ask(Task::Outline, source).await? {
            (Answer::Content(content), _) => Ok(content),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// How well a child is locked in, tried from inside.
    pub async fn sandbox_status(&self) -> Result<SandboxStatus, DecodeError> {
        let nothing = DecodeSource::Bytes(bytes::Bytes::new());
        match self.ask(Task::Sandbox, nothing).await? {
            (Answer::Sandbox(status), _) => Ok(status),
            _ => Err(DecodeError::Crashed),
        }
    }

    /// The process ids of the children, at work and idle.
    pub fn worker_pids(&self) -> Vec<u32> {
        self.children.pids()
    }

    /// How children are started.
    pub(super) fn config(&self) -> &DecoderConfig {
        &self.children.config
    }

    /// Held by whoever runs a program of others.
    pub(super) fn guest(&self) -> &tokio::sync::Mutex<()> {
        &self.children.guest
    }

    /// Whose turn it is, of all who work here.
    pub(super) fn turns(&self) -> &Arc<Turns> {
        &self.children.turns
    }

    /// The memory of all who work here together, and what one of them may take beside others.
    pub(super) fn rooms(&self) -> (u64, u64) {
        self.children.rooms()
    }

    /// Stops children without work: what they hold goes to somebody else.
    pub(super) fn clear(&self) {
        self.children.stop_idle(Duration::ZERO);
    }

    async fn ask(
        &self,
        task: Task,
        source: DecodeSource,
    ) -> Result<(Answer, Vec<u8>), DecodeError> {
        let file = tokio::task::spawn_blocking(|| source.into_file()).await;
        let file = OwnedFd::from(file.map_err(|error| DecodeError::Io(error.to_string()))??);
        self.children
            .ask((self.rank, self.account), task, file)
            .await
    }
}

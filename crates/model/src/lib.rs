//! The nouns of Satchel: plain data and the pure rules about it, at home in the browser and on the server.

pub mod access;
pub mod account;
pub mod asset;
pub mod audit;
pub mod batch;
pub mod crop;
pub mod derived;
pub mod edit;
pub mod embed;
pub mod event;
pub mod focal_point;
pub mod folder;
pub mod found;
pub mod gone;
pub mod id;
pub mod invitation;
pub mod language;
pub mod limits;
pub mod media;
pub mod name;
pub mod page;
pub mod placement;
mod platform;
pub mod play_time;
pub mod preset;
pub mod preview;
pub mod problem;
pub mod secret;
pub mod size;
pub mod slug;
pub mod source;
pub mod tag;
pub mod team;
pub mod time;
pub mod token;
pub mod upload;
pub mod usage;
pub mod used_in;
pub mod user;
mod version;
pub mod webhook;
mod word;

pub use access::{Right, Role};
pub use account::{Account, AccountLimits, KindSizes};
pub use asset::{Asset, AssetFilter, AssetPatch, AssetSort, AssetState, Orientation};
pub use audit::{AuditFilter, AuditLine};
pub use batch::{
    Batch, BatchAction, BatchAnswer, BatchItem, BatchRequest, BatchState, BatchVerb, Changes,
    Outcome, Selection, Whereabouts,
};
pub use derived::{Crop, CropTarget, Derived};
pub use edit::{Edit, Turn};
pub use embed::{EmbedFrame, EmbedScope, EmbedSession, EmbedUser, WebOrigin};
pub use event::{EventKind, LiveEvent};
pub use focal_point::FocalPoint;
pub use folder::{
    Folder, FolderColor, FolderContents, FolderFilter, FolderParent, FolderPatch, FolderPath,
};
pub use found::{AssetPage, Hit, HitField, Span};
pub use gone::{Gone, GoneTag, GoneTeam};
pub use id::*;
pub use invitation::Invitation;
pub use language::{Language, Theme};
pub use limits::{KindLimit, Limits};
pub use media::{Kind, Mime, RenditionFormat, Sha256};
pub use name::{AltText, Email, FileName, PersonName};
pub use page::{Cursor, Limit, Page};
pub use placement::{Placement, Verdict};
pub use play_time::PlayTime;
pub use preset::Preset;
pub use preview::Preview;
pub use problem::{Problem, ProblemCode, Reason};
pub use secret::Secret;
pub use size::ByteSize;
pub use slug::Slug;
pub use source::Source;
pub use tag::{Tag, TagPatch};
pub use team::{Team, TeamChoice, TeamMember};
pub use time::Timestamp;
pub use token::{Scope, Token};
pub use upload::{Upload, UploadMetadata};
pub use usage::{Fullness, KindUsage, Meter, Usage, UserUsage};
pub use used_in::{
    AssetUsage, KnownBy, NewUsage, ScannedUsages, UsageCount, UsageKind, UsageReference, UsageScan,
    UsageTitle, WebAddress,
};
pub use user::{MePatch, Session, User};
pub use version::Version;
pub use webhook::{Webhook, WebhookDelivery, WebhookDeliveryState, WebhookEvent, WebhookState};

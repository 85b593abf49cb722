//! Errors as told outside: a stable code, a sentence for people, figures for machines (RFC 9457).

mod reason;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use reason::Reason;

use crate::{ByteSize, Kind};

/// What went wrong, in a word that never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The request cannot be understood.
    Malformed,
    /// Nobody is signed in, or the credentials are wrong.
    Unauthenticated,
    /// The role or the token's scopes do not allow this.
    Forbidden,
    /// The embed session has written as often as it may.
    OperationsSpent,
    /// The request comes from another site.
    CrossSite,
    /// It is not there, or not yours.
    NotFound,
    /// The method does not exist here.
    MethodNotAllowed,
    /// It is in a state that does not allow this.
    Conflict,
    /// Somebody changed it in between.
    PreconditionFailed,
    /// An upload's bytes do not start where the last ones ended.
    OffsetMismatch,
    /// The file is larger than its kind may be.
    TooLarge,
    /// The request's body is larger than this door takes.
    BodyTooLarge,
    /// The kind of file is not taken.
    UnsupportedKind,
    /// The bytes do not match their checksum.
    ChecksumMismatch,
    /// The file is empty.
    EmptyFile,
    /// The file's name says one thing and its bytes another.
    MismatchedName,
    /// The file is damaged or cut short.
    CorruptFile,
    /// The malware scanner did not let the file through.
    UnsafeFile,
    /// The picture has more pixels than may be decoded.
    TooManyPixels,
    /// A value breaks a rule.
    Invalid,
    /// Slow down.
    TooManyRequests,
    /// The account or the user has no room left.
    QuotaExceeded,
    /// The disk or the store has no room left.
    StorageFull,
    /// The upload has expired or is gone.
    Gone,
    /// Something this needs is down.
    Unavailable,
    /// Ours to mend.
    Internal,
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden | Self::OperationsSpent | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict | Self::OffsetMismatch => 409,
            Self::Gone => 410,
            Self::PreconditionFailed => 412,
            Self::TooLarge | Self::BodyTooLarge => 413,
            Self::UnsupportedKind => 415,
            Self::EmptyFile
            | Self::MismatchedName
            | Self::CorruptFile
            | Self::UnsafeFile
            | Self::TooManyPixels
            | Self::Invalid => 422,
            Self::TooManyRequests => 429,
            // The tus checksum extension defines 460 for this.
            Self::ChecksumMismatch => 460,
            Self::Internal => 500,
            Self::Unavailable => 503,
            Self::QuotaExceeded | Self::StorageFull => 507,
        }
    }

    /// A short name for people, the same for every occurrence.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "Malformed request",
            Self::Unauthenticated => "Not signed in",
            Self::Forbidden => "Not allowed",
            Self::OperationsSpent => "Session used up",
            Self::CrossSite => "Request from another site",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::Conflict => "Conflict",
            Self::PreconditionFailed => "Changed in between",
            Self::OffsetMismatch => "Wrong offset",
            Self::TooLarge => "File too large",
            Self::BodyTooLarge => "Request too large",
            Self::UnsupportedKind => "Kind of file not taken",
            Self::ChecksumMismatch => "Checksum mismatch",
            Self::EmptyFile => "Empty file",
            Self::MismatchedName => "Name and content differ",
            Self::CorruptFile => "Damaged file",
            Self::UnsafeFile => "File not safe",
            Self::TooManyPixels => "Too many pixels",
            Self::Invalid => "Invalid value",
            Self::TooManyRequests => "Too many requests",
            Self::QuotaExceeded => "Quota reached",
            Self::StorageFull => "Storage full",
            Self::Gone => "Gone",
            Self::Unavailable => "Unavailable",
            Self::Internal => "Internal error",
        }
    }
}

/// An error as told outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable word for programs.
    pub code: ProblemCode,
    /// A short name, the same for every occurrence of the code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A sentence for people: the rule, the figure, the way out.
    pub detail: String,
    /// The rule that was broken, where the code alone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The name of the file or folder concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The most that is allowed, where a number is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
    /// The largest that is allowed, in bytes, where a size is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<ByteSize>,
    /// The size that was met, in bytes, where a size is the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<ByteSize>,
    /// The kind of file concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The name of the value that breaks a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Seconds to wait before trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Names the log line that tells more, where the fault is ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl Problem {
    /// The facts that an address may carry: words of ours, and figures.
    pub const FACTS: [&str; 7] = [
        "reason",
        "field",
        "kind",
        "size",
        "limit",
        "most",
        "retry_after",
    ];

    /// A problem with its code and a sentence for people.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            reason: None,
            name: None,
            most: None,
            limit: None,
            size: None,
            kind: None,
            field: None,
            retry_after: None,
            reference: None,
        }
    }

    /// The same with the rule that was broken.
    #[must_use]
    pub fn because(self, reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }

    /// The same with the name of what it is about.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..self
        }
    }

    /// The same with the most that is allowed.
    #[must_use]
    pub fn at_most(self, most: u64) -> Self {
        Self {
            most: Some(most),
            ..self
        }
    }

    /// It is not there, or not yours; the answer is the same for both.
    pub fn not_found() -> Self {
        Self::new(
            ProblemCode::NotFound,
            "This does not exist, or you have no access to it.",
        )
    }

    /// Nobody is signed in.
    pub fn unauthenticated() -> Self {
        Self::new(ProblemCode::Unauthenticated, "Sign in first.")
    }

    /// The role does not allow this.
    pub fn forbidden() -> Self {
        Self::new(ProblemCode::Forbidden, "Your role does not allow this.")
    }

    /// What an embed session is for does not include this.
    pub fn not_in_session() -> Self {
        Self::new(ProblemCode::Forbidden, "This session is not made for that.")
    }

    /// An embed session has written as often as it may.
    pub fn operations_spent(most: u32) -> Self {
        let detail = format!("This session may change something {most} times, and it did.");
        Self::new(ProblemCode::OperationsSpent, detail).at_most(most.into())
    }

    /// A value breaks a rule.
    pub fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::new(ProblemCode::Invalid, detail)
        }
    }

    /// The request cannot be understood.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(ProblemCode::Malformed, detail)
    }

    /// It is in a state that does not allow this.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(ProblemCode::Conflict, detail)
    }

    /// Somebody else was faster: the second of two has to look before they try again.
    pub fn changed_meanwhile(detail: impl Into<String>) -> Self {
        Self::conflict(detail).because(Reason::ChangedMeanwhile)
    }

    /// A file is larger than its kind may be.
    pub fn too_large(name: &str, size: ByteSize, kind: Kind, limit: ByteSize) -> Self {
        let plural = kind.plural();
        Self {
            name: Some(name.to_owned()),
            size: Some(size),
            limit: Some(limit),
            kind: Some(kind),
            ..Self::new(
                ProblemCode::TooLarge,
                format!("{name} is {size}; {plural} may be {limit}."),
            )
        }
    }

    /// The account has no room left for a file.
    pub fn quota_exceeded(used: ByteSize, quota: ByteSize, size: ByteSize) -> Self {
        Self {
            size: Some(size),
            limit: Some(quota),
            ..Self::new(
                ProblemCode::QuotaExceeded,
                format!(
                    "{used} of {quota} are used; there is no room for {size} more. \
                     Ask the operator for a larger quota."
                ),
            )
        }
    }

    /// The one who asks has no room left of their own for a file.
    pub fn own_quota_exceeded(used: ByteSize, quota: ByteSize, size: ByteSize) -> Self {
        Self {
            size: Some(size),
            limit: Some(quota),
            reason: Some(Reason::OwnQuota),
            ..Self::new(
                ProblemCode::QuotaExceeded,
                format!(
                    "You use {used} of your {quota}; there is no room for {size} more. \
                     Delete what you no longer need, or ask the operator for more."
                ),
            )
        }
    }

    /// The account has as many assets as it may have.
    pub fn too_many_assets(most: u32) -> Self {
        Self {
            most: Some(most.into()),
            ..Self::new(
                ProblemCode::QuotaExceeded,
                format!(
                    "The library holds {most} files, the trash included, and may hold no more. \
                     Delete what you no longer need, or ask the operator for more."
                ),
            )
        }
        .because(Reason::TooManyAssets)
    }

    /// Slow down and come back after some seconds.
    pub fn too_many_requests(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                ProblemCode::TooManyRequests,
                format!("Too many attempts. Try again in {retry_after} seconds."),
            )
        }
    }

    /// Something this needs is down; come back after some seconds.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self {
            retry_after: Some(5),
            ..Self::new(ProblemCode::Unavailable, detail)
        }
    }

    /// Ours to mend; the reference names the log line.
    pub fn internal(reference: impl Into<String>) -> Self {
        Self {
            reference: Some(reference.into()),
            ..Self::new(
                ProblemCode::Internal,
                "Something went wrong on our side. Nothing was lost; please try again.",
            )
        }
    }
}

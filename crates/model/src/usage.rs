//! The storage meter: what an account holds, of what it may.

use serde::{Deserialize, Serialize};

use crate::{ByteSize, Kind};

/// What an account holds, of what it may.
///
/// The same bytes twice count once; trash and archive count; renditions do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// Bytes held.
    pub used: ByteSize,
    /// Bytes held back for uploads under way.
    pub reserved: ByteSize,
    /// Bytes allowed; absent means no limit.
    pub quota: Option<ByteSize>,
    /// Bytes that only the trash holds.
    pub trash: ByteSize,
    pub kinds: Vec<KindUsage>,
}

/// The meter alone: read at once, however much the account holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::FromRow))]
pub struct Meter {
    /// Bytes held.
    pub used: ByteSize,
    /// Bytes held back for uploads under way.
    pub reserved: ByteSize,
    /// Bytes allowed; absent means no limit.
    pub quota: Option<ByteSize>,
}

/// What the assets of one kind hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindUsage {
    pub kind: Kind,
    /// How many assets there are.
    pub count: u64,
    /// Their bytes, the same bytes twice counted once.
    pub size: ByteSize,
}

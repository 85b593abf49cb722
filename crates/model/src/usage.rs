//! The storage meter: what an account and the people in it hold, of what they may.

use serde::{Deserialize, Serialize};

use crate::{ByteSize, Kind, UserId};

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
    /// Bytes that only the archive holds, or it and the trash.
    pub archive: ByteSize,
    /// Bytes that only the trash holds.
    pub trash: ByteSize,
    /// What each kind holds; together all that is used.
    pub kinds: Vec<KindUsage>,
    /// What the one who asks has brought; absent for programs.
    pub own: Option<Meter>,
    /// What people have brought, most first; told to administrators.
    pub users: Vec<UserUsage>,
}

/// The meter alone: read at once, however much the account holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::FromRow))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// Their bytes and those of their versions, the same bytes twice counted once.
    pub size: ByteSize,
    /// Of these, what is archived and nowhere in use.
    pub archive: ByteSize,
    /// Of these, what only the trash holds.
    pub trash: ByteSize,
}

/// What a person has brought, of what they may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::FromRow))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserUsage {
    pub user_id: UserId,
    pub name: String,
    /// Bytes brought and still held; the same bytes twice count once.
    pub used: ByteSize,
    /// Bytes allowed; absent means no limit of their own.
    pub quota: Option<ByteSize>,
}

/// How full a meter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fullness {
    /// There is room.
    #[default]
    Fine,
    /// 80 percent are used.
    High,
    /// 95 percent are used.
    Critical,
}

impl Meter {
    /// Used of quota in whole percents; more than nothing is at least one, and nothing is more
    /// than 100. Without a quota there is none.
    pub fn percent(&self) -> Option<u64> {
        let (used, quota) = (self.used.as_u64(), self.quota?.as_u64());
        let percent = match used.checked_mul(100) {
            _ if quota == 0 => 100,
            Some(hundredfold) => hundredfold / quota,
            None => used / (quota / 100).max(1),
        };
        Some(percent.clamp(u64::from(used > 0), 100))
    }

    /// How full it is; without a quota it never fills.
    pub fn fullness(&self) -> Fullness {
        match self.percent() {
            Some(95..) => Fullness::Critical,
            Some(80..) => Fullness::High,
            _ => Fullness::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_warns_at_eighty_and_at_ninety_five_percent() {
        let of = |used: u64, quota: Option<u64>| {
            let meter = Meter {
                used: ByteSize::bytes(used),
                reserved: ByteSize::ZERO,
                quota: quota.map(ByteSize::bytes),
            };
            meter.fullness()
        };

        assert_eq!(of(79, Some(100)), Fullness::Fine);
        assert_eq!(of(80, Some(100)), Fullness::High);
        assert_eq!(of(94, Some(100)), Fullness::High);
        assert_eq!(of(95, Some(100)), Fullness::Critical);
        assert_eq!(of(u64::MAX, None), Fullness::Fine);
        assert_eq!(of(u64::MAX, Some(u64::MAX)), Fullness::Critical);
        assert_eq!(of(u64::MAX / 4, Some(u64::MAX)), Fullness::Fine);
        assert_eq!(of(0, Some(0)), Fullness::Critical);
    }
}

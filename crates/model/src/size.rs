//! Amounts of bytes, as people write them.

use std::{fmt, iter::Sum, ops::Add, str::FromStr};

use serde::{Deserialize, Serialize};

/// An amount of bytes; at most what a signed 64-bit column holds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u64))]
#[serde(try_from = "u64", into = "u64")]
pub struct ByteSize(i64);

impl ByteSize {
    /// No bytes at all.
    pub const ZERO: Self = Self(0);
    /// More than anything stored can have.
    pub const MAX: Self = Self(i64::MAX);

    /// An amount of bytes.
    ///
    /// Amounts beyond `i64::MAX` become `i64::MAX`: no store holds that much.
    pub const fn bytes(bytes: u64) -> Self {
        if bytes > i64::MAX as u64 {
            Self::MAX
        } else {
            Self(bytes.cast_signed())
        }
    }

    /// Decimal megabytes: 1 MB is 1 000 000 bytes.
    pub const fn megabytes(megabytes: u64) -> Self {
        Self::bytes(megabytes.saturating_mul(1_000_000))
    }

    /// The number of bytes.
    pub const fn as_u64(self) -> u64 {
        self.0.cast_unsigned()
    }

    /// What is left after taking `other` away; never below nothing.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        if other.0 >= self.0 {
            Self::ZERO
        } else {
            Self(self.0 - other.0)
        }
    }
}

impl Add for ByteSize {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for ByteSize {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::ZERO, Add::add)
    }
}

impl From<ByteSize> for u64 {
    fn from(size: ByteSize) -> Self {
        size.as_u64()
    }
}

impl TryFrom<u64> for ByteSize {
    type Error = ParseByteSizeError;

    fn try_from(bytes: u64) -> Result<Self, Self::Error> {
        i64::try_from(bytes)
            .map(Self)
            .map_err(|_| ParseByteSizeError)
    }
}

/// Text that is not an amount of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a size such as 5MB, 1.5GB or 512MiB")]
pub struct ParseByteSizeError;

impl FromStr for ByteSize {
    type Err = ParseByteSizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let split = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let factor = factor(unit.trim()).ok_or(ParseByteSizeError)?;
        match number.split_once('.') {
            None => {
                let whole: u64 = number.parse().map_err(|_| ParseByteSizeError)?;
                whole
                    .checked_mul(factor)
                    .ok_or(ParseByteSizeError)?
                    .try_into()
            }
            Some((whole, fraction)) => with_fraction(whole, fraction, factor)?.try_into(),
        }
    }
}

fn factor(unit: &str) -> Option<u64> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return None,
    })
}

fn with_fraction(whole: &str, fraction: &str, factor: u64) -> Result<u64, ParseByteSizeError> {
    let digits = u32::try_from(fraction.len())
        .ok()
        .filter(|digits| (1..=9).contains(digits));
    let scale = 10_u64.pow(digits.ok_or(ParseByteSizeError)?);
    let whole: u64 = whole.parse().map_err(|_| ParseByteSizeError)?;
    let fraction: u64 = fraction.parse().map_err(|_| ParseByteSizeError)?;
    let part = u128::from(fraction) * u128::from(factor) / u128::from(scale);
    whole
        .checked_mul(factor)
        .and_then(|bytes| bytes.checked_add(u64::try_from(part).ok()?))
        .ok_or(ParseByteSizeError)
}

impl fmt::Display for ByteSize {
    /// Writes the size as people read it: at most one decimal, decimal units.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
        let bytes = self.as_u64();
        if bytes < 1_000 {
            return write!(f, "{bytes} bytes");
        }
        // Tenths of a unit, rounded up, so that what is over a limit never reads as the limit.
        let mut unit = 1_000_u64;
        let mut index = 0;
        while index + 1 < UNITS.len() && bytes.div_ceil(unit / 10) >= 10_000 {
            unit *= 1_000;
            index += 1;
        }
        let tenths = bytes.div_ceil(unit / 10);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        match tenth {
            0 => write!(f, "{whole} {}", UNITS[index]),
            _ => write!(f, "{whole}.{tenth} {}", UNITS[index]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_sizes_in_decimal_and_binary_units() {
        assert_eq!("1MB".parse(), Ok(ByteSize::bytes(1_000_000)));
        assert_eq!("1 MiB".parse(), Ok(ByteSize::bytes(1_048_576)));
        assert_eq!("1.5gb".parse(), Ok(ByteSize::bytes(1_500_000_000)));
        assert_eq!("42".parse(), Ok(ByteSize::bytes(42)));
    }

    #[test]
    fn nonsense_is_not_a_size() {
        for text in ["", "MB", "-1MB", "5 XB", "1.MB", "99999999999TB"] {
            assert_eq!(text.parse::<ByteSize>(), Err(ParseByteSizeError), "{text}");
        }
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(ByteSize::bytes(999).to_string(), "999 bytes");
        assert_eq!(ByteSize::megabytes(5).to_string(), "5 MB");
        assert_eq!(ByteSize::bytes(7_200_000).to_string(), "7.2 MB");
        assert_eq!(ByteSize::bytes(999_999).to_string(), "1 MB");
        assert_eq!(ByteSize::bytes(2_500_000_000).to_string(), "2.5 GB");
    }

    #[test]
    fn a_byte_over_a_limit_never_reads_as_the_limit() {
        assert_eq!(ByteSize::bytes(5_000_001).to_string(), "5.1 MB");
    }
}

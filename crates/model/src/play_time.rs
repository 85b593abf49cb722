//! How long something plays.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How long something plays: kept in milliseconds, told in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlayTime(u64);

impl PlayTime {
    /// A time by its milliseconds.
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds)
    }

    /// The time in milliseconds.
    pub const fn as_millis(self) -> u64 {
        self.0
    }
}

impl Serialize for PlayTime {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 285 000 years")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 1000.0)
    }
}

impl<'de> Deserialize<'de> for PlayTime {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a sensible number of seconds"
    )]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        if !(0.0..=1e12).contains(&seconds) {
            return Err(de::Error::custom("not a number of seconds"));
        }
        Ok(Self((seconds * 1000.0).round() as u64))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for PlayTime {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .description(Some("Seconds."))
            .minimum(Some(0))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for PlayTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_seconds() {
        let plays = PlayTime::from_millis(3_007);

        assert_eq!(serde_json::to_string(&plays).unwrap(), "3.007");
        assert_eq!(serde_json::from_str::<PlayTime>("3.007").unwrap(), plays);
        assert!(serde_json::from_str::<PlayTime>("-1").is_err());
    }
}

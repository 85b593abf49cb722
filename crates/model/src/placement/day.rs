//! Days of the calendar, as rules are dated by.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    date: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, date } = self;
        write!(f, "{year:04}-{month:02}-{date:02}")
    }
}

/// Text that is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day such as 2026-11-21")]
pub struct ParseDayError;

impl FromStr for Day {
    type Err = ParseDayError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, rest) = text.split_once('-').ok_or(ParseDayError)?;
        let (month, date) = rest.split_once('-').ok_or(ParseDayError)?;
        let day = Self {
            year: number(year, 4)?,
            month: u8::try_from(number(month, 2)?).map_err(|_| ParseDayError)?,
            date: u8::try_from(number(date, 2)?).map_err(|_| ParseDayError)?,
        };
        let is_real =
            (1..=12).contains(&day.month) && (1..=day.last_of_month()).contains(&day.date);
        is_real.then_some(day).ok_or(ParseDayError)
    }
}

impl Day {
    const fn last_of_month(self) -> u8 {
        let is_leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

fn number(text: &str, digits: usize) -> Result<u16, ParseDayError> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| text.parse().ok())
        .flatten()
        .ok_or(ParseDayError)
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
crate::id::as_schema!(Day, "2026-11-21");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        let day: Day = "2024-02-29".parse().unwrap();

        assert_eq!(day.to_string(), "2024-02-29");
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "26-1-1",
            "2026-11-31",
            "+026-01-01",
        ] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
    }
}

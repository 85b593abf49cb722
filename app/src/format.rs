//! Figures as their reader writes them, the same on the server and in the browser.

use model::{Asset, ByteSize, Kind, Language, PlayTime, Timestamp};

use crate::text::Text;

const DAY: i64 = 86_400_000;

/// Whole pixels, as a style has them: to write fractions, the first load would carry 4 KB more.
#[expect(clippy::cast_possible_truncation, reason = "no element is as tall")]
pub fn pixels(length: f64) -> i32 {
    length.round() as i32
}

impl Text {
    /// A number with its thousands apart.
    pub fn number(&self, number: u64) -> String {
        let separator = match self.language {
            Language::English => ',',
            Language::Portuguese => '.',
        };
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// An amount of bytes, such as `7.2 MB`.
    pub fn size(&self, size: ByteSize) -> String {
        let bytes = size.as_u64();
        if bytes < 1_000 {
            return self.bytes(bytes);
        }
        let text = size.to_string();
        match self.language {
            Language::English => text,
            Language::Portuguese => text.replace('.', ","),
        }
    }

    /// A day in UTC, such as `Nov 21, 2026`.
    pub fn day(&self, at: Timestamp) -> String {
        let (year, month, day) = civil(at.as_millis().div_euclid(DAY));
        self.day_of(year, month, day)
    }

    /// A moment in UTC, such as `Nov 21, 2026, 9:30 AM UTC`.
    pub fn moment(&self, at: Timestamp) -> String {
        let minutes = at.as_millis().rem_euclid(DAY) / 60_000;
        let time = self.time_of(minutes / 60, minutes % 60);
        self.moment_of(&self.day(at), &format!("{time} UTC"))
    }

    fn time_of(&self, hour: i64, minute: i64) -> String {
        match self.language {
            Language::English => {
                let half = if hour < 12 { "AM" } else { "PM" };
                format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
            }
            Language::Portuguese => format!("{hour:02}:{minute:02}"),
        }
    }

    /// What a file is, in a short word, such as `JPEG`.
    pub fn type_word(&self, asset: &Asset) -> String {
        self.mime_word(asset.mime.as_str())
    }

    /// What a media type is, in a short word.
    pub fn mime_word(&self, mime: &str) -> String {
        let known = match mime {
            "image/svg+xml" => "SVG",
            "video/quicktime" => "MOV",
            "audio/mpeg" => "MP3",
            "audio/mp4" | "audio/x-m4a" => "M4A",
            "text/plain" => self.general.plain_text,
            "text/vcard" => self.general.contact_card,
            "application/msword" => "Word",
            "application/vnd.ms-excel" => "Excel",
            "application/vnd.ms-powerpoint" => "PowerPoint",
            _ if mime.ends_with("wordprocessingml.document") => "Word",
            _ if mime.ends_with("spreadsheetml.sheet") => "Excel",
            _ if mime.ends_with("presentationml.presentation") => "PowerPoint",
            _ => "",
        };
        if !known.is_empty() {
            return known.to_owned();
        }
        let word = mime.rsplit(['/', '.']).next().unwrap_or(mime);
        word.trim_start_matches("x-").to_ascii_uppercase()
    }
}

/// How long something plays, such as `1:05` or `1:00:07`.
pub fn play_time(plays: PlayTime) -> String {
    let seconds = plays.as_millis().div_ceil(1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// Pixels across and down, where there is something to see. Of a film only those are known here
/// that are stored, which telephones lay on their side.
pub fn dimensions(asset: &Asset) -> Option<String> {
    if asset.kind == Kind::Video {
        return None;
    }
    Some(format!("{} × {}", asset.width?, asset.height?))
}

/// Year, month from 0 and day of a day counted from 1970, by the calendar of today.
fn civil(days: i64) -> (i64, usize, i64) {
    // Years that begin in March put the leap day at their end; an era has 400 of them.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12;
    let year = year_of_era + era * 400 + i64::from(month < 2);
    (year, usize::try_from(month).unwrap_or(0), day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{ENGLISH, PORTUGUESE};

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(ENGLISH.number(999), "999");
        assert_eq!(ENGLISH.number(1_000), "1,000");
        assert_eq!(ENGLISH.number(1_234_567), "1,234,567");
        assert_eq!(PORTUGUESE.number(100_000), "100.000");
    }

    #[test]
    fn sizes_have_the_decimal_mark_of_their_reader() {
        assert_eq!(ENGLISH.size(ByteSize::bytes(7_200_000)), "7.2 MB");
        assert_eq!(PORTUGUESE.size(ByteSize::bytes(7_200_000)), "7,2 MB");
        assert_eq!(ENGLISH.size(ByteSize::bytes(1)), "1 byte");
        assert_eq!(PORTUGUESE.size(ByteSize::bytes(999)), "999 bytes");
    }

    #[test]
    fn days_fall_where_the_calendar_has_them() {
        let on = |text: &str| ENGLISH.day(text.parse().unwrap());

        assert_eq!(on("1970-01-01T00:00:00Z"), "Jan 1, 1970");
        assert_eq!(on("2024-02-29T23:59:59Z"), "Feb 29, 2024");
        assert_eq!(on("2026-11-21T03:34:56Z"), "Nov 21, 2026");
        assert_eq!(on("2000-12-31T12:00:00Z"), "Dec 31, 2000");
    }

    #[test]
    fn moments_name_their_zone() {
        let told = |text: &str| {
            let at = text.parse().unwrap();
            [ENGLISH.moment(at), PORTUGUESE.moment(at)]
        };

        assert_eq!(
            told("2026-11-21T15:04:56Z"),
            ["Nov 21, 2026, 3:04 PM UTC", "21 de nov. de 2026, 15:04 UTC"]
        );
        assert_eq!(
            told("2026-03-01T00:05:00Z"),
            ["Mar 1, 2026, 12:05 AM UTC", "1 de mar. de 2026, 00:05 UTC"]
        );
    }

    #[test]
    fn what_plays_tells_how_long() {
        let told = |milliseconds| play_time(PlayTime::from_millis(milliseconds));

        assert_eq!(told(400), "0:01");
        assert_eq!(told(65_000), "1:05");
        assert_eq!(told(3_607_000), "1:00:07");
    }
}

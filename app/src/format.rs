//! Figures as people read them, the same on the server and in the browser.

use model::{Asset, PlayTime, Timestamp};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAY: i64 = 86_400_000;

/// A day in UTC, such as `21 Nov 2026`.
pub fn day(at: Timestamp) -> String {
    let (year, month, day) = civil(at.as_millis().div_euclid(DAY));
    format!("{day} {} {year}", MONTHS[month])
}

/// A moment in UTC, such as `21 Nov 2026, 09:30 UTC`.
pub fn moment(at: Timestamp) -> String {
    let minutes = at.as_millis().rem_euclid(DAY) / 60_000;
    format!("{}, {:02}:{:02} UTC", day(at), minutes / 60, minutes % 60)
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

/// Pixels across and down, where there is something to see.
pub fn dimensions(asset: &Asset) -> Option<String> {
    Some(format!("{} × {}", asset.width?, asset.height?))
}

/// What a file is, in a short word, such as `JPEG`.
pub fn type_word(asset: &Asset) -> String {
    let mime = asset.mime.as_str();
    let known = match mime {
        "image/svg+xml" => "SVG",
        "video/quicktime" => "MOV",
        "audio/mpeg" => "MP3",
        "audio/mp4" | "audio/x-m4a" => "M4A",
        "text/plain" => "Text",
        "text/vcard" => "Contact card",
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

    #[test]
    fn days_fall_where_the_calendar_has_them() {
        let on = |text: &str| day(text.parse().unwrap());

        assert_eq!(on("1970-01-01T00:00:00Z"), "1 Jan 1970");
        assert_eq!(on("2024-02-29T23:59:59Z"), "29 Feb 2024");
        assert_eq!(on("2026-11-21T03:34:56Z"), "21 Nov 2026");
        assert_eq!(on("2000-12-31T12:00:00Z"), "31 Dec 2000");
    }

    #[test]
    fn moments_name_their_zone() {
        let at = "2026-11-21T03:04:56Z".parse().unwrap();

        assert_eq!(moment(at), "21 Nov 2026, 03:04 UTC");
    }

    #[test]
    fn what_plays_tells_how_long() {
        let told = |milliseconds| play_time(PlayTime::from_millis(milliseconds));

        assert_eq!(told(400), "0:01");
        assert_eq!(told(65_000), "1:05");
        assert_eq!(told(3_607_000), "1:00:07");
    }
}

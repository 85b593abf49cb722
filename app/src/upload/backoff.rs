//! How long to rest before trying again.

use super::item::Millis;

const FIRST: Millis = 500;
const LONGEST: Millis = 30_000;

/// Milliseconds to rest after so many failures in a row, unless the server says how long.
///
/// Doubles from half a second to half a minute.
pub fn rest(failures: u32, retry_after: Option<u64>) -> Millis {
    match retry_after {
        Some(seconds) => seconds.saturating_mul(1_000).clamp(FIRST, 10 * LONGEST),
        None => FIRST
            .saturating_mul(1 << failures.saturating_sub(1).min(10))
            .min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_double_and_stay_bearable() {
        let rests: Vec<Millis> = (1..=8).map(|failures| rest(failures, None)).collect();

        assert_eq!(
            rests,
            [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]
        );
        assert_eq!(rest(u32::MAX, None), 30_000);
    }

    #[test]
    fn the_server_has_the_last_word() {
        assert_eq!(rest(1, Some(7)), 7_000);
        assert_eq!(rest(1, Some(0)), 500);
        assert_eq!(rest(1, Some(u64::MAX)), 300_000);
    }
}

//! How fast bytes move, smoothed so that the figure can be read.

use super::item::Millis;

/// The shortest time one sample covers.
const SAMPLE: Millis = 500;
/// After so long without a byte, old samples say nothing.
const STALE: Millis = 5_000;

/// A moving average of bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Speed {
    average: Option<f64>,
    pending: u64,
    since: Option<Millis>,
}

impl Speed {
    /// Takes note that bytes moved.
    #[expect(clippy::cast_precision_loss, reason = "a speed is read, not added up")]
    pub fn note(&mut self, bytes: u64, now: Millis) {
        let Some(since) = self.since else {
            self.since = Some(now);
            self.pending = bytes;
            return;
        };
        self.pending += bytes;
        let passed = now.saturating_sub(since);
        if passed < SAMPLE {
            return;
        }
        let sample = self.pending as f64 * 1_000.0 / passed as f64;
        self.average = Some(match self.average {
            Some(average) if passed < STALE => 0.7 * average + 0.3 * sample,
            _ => sample,
        });
        self.since = Some(now);
        self.pending = 0;
    }

    /// Forgets everything, as when all is done.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Bytes a second, once known.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the average of amounts is one, and a fraction of a byte is none"
    )]
    pub fn bytes_per_second(&self) -> Option<u64> {
        self.average
            .map(|average| average as u64)
            .filter(|speed| *speed > 0)
    }

    /// Seconds that so many bytes will take, once known.
    pub fn seconds_for(&self, bytes: u64) -> Option<u64> {
        self.bytes_per_second().map(|speed| bytes.div_ceil(speed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_before_half_a_second() {
        let mut speed = Speed::default();
        speed.note(1_000, 0);
        speed.note(1_000, 400);

        assert_eq!(speed.bytes_per_second(), None);
    }

    #[test]
    fn an_even_stream_has_its_speed() {
        let mut speed = Speed::default();
        for step in 0..20 {
            speed.note(100_000, 1_000 + step * 100);
        }

        let figure = speed.bytes_per_second().unwrap();
        assert!((900_000..=1_300_000).contains(&figure), "{figure}");
        assert_eq!(speed.seconds_for(10 * figure), Some(10));
    }

    #[test]
    fn a_hiccup_does_not_make_the_figure_jump() {
        let mut speed = Speed::default();
        speed.note(0, 0);
        speed.note(1_000_000, 1_000);
        speed.note(10_000, 2_000);

        assert!(speed.bytes_per_second().unwrap() > 600_000);
    }

    #[test]
    fn a_stalled_stream_slows_down_second_by_second() {
        let mut speed = Speed::default();
        speed.note(0, 0);
        speed.note(1_000_000, 1_000);
        let at_first = speed.seconds_for(2_000_000).unwrap();
        for second in 2..8 {
            speed.note(0, second * 1_000);
        }

        assert!(speed.seconds_for(2_000_000).unwrap() > 5 * at_first);
    }

    #[test]
    fn after_a_long_rest_the_old_figure_is_forgotten() {
        let mut speed = Speed::default();
        speed.note(0, 0);
        speed.note(1_000_000, 1_000);
        speed.note(60_000, 61_000);

        assert_eq!(speed.bytes_per_second(), Some(1_000));
    }
}

//! How a picture is made smaller: which sizes and qualities are tried, in which order.

/// One try: the edges to draw at and the quality to encode with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    pub width: u32,
    pub height: u32,
    pub quality: f64,
}

/// The longest edge browsers draw without trouble.
const LONGEST_EDGE: f64 = 8_192.0;

const TRIES: [(f64, f64); 8] = [
    (1.0, 0.92),
    (1.0, 0.85),
    (0.85, 0.85),
    (0.7, 0.85),
    (0.55, 0.82),
    (0.4, 0.8),
    (0.28, 0.8),
    (0.18, 0.75),
];

/// The tries for a picture of this size, from the best to the smallest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "edges are small and never below one"
)]
pub fn attempts(width: u32, height: u32, max_pixels: u64) -> Vec<Attempt> {
    let (across, down) = (f64::from(width), f64::from(height));
    let most = (as_f64(max_pixels) / (across * down).max(1.0)).sqrt();
    let fit = (LONGEST_EDGE / across.max(down).max(1.0))
        .min(most)
        .min(1.0);
    TRIES
        .iter()
        .map(|(scale, quality)| Attempt {
            width: (across * fit * scale).floor().max(1.0) as u32,
            height: (down * fit * scale).floor().max(1.0) as u32,
            quality: *quality,
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a ratio of pixels is no count")]
fn as_f64(pixels: u64) -> f64 {
    pixels as f64
}

/// The media type to encode as: what keeps the look, and transparency where there may be some.
pub fn target_type(extension: &str) -> &'static str {
    match extension {
        "jpg" | "jpeg" => "image/jpeg",
        _ => "image/webp",
    }
}

/// The name of the smaller copy: the same, and ending as its bytes say.
pub fn name_for(name: &str, media_type: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match (media_type, extension.to_lowercase().as_str()) {
        ("image/jpeg", "jpg" | "jpeg") | ("image/webp", "webp") | ("image/png", "png") => {
            name.to_owned()
        }
        ("image/jpeg", _) => format!("{stem}.jpg"),
        ("image/png", _) => format!("{stem}.png"),
        _ => format!("{stem}.webp"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_try_keeps_every_pixel() {
        let first = attempts(4_000, 3_000, 100_000_000)[0];

        assert_eq!((first.width, first.height), (4_000, 3_000));
    }

    #[test]
    fn each_try_is_smaller_or_coarser_and_keeps_the_ratio() {
        let tries = attempts(4_000, 3_000, 100_000_000);

        for pair in tries.windows(2) {
            assert!(pair[1].width < pair[0].width || pair[1].quality < pair[0].quality);
        }
        for attempt in tries {
            let ratio = f64::from(attempt.width) / f64::from(attempt.height);
            assert!((ratio - 4.0 / 3.0).abs() < 0.01);
        }
    }

    #[test]
    fn pictures_beyond_the_pixel_limit_come_under_it() {
        let first = attempts(20_000, 10_000, 20_000_000)[0];

        assert!(u64::from(first.width) * u64::from(first.height) <= 20_000_000);
        assert!(first.width <= 8_192);
    }

    #[test]
    fn a_name_ends_as_its_bytes_say() {
        assert_eq!(name_for("Beach.JPG", "image/jpeg"), "Beach.JPG");
        assert_eq!(name_for("Beach.png", "image/webp"), "Beach.webp");
        assert_eq!(name_for("Beach.png", "image/png"), "Beach.png");
        assert_eq!(name_for("beach", "image/jpeg"), "beach.jpg");
    }
}

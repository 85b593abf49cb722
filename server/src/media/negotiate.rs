//! `Accept`: which format of a rendition the reader takes.

use axum::http::{HeaderMap, header::ACCEPT};
use model::RenditionFormat;

/// WebP for whoever names it, as browsers do; JPEG for the rest.
pub fn rendition_format(headers: &HeaderMap) -> RenditionFormat {
    let takes_webp = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .any(|part| {
            let (kind, weight) = part.split_once(';').unwrap_or((part, ""));
            kind.trim().eq_ignore_ascii_case("image/webp") && !is_zero(weight)
        });
    if takes_webp {
        RenditionFormat::Webp
    } else {
        RenditionFormat::Jpeg
    }
}

fn is_zero(weight: &str) -> bool {
    weight
        .trim()
        .strip_prefix("q=")
        .and_then(|number| number.parse::<f32>().ok())
        .is_some_and(|number| number <= 0.0)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn format(accept: &'static str) -> RenditionFormat {
        rendition_format(&HeaderMap::from_iter([(
            ACCEPT,
            HeaderValue::from_static(accept),
        )]))
    }

    #[test]
    fn browsers_get_webp_and_the_rest_get_jpeg() {
        assert_eq!(
            format("image/avif,image/webp,*/*;q=0.8"),
            RenditionFormat::Webp
        );
        assert_eq!(format("*/*"), RenditionFormat::Jpeg);
        assert_eq!(format("image/webp;q=0"), RenditionFormat::Jpeg);
        assert_eq!(rendition_format(&HeaderMap::new()), RenditionFormat::Jpeg);
    }
}

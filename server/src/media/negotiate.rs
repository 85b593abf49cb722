//! `Accept`: which format of a rendition the reader takes.

use axum::http::{HeaderMap, header::ACCEPT};
use model::RenditionFormat;

/// AVIF and WebP for whoever names them, as browsers do; JPEG for the rest.
///
/// Who takes AVIF without WebP, which no browser does, gets JPEG: AVIF may not be there yet.
pub fn rendition_format(headers: &HeaderMap) -> RenditionFormat {
    match RenditionFormat::Webp {
        webp if !takes(headers, webp) => RenditionFormat::Jpeg,
        _ if takes(headers, RenditionFormat::Avif) => RenditionFormat::Avif,
        webp => webp,
    }
}

fn takes(headers: &HeaderMap, format: RenditionFormat) -> bool {
    headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .any(|part| {
            let (kind, weight) = part.split_once(';').unwrap_or((part, ""));
            kind.trim().eq_ignore_ascii_case(format.mime()) && !is_zero(weight)
        })
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
    fn browsers_get_avif_or_webp_and_the_rest_get_jpeg() {
        for (accept, taken) in [
            ("image/avif,image/webp,*/*;q=0.8", RenditionFormat::Avif),
            ("image/webp, IMAGE/AVIF;q=0.5", RenditionFormat::Avif),
            ("image/avif;q=0,image/webp", RenditionFormat::Webp),
            ("image/webp,*/*", RenditionFormat::Webp),
            ("image/avif,*/*", RenditionFormat::Jpeg),
        ] {
            assert_eq!(format(accept), taken, "{accept}");
        }
        assert_eq!(format("*/*"), RenditionFormat::Jpeg);
        assert_eq!(format("image/webp;q=0"), RenditionFormat::Jpeg);
        assert_eq!(rendition_format(&HeaderMap::new()), RenditionFormat::Jpeg);
    }
}

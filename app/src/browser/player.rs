//! Sound and films that play.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlMediaElement, MouseEvent};

/// How much of it was played, in thousandths.
pub fn permille(media: &HtmlMediaElement) -> u32 {
    share(media.current_time(), media.duration())
}

/// Goes to where a picture of the whole was clicked.
pub fn seek(event: &MouseEvent, media: &HtmlMediaElement) {
    let length = media.duration();
    let target = event.current_target();
    let Some(target) = target.and_then(|it| it.dyn_into::<Element>().ok()) else {
        return;
    };
    let place = target.get_bounding_client_rect();
    let at = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
    if length.is_finite() {
        media.set_current_time(at.clamp(0.0, 1.0) * length);
    }
}

/// Whether this browser has given up on it.
pub fn is_broken(media: &HtmlMediaElement) -> bool {
    media.network_state() == HtmlMediaElement::NETWORK_NO_SOURCE
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 1000"
)]
fn share(part: f64, whole: f64) -> u32 {
    if whole.is_finite() && whole > 0.0 {
        (part / whole * 1000.0).clamp(0.0, 1000.0) as u32
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_length_is_not_played() {
        for (part, whole, permille) in [
            (1.0, 4.0, 250),
            (5.0, 4.0, 1000),
            (1.0, f64::NAN, 0),
            (1.0, f64::INFINITY, 0),
            (0.0, 0.0, 0),
        ] {
            assert_eq!(share(part, whole), permille);
        }
    }
}

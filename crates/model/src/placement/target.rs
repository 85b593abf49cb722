//! The shape that a place asks of pictures.

use serde::{Deserialize, Serialize};

use super::{Bound, Extent, Placement};

/// The shape that a place asks of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Width to height; absent where any will do.
    pub ratio: Option<Extent>,
    /// The most pixels across, where there is a limit.
    pub widest: Option<u32>,
    /// The size it is best at, where one is told.
    pub pixels: Option<Extent>,
    /// The smallest size it takes.
    pub least: Extent,
}

impl Placement {
    /// The shape it asks of pictures; absent where it takes none, or any shape and size.
    pub fn target(&self) -> Option<Target> {
        let (mut ratio, mut pixels, mut widest) = (None, None, None);
        let mut least = Extent {
            width: 1,
            height: 1,
        };
        for rule in &self.rules {
            match &rule.limit {
                Bound::Types { any } if !any.iter().any(|it| it.0.starts_with("image/")) => {
                    return None;
                }
                Bound::Ratio { width, height, .. } => {
                    ratio = Some(Extent {
                        width: *width,
                        height: *height,
                    });
                }
                Bound::Pixels {
                    min_width,
                    min_height,
                    max_width,
                    exact,
                    ..
                } => {
                    let largest = exact.iter().copied().max_by_key(|size| size.width);
                    pixels = pixels.or(largest);
                    widest = widest.or(*max_width);
                    least.width = least.width.max(min_width.unwrap_or(1));
                    least.height = least.height.max(min_height.unwrap_or(1));
                }
                _ => {}
            }
        }
        let ratio = ratio.or(pixels);
        let is_shape = ratio.is_none_or(|ratio| ratio.width > 0 && ratio.height > 0);
        let is_told = ratio.is_some() || widest.is_some() || least.width > 1 || least.height > 1;
        (is_shape && is_told).then_some(Target {
            ratio,
            widest,
            pixels,
            least,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::catalogue;

    fn target(id: &str) -> Option<Target> {
        let found = catalogue().iter().find(|it| it.id.as_str() == id);
        found.unwrap().target()
    }

    #[test]
    fn a_place_tells_its_ratio_its_best_size_and_its_smallest() {
        let full = target("in-app-full-image-text").unwrap();

        let ratio = full.ratio.map(|ratio| (ratio.width, ratio.height));
        assert_eq!(ratio, Some((6, 5)));
        assert_eq!(full.pixels.map(|size| size.width), Some(1_200));
        assert_eq!((full.least.width, full.least.height), (600, 500));
    }

    #[test]
    fn a_place_may_ask_for_a_width_alone() {
        let header = target("email-header").unwrap();

        assert_eq!((header.ratio, header.widest), (None, Some(600)));
    }

    #[test]
    fn a_place_without_pictures_or_of_any_shape_has_no_target() {
        for id in ["rcs-card-video", "email-attachment", "whatsapp-audio"] {
            assert_eq!(target(id), None, "{id}");
        }
    }
}

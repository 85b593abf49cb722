//! Planes of light and colour into RGB, by the matrix and range that the picture names.

use re_rav1d::dav1d::{
    Picture, PixelLayout, PlanarImageComponent as Component,
    pixel::{MatrixCoefficients, YUVRange},
};

use crate::{Error, Pixels, Result};

/// Samples of one plane, whatever their depth.
struct Plane {
    bytes: re_rav1d::dav1d::Plane,
    stride: usize,
    wide: bool,
    shift: u32,
}

impl Plane {
    fn new(picture: &Picture, component: Component) -> Self {
        let depth = u32::try_from(picture.bit_depth()).unwrap_or(8);
        Self {
            bytes: picture.plane(component),
            stride: picture.stride(component) as usize,
            wide: depth > 8,
            shift: depth.saturating_sub(8),
        }
    }

    /// One sample, as eight bits and their fraction.
    fn at(&self, x: usize, y: usize) -> f32 {
        let row = y * self.stride;
        let sample = if self.wide {
            let at = row + x * 2;
            u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]])
        } else {
            self.bytes[row + x].into()
        };
        f32::from(sample) / f32::from(1_u16 << self.shift)
    }
}

/// Weights of red and blue in light.
fn weights(matrix: MatrixCoefficients) -> Option<(f32, f32)> {
    match matrix {
        MatrixCoefficients::Identity => None,
        MatrixCoefficients::BT709 => Some((0.2126, 0.0722)),
        MatrixCoefficients::BT2020NonConstantLuminance
        | MatrixCoefficients::BT2020ConstantLuminance => Some((0.2627, 0.0593)),
        _ => Some((0.299, 0.114)),
    }
}

/// How samples are spread: black, range of light, range of colour.
fn range(picture: &Picture) -> (f32, f32, f32) {
    match picture.color_range() {
        YUVRange::Full => (0.0, 255.0, 255.0),
        YUVRange::Limited => (16.0, 219.0, 224.0),
    }
}

/// The light alone, as an alpha plane is.
pub(super) fn to_luma(picture: &Picture) -> Vec<u8> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let plane = Plane::new(picture, Component::Y);
    let (black, span, _) = range(picture);
    let sample = |x, y| byte((plane.at(x, y) - black) * 255.0 / span);
    let samples = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    samples.map(|(x, y)| sample(x, y)).collect()
}

/// The picture as RGB.
pub(super) fn to_rgb(picture: &Picture) -> Result<Pixels> {
    let layout = picture.pixel_layout();
    if layout == PixelLayout::I400 {
        let data = to_luma(picture)
            .into_iter()
            .flat_map(|light| [light; 3])
            .collect();
        return Ok(Pixels {
            width: picture.width(),
            height: picture.height(),
            alpha: false,
            data,
        });
    }
    let (across, down) = match layout {
        PixelLayout::I420 => (1, 1),
        PixelLayout::I422 => (1, 0),
        _ => (0, 0),
    };
    let matrix = weights(picture.matrix_coefficients());
    if matrix.is_none() && layout != PixelLayout::I444 {
        return Err(Error::corrupt(
            "the picture names colors that it cannot have",
        ));
    }
    let planes = [Component::Y, Component::U, Component::V].map(|c| Plane::new(picture, c));
    let (black, span, colors) = range(picture);
    let mut data = Vec::with_capacity(picture.width() as usize * picture.height() as usize * 3);
    for y in 0..picture.height() as usize {
        for x in 0..picture.width() as usize {
            let light = (planes[0].at(x, y) - black) * 255.0 / span;
            let [blue, red] = [1, 2].map(|plane: usize| planes[plane].at(x >> across, y >> down));
            data.extend(match matrix {
                None => [red, planes[0].at(x, y), blue].map(|c| byte((c - black) * 255.0 / span)),
                Some(weights) => {
                    let offset = |color: f32| (color - 128.0) * 255.0 / colors;
                    mix(light, offset(blue), offset(red), weights)
                }
            });
        }
    }
    Ok(Pixels {
        width: picture.width(),
        height: picture.height(),
        alpha: false,
        data,
    })
}

/// Red, green and blue out of light and its differences to blue and red.
fn mix(light: f32, to_blue: f32, to_red: f32, (kr, kb): (f32, f32)) -> [u8; 3] {
    let red = light + 2.0 * (1.0 - kr) * to_red;
    let blue = light + 2.0 * (1.0 - kb) * to_blue;
    let green = (light - kr * red - kb * blue) / (1.0 - kr - kb);
    [byte(red), byte(green), byte(blue)]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn byte(value: f32) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}

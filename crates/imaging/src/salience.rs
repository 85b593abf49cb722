//! Where a picture tells most: where edges, skin and strong colors are.

use model::FocalPoint;

use crate::{Pixels, Result, resize};

/// The longer edge of what is looked at.
const EDGE: u32 = 128;
/// A subject is looked for in squares of the longer edge over this.
const PART: u32 = 3;
/// How many times what the whole tells a part must tell to stand out, and how much more at least.
const STANDS_OUT: f64 = 1.35;
const LEAST: f64 = 0.002;
/// What edges, skin and strong colors count.
const DETAIL: f32 = 0.2;
const SKIN: f32 = 1.8;
const COLOR: f32 = 0.1;
/// The color of skin, whatever its shade.
const SKIN_TONE: [f32; 3] = [0.78, 0.57, 0.44];

/// What of a picture stands out; its middle where nothing does.
///
/// # Errors
/// As resizing.
pub fn salient(pixels: &Pixels) -> Result<FocalPoint> {
    let (width, height) = resize::fit(pixels.width, pixels.height, EDGE);
    let small = resize::resize(pixels, width, height)?;
    let map = Map::of(&small);
    let part = map.most_telling();
    let whole = Part {
        x: 0,
        y: 0,
        width,
        height,
    };
    let (most, usual) = (map.mean(part), map.mean(whole));
    if most <= (usual * STANDS_OUT).max(usual + LEAST) {
        return Ok(FocalPoint::MIDDLE);
    }
    let (x, y) = map.center(part);
    Ok(FocalPoint {
        x: thousandths(x, width),
        y: thousandths(y, height),
    })
}

/// A part of a map.
#[derive(Clone, Copy)]
struct Part {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// What each pixel tells.
struct Map {
    width: u32,
    height: u32,
    tells: Vec<f32>,
    /// Sums of all above and to the left, with an edge of zeros.
    sums: Vec<f64>,
}

impl Map {
    fn of(pixels: &Pixels) -> Self {
        let (width, height) = (pixels.width, pixels.height);
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let tells: Vec<f32> = places.map(|(x, y)| tells(pixels, x, y)).collect();
        let across = width as usize + 1;
        let mut sums = vec![0.0; across * (height as usize + 1)];
        for (row, line) in tells.chunks_exact(width.max(1) as usize).enumerate() {
            let mut sum = 0.0;
            for (column, value) in line.iter().enumerate() {
                sum += f64::from(*value);
                let at = (row + 1) * across + column + 1;
                sums[at] = sums[at - across] + sum;
            }
        }
        Self {
            width,
            height,
            tells,
            sums,
        }
    }

    fn sum(&self, part: Part) -> f64 {
        let at = |x: u32, y: u32| self.sums[y as usize * (self.width as usize + 1) + x as usize];
        let (right, bottom) = (part.x + part.width, part.y + part.height);
        at(right, bottom) + at(part.x, part.y) - at(right, part.y) - at(part.x, bottom)
    }

    /// What a pixel of the part tells on average.
    fn mean(&self, part: Part) -> f64 {
        self.sum(part) / (f64::from(part.width) * f64::from(part.height)).max(1.0)
    }

    /// The part that tells most; of those that tell the same, the one nearest to the middle.
    fn most_telling(&self) -> Part {
        let edge = self.width.max(self.height).div_ceil(PART);
        let (width, height) = (edge.min(self.width), edge.min(self.height));
        let (right, bottom) = (self.width - width, self.height - height);
        let mut best = Part {
            x: right / 2,
            y: bottom / 2,
            width,
            height,
        };
        let (mut most, mut least_far) = (self.sum(best), 0);
        for (x, y) in (0..=bottom).flat_map(|y| (0..=right).map(move |x| (x, y))) {
            let part = Part {
                x,
                y,
                width,
                height,
            };
            let sum = self.sum(part);
            let far = x.abs_diff(right / 2).pow(2) + y.abs_diff(bottom / 2).pow(2);
            let is_same = (sum - most).abs() <= most * 1e-6;
            if (is_same && far < least_far) || (!is_same && sum > most) {
                (best, most, least_far) = (part, sum, far);
            }
        }
        best
    }

    /// The middle of what is told in a part.
    fn center(&self, part: Part) -> (f64, f64) {
        let (mut across, mut down, mut sum) = (0.0, 0.0, 0.0);
        for y in part.y..part.y + part.height {
            for x in part.x..part.x + part.width {
                let value = f64::from(self.tells[(y * self.width + x) as usize]);
                across += (f64::from(x) + 0.5) * value;
                down += (f64::from(y) + 0.5) * value;
                sum += value;
            }
        }
        (across / sum, down / sum)
    }
}

/// What one pixel tells.
fn tells(pixels: &Pixels, x: u32, y: u32) -> f32 {
    let at = |x: u32, y: u32| {
        let x = x.min(pixels.width - 1);
        let y = y.min(pixels.height - 1);
        rgb(pixels, x, y)
    };
    let Some(color) = at(x, y) else {
        return 0.0;
    };
    // What is transparent next to it is an edge of the subject.
    let light = |x, y| at(x, y).map_or(0.5, luma);
    let around = light(x.saturating_sub(1), y)
        + light(x + 1, y)
        + light(x, y.saturating_sub(1))
        + light(x, y + 1);
    let detail = (luma(color) * 4.0 - around).abs().min(1.0);
    let (skin, strong) = (skin(color), strength(color));
    detail * DETAIL + skin * (detail + 0.01) * SKIN + strong * (detail + 0.2) * COLOR
}

/// The color of a pixel, each part from 0 to 1; nothing where it is transparent.
fn rgb(pixels: &Pixels, x: u32, y: u32) -> Option<[f32; 3]> {
    let channels = pixels.channels();
    let at = (y as usize * pixels.width as usize + x as usize) * channels;
    let pixel = &pixels.data[at..at + channels];
    let is_seen = pixel.get(3).is_none_or(|alpha| *alpha >= 128);
    is_seen.then(|| [pixel[0], pixel[1], pixel[2]].map(|part| f32::from(part) / 255.0))
}

fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// How near a color is to that of skin, in the light that skin is seen in.
fn skin(color: [f32; 3]) -> f32 {
    let long = color.iter().map(|part| part * part).sum::<f32>().sqrt();
    let long_tone = SKIN_TONE.iter().map(|part| part * part).sum::<f32>().sqrt();
    if long < 0.01 || !(0.2..=1.0).contains(&luma(color)) {
        return 0.0;
    }
    let off = color.iter().zip(SKIN_TONE);
    let off = off.map(|(part, tone)| (part / long - tone / long_tone).powi(2));
    let near = 1.0 - off.sum::<f32>().sqrt();
    ((near - 0.8) / 0.2).max(0.0)
}

/// How strong a color is, from 0 to 1; gray, black and white are not.
fn strength(color: [f32; 3]) -> f32 {
    let most = color.iter().copied().fold(0.0, f32::max);
    let least = color.iter().copied().fold(1.0, f32::min);
    ((most - least - 0.4) / 0.6).max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of an edge, from 0 to 1000"
)]
fn thousandths(at: f64, of: u32) -> u16 {
    (at * 1_000.0 / f64::from(of.max(1)))
        .round()
        .clamp(0.0, 1_000.0) as u16
}

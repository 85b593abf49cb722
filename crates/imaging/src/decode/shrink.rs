//! Rows in, a smaller picture out: means over squares of pixels, so that a decoder that gives
//! row after row never holds the whole picture.

use crate::{Budget, Pixels, Result};

/// The largest square: its sums of premultiplied samples just fit 32 bits.
const MAX_FACTOR: u32 = 256;

/// Averages squares of pixels while rows arrive.
pub(super) struct Shrinker {
    width: u32,
    factor: usize,
    last: usize,
    alpha: bool,
    sums: Vec<[u32; 4]>,
    rows: usize,
    out: Vec<u8>,
    out_height: u32,
}

impl Shrinker {
    /// A shrinker whose result has at least twice the wanted edge, or the picture's own size.
    pub(super) fn new(
        width: u32,
        height: u32,
        alpha: bool,
        wanted: u32,
        budget: &Budget,
    ) -> Result<Self> {
        let factor = (width.max(height) / wanted.saturating_mul(2).max(1)).clamp(1, MAX_FACTOR);
        let out_width = width.div_ceil(factor);
        let out_height = height.div_ceil(factor);
        budget.check_memory(out_width, out_height, if alpha { 4 } else { 3 })?;
        let channels = if alpha { 4 } else { 3 };
        let size = out_width as usize * out_height as usize * channels;
        Ok(Self {
            width: out_width,
            factor: factor as usize,
            last: (width - (out_width - 1) * factor) as usize,
            alpha,
            sums: vec![[0; 4]; if factor == 1 { 0 } else { out_width as usize }],
            rows: 0,
            // No growing by doubling: the memory is the budget's to the byte.
            out: Vec::with_capacity(size),
            out_height: 0,
        })
    }

    /// Takes one row, RGBA with alpha and RGB without.
    pub(super) fn push(&mut self, row: &[u8]) {
        if self.factor == 1 {
            self.out.extend_from_slice(row);
            self.out_height += 1;
            return;
        }
        let channels = if self.alpha { 4 } else { 3 };
        for (sum, square) in self.sums.iter_mut().zip(row.chunks(channels * self.factor)) {
            if self.alpha {
                add_alpha(sum, square);
            } else {
                add(sum, square);
            }
        }
        self.rows += 1;
        if self.rows == self.factor {
            self.flush();
        }
    }

    /// Writes the means of the rows so far.
    fn flush(&mut self) {
        let last = self.sums.len() - 1;
        for (index, sum) in self.sums.iter_mut().enumerate() {
            let [r, g, b, weight] = std::mem::take(sum);
            if self.alpha {
                let across = if index == last {
                    self.last
                } else {
                    self.factor
                };
                let count = u32::try_from(self.rows * across).unwrap_or(u32::MAX);
                let mean = |sum: u32| byte((sum + weight / 2).checked_div(weight).unwrap_or(0));
                self.out
                    .extend([mean(r), mean(g), mean(b), byte(weight / count)]);
            } else {
                let mean = |sum: u32| byte((sum + weight / 2) / weight.max(1));
                self.out.extend([mean(r), mean(g), mean(b)]);
            }
        }
        self.rows = 0;
        self.out_height += 1;
    }

    /// The picture.
    pub(super) fn finish(mut self) -> Pixels {
        if self.rows > 0 {
            self.flush();
        }
        Pixels {
            width: self.width,
            height: self.out_height,
            alpha: self.alpha,
            data: self.out,
        }
    }
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(255)
}

fn add(sum: &mut [u32; 4], square: &[u8]) {
    for pixel in square.chunks_exact(3) {
        for channel in 0..3 {
            sum[channel] += u32::from(pixel[channel]);
        }
        sum[3] += 1;
    }
}

fn add_alpha(sum: &mut [u32; 4], square: &[u8]) {
    for pixel in square.chunks_exact(4) {
        let alpha = u32::from(pixel[3]);
        for channel in 0..3 {
            sum[channel] += u32::from(pixel[channel]) * alpha;
        }
        sum[3] += alpha;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_become_their_mean_and_edges_keep_theirs() {
        let mut shrinker = Shrinker::new(5, 3, false, 1, &Budget::default()).expect("small");
        assert_eq!(shrinker.factor, 2);
        for row in 0..3_u8 {
            shrinker.push(&[row * 10; 15]);
        }
        let pixels = shrinker.finish();
        assert_eq!((pixels.width, pixels.height), (3, 2));
        assert_eq!(pixels.at(0, 0), [5, 5, 5]);
        assert_eq!(pixels.at(2, 1), [20, 20, 20]);
    }

    #[test]
    fn transparent_pixels_lend_no_color() {
        let mut shrinker = Shrinker::new(4, 2, true, 1, &Budget::default()).expect("small");
        for _ in 0..2 {
            shrinker.push(&[255, 0, 0, 255, 0, 255, 0, 0, 1, 2, 3, 0, 1, 2, 3, 0]);
        }
        let pixels = shrinker.finish();
        assert_eq!(pixels.at(0, 0), [255, 0, 0, 127]);
        assert_eq!(pixels.at(1, 0), [0, 0, 0, 0]);
    }
}

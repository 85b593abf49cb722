//! AVIF by rav1e: eight bits, full range, color at half the resolution of light, as in WebP.
//!
//! A crate of its own, because the encoder is generic: whatever calls it compiles it anew.

mod planes;

use avif_serialize::{Aviffy, constants};
use rav1e::prelude::{
    ChromaSampling, ColorDescription, ColorPrimaries, Config, Context, EncoderConfig,
    EncoderStatus, MatrixCoefficients, PixelRange, TransferCharacteristics,
};

/// From 0, small, to 10, fast: docs/benchmarks.md weighs them.
const SPEED: u8 = 9;
/// The longest edge that is encoded.
const MAX_EDGE: u32 = 16_383;
/// How well transparency is kept: edges show what is lost of it.
const ALPHA_QUALITY: u8 = 80;

/// A picture: rows of three bytes a pixel, or of four where it is transparent; sRGB, straight alpha.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    pub width: u32,
    pub height: u32,
    pub alpha: bool,
    pub data: &'a [u8],
}

impl Picture<'_> {
    fn channels(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }

    /// Whether there is as much of it as it says, and no more than is encoded.
    fn is_whole(&self) -> bool {
        let pixels = self.width as usize * self.height as usize;
        let edges = [self.width, self.height];
        edges.iter().all(|edge| (1..=MAX_EDGE).contains(edge))
            && self.data.len() == pixels * self.channels()
    }
}

/// The picture as AVIF of a quality from 0 to 100; nothing for an edge of no or of more than
/// 16 383 pixels, or where the bytes are not as many as the picture has.
pub fn encode(picture: &Picture<'_>, quality: u8) -> Option<Vec<u8>> {
    if !picture.is_whole() {
        return None;
    }
    let color = frame(picture, ChromaSampling::Cs420, quality)?;
    let alpha = if picture.alpha {
        Some(frame(picture, ChromaSampling::Cs400, ALPHA_QUALITY)?)
    } else {
        None
    };
    let mut file = Aviffy::new();
    // As the stream says of itself: color at half resolution is the main profile.
    file.set_seq_profile(0)
        .matrix_coefficients(constants::MatrixCoefficients::Bt601)
        .set_chroma_subsampling((true, true));
    Some(file.to_vec(&color, alpha.as_deref(), picture.width, picture.height, 8))
}

/// The colors as one frame of AV1; the transparency, where no color is sampled.
fn frame(picture: &Picture<'_>, sampling: ChromaSampling, quality: u8) -> Option<Vec<u8>> {
    // The decoder that it runs in may not start threads.
    let config = Config::new()
        .with_encoder_config(settings(picture, sampling, quality))
        .with_threads(1);
    let mut encoder: Context<u8> = config.new_context().ok()?;
    let mut frame = encoder.new_frame();
    if sampling == ChromaSampling::Cs400 {
        planes::write_transparency(picture, &mut frame.planes[0]);
    } else {
        planes::write_colors(picture, &mut frame.planes);
    }
    encoder.send_frame(frame).ok()?;
    encoder.flush();
    let mut bytes = Vec::new();
    loop {
        match encoder.receive_packet() {
            Ok(packet) => bytes.extend(packet.data),
            Err(EncoderStatus::Encoded) => {}
            Err(EncoderStatus::LimitReached) => return Some(bytes),
            Err(_) => return None,
        }
    }
}

fn settings(picture: &Picture<'_>, sampling: ChromaSampling, quality: u8) -> EncoderConfig {
    let quantizer = 255 * (100 - quality.min(100) as usize) / 100;
    let mut config = EncoderConfig::with_speed_preset(SPEED);
    config.width = picture.width as usize;
    config.height = picture.height as usize;
    config.bit_depth = 8;
    config.chroma_sampling = sampling;
    config.pixel_range = PixelRange::Full;
    config.color_description = (sampling != ChromaSampling::Cs400).then_some(ColorDescription {
        color_primaries: ColorPrimaries::BT709,
        transfer_characteristics: TransferCharacteristics::SRGB,
        matrix_coefficients: MatrixCoefficients::BT601,
    });
    config.still_picture = true;
    config.quantizer = quantizer;
    config.min_quantizer = u8::try_from(quantizer).unwrap_or(u8::MAX);
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: [u8; 3] = [200, 20, 20];

    fn red(width: u32, height: u32, quality: u8) -> Option<Vec<u8>> {
        let data = RED.repeat(width as usize * height as usize);
        let picture = Picture {
            width,
            height,
            alpha: false,
            data: &data,
        };
        encode(&picture, quality)
    }

    #[test]
    fn odd_and_tiny_edges_are_encoded() {
        for (width, height) in [(1, 1), (1, 9), (17, 3), (64, 33)] {
            let file = red(width, height, 60).expect("a file");
            assert_eq!(&file[4..12], b"ftypavif", "{width} × {height}");
        }
    }

    #[test]
    fn the_file_says_of_its_stream_what_the_stream_says() {
        let file = red(64, 33, 60).expect("a file");
        let found = file.windows(4).position(|four| four == b"av1C");
        let config = &file[found.expect("a configuration") + 4..];
        let bits =
            |byte: u8, from: u32, count: u32| (byte >> (8 - from - count)) & ((1 << count) - 1);

        // Marker and version, then profile and level, then tier, depth, and how color is sampled.
        assert_eq!(config[0], 0x81);
        assert_eq!(bits(config[1], 0, 3), 0, "the main profile");
        assert_eq!(bits(config[2], 1, 3), 0, "eight bits, in color");
        assert_eq!(bits(config[2], 4, 2), 0b11, "half of it across and down");
    }

    #[test]
    fn what_is_no_whole_picture_is_not_encoded() {
        assert_eq!(red(0, 4, 60), None);
        assert_eq!(red(MAX_EDGE + 1, 1, 60), None);
        let short = Picture {
            width: 2,
            height: 2,
            alpha: true,
            data: &[0; 12],
        };
        assert_eq!(encode(&short, 60), None);
    }
}

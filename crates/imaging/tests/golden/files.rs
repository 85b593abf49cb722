//! Pictures of four quarters, written here in every form that files have.

use std::io::Write as _;

use flate2::{Compression, Crc, write::ZlibEncoder};
use mozjpeg::{ColorSpace, Compress, Marker};
use png::{BitDepth, ColorType, Encoder};

/// Pixels across of the stored picture.
pub const WIDTH: u32 = 64;
/// Pixels down of the stored picture.
pub const HEIGHT: u32 = 48;

/// Samples of all pixels: each quarter has those of its color, in the order of reading.
pub fn quarters(colors: [&[u8]; 4]) -> Vec<u8> {
    let at = |x: u32, y: u32| usize::from(y >= HEIGHT / 2) * 2 + usize::from(x >= WIDTH / 2);
    (0..HEIGHT)
        .flat_map(|y| (0..WIDTH).map(move |x| at(x, y)))
        .flat_map(|quarter| colors[quarter].to_vec())
        .collect()
}

/// The quarters in the places that each EXIF orientation stores them in: for a picture that is
/// seen as 0 1 over 2 3, what lies first in the file.
pub const STORED: [[usize; 4]; 8] = [
    [0, 1, 2, 3],
    [1, 0, 3, 2],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [0, 2, 1, 3],
    [1, 3, 0, 2],
    [3, 1, 2, 0],
    [2, 0, 3, 1],
];

/// What EXIF says of an orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(orientation);
    tiff.extend([0; 6]);
    tiff
}

/// How a JPEG is written.
pub struct Jpeg<'a> {
    pub given: ColorSpace,
    pub kept: ColorSpace,
    pub progressive: bool,
    pub orientation: u8,
    pub icc: &'a [u8],
}

impl Default for Jpeg<'_> {
    fn default() -> Self {
        Self {
            given: ColorSpace::JCS_RGB,
            kept: ColorSpace::JCS_YCbCr,
            progressive: false,
            orientation: 1,
            icc: &[],
        }
    }
}

/// A JPEG of the best quality.
pub fn jpeg(samples: &[u8], how: &Jpeg<'_>) -> Vec<u8> {
    let mut compress = Compress::new(how.given);
    compress.set_size(WIDTH as usize, HEIGHT as usize);
    compress.set_color_space(how.kept);
    compress.set_quality(98.0);
    if how.progressive {
        compress.set_progressive_mode();
    }
    let mut started = compress.start_compress(Vec::new()).expect("starts");
    if how.orientation != 1 {
        let told = [b"Exif\0\0".as_slice(), &exif(how.orientation)].concat();
        started.write_marker(Marker::APP(1), &told);
    }
    if !how.icc.is_empty() {
        started.write_icc_profile(how.icc);
    }
    started.write_scanlines(samples).expect("lines");
    started.finish().expect("ends")
}

/// A PNG with chunks before its pixels.
pub fn png(
    samples: &[u8],
    color: ColorType,
    depth: BitDepth,
    chunks: &[([u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(color);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().expect("starts");
    for (name, data) in chunks {
        writer
            .write_chunk(png::chunk::ChunkType(*name), data)
            .expect("a chunk");
    }
    writer.write_image_data(samples).expect("pixels");
    writer.finish().expect("ends");
    bytes
}

/// The chunk that says how a PNG is turned.
pub fn turned(orientation: u8) -> ([u8; 4], Vec<u8>) {
    (*b"eXIf", exif(orientation))
}

/// The chunk that says how the colors of a PNG are meant.
pub fn profiled(icc: &[u8]) -> ([u8; 4], Vec<u8>) {
    (*b"iCCP", [b"p\0\0".as_slice(), &zlib(icc)].concat())
}

/// Sixteen bits for each sample of eight, as near as may be.
pub fn deep(samples: &[u8]) -> Vec<u8> {
    samples.iter().flat_map(|sample| [*sample; 2]).collect()
}

/// A PNG that comes in the seven passes of Adam7.
pub fn interlaced(samples: &[u8], color: ColorType, depth: BitDepth) -> Vec<u8> {
    const PASSES: [[u32; 4]; 7] = [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
    ];
    let stride = samples.len() / (WIDTH * HEIGHT) as usize;
    let mut data = Vec::new();
    for [left, top, across, down] in PASSES {
        for y in (top..HEIGHT).step_by(down as usize) {
            data.push(0);
            for x in (left..WIDTH).step_by(across as usize) {
                let at = (y * WIDTH + x) as usize * stride;
                data.extend_from_slice(&samples[at..at + stride]);
            }
        }
    }
    let mut header = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    header.extend([depth as u8, color as u8, 0, 0, 1]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", header), (b"IDAT", zlib(&data)), (b"IEND", vec![])] {
        let mut sum = Crc::new();
        sum.update(name);
        sum.update(&body);
        bytes.extend(u32::try_from(body.len()).expect("short").to_be_bytes());
        bytes.extend_from_slice(name);
        bytes.extend_from_slice(&body);
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}

/// A lossless WebP that says how it is turned.
pub fn webp(pixels: &imaging::Pixels, orientation: u8) -> Vec<u8> {
    let plain = imaging::encode::lossless_webp(pixels).expect("a file");
    let edge = |edge: u32| (edge - 1).to_le_bytes()[..3].to_vec();
    let extended = [vec![8, 0, 0, 0], edge(pixels.width), edge(pixels.height)].concat();
    let told = exif(orientation);
    let mut body = b"WEBP".to_vec();
    for (name, data) in [(b"VP8X", &extended), (b"EXIF", &told)] {
        if name == b"EXIF" {
            body.extend_from_slice(&plain[12..]);
        }
        body.extend_from_slice(name);
        body.extend(u32::try_from(data.len()).expect("short").to_le_bytes());
        body.extend_from_slice(data);
    }
    let size = u32::try_from(body.len()).expect("short").to_le_bytes();
    [b"RIFF".as_slice(), &size, &body].concat()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

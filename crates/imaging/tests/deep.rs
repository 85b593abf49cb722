//! PNG of sixteen bits a channel.

use std::io::Cursor;

use imaging::{Budget, Format, Made, Recipe, transform};
use model::{Edit, Turn, placement::Region};

fn made(bytes: &[u8], recipe: Recipe) -> Made {
    transform(&mut Cursor::new(bytes), &Budget::default(), &recipe).expect("a picture")
}

#[test]
fn a_png_of_sixteen_bits_keeps_them_when_it_is_cropped_and_turned() {
    let sample = |x: u32, y: u32, channel: u32| {
        u16::try_from(x * 4_001 + y * 977 + channel * 13 + 3).expect("a sample")
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 12, 8);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Sixteen);
    let all = (0..8).flat_map(|y| (0..12).flat_map(move |x| (0..3).map(move |c| (x, y, c))));
    let data: Vec<u8> = all
        .flat_map(|(x, y, c)| sample(x, y, c).to_be_bytes())
        .collect();
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&data).expect("a picture");
    writer.finish().expect("a file");
    let edit = Edit {
        region: Some(Region {
            x: 1,
            y: 2,
            width: 5,
            height: 6,
        }),
        turn: Turn::Quarter,
        ..Edit::default()
    };

    let whole = made(&bytes, Recipe::of(edit));
    let (found, depth) = deep_samples(&whole.bytes);
    assert_eq!((whole.format, depth), (Format::Png, png::BitDepth::Sixteen));
    // A quarter clockwise: what was below comes to the left.
    let turned = (2..8).flat_map(|y| (1..6).map(move |x| (y, 7 - x)));
    let expected: Vec<u16> = turned
        .flat_map(|(x, y)| (0..3).map(move |c| sample(x, y, c)))
        .collect();
    assert_eq!(found, expected);

    // Mixed, or too many bytes: the nearest eight.
    let small = Recipe {
        max_bytes: Some(60),
        ..Recipe::of(edit)
    };
    let level = Edit {
        straighten: 100,
        region: None,
        ..edit
    };
    for recipe in [small, Recipe::of(level)] {
        let (_, depth) = deep_samples(&made(&bytes, recipe).bytes);
        assert_eq!(depth, png::BitDepth::Eight);
    }
}

/// The samples of a picture, and how many bits each has.
fn deep_samples(bytes: &[u8]) -> (Vec<u16>, png::BitDepth) {
    let mut reader = png::Decoder::new(Cursor::new(bytes))
        .read_info()
        .expect("a picture");
    let mut data = vec![0; reader.output_buffer_size().expect("a size")];
    let found = reader.next_frame(&mut data).expect("pixels");
    let pairs = data.chunks_exact(2);
    let samples = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    (samples.collect(), found.bit_depth)
}

//! Animated GIF: its colors, and frames beyond its canvas.

use imaging::Recipe;
use model::Edit;

use super::{BLUE, CLEAR, Edges, RED, made, screen::Film};

/// Delays and edges of every picture as it is seen, and how often they are shown again.
pub fn gif_frames(bytes: &[u8]) -> (gif::Repeat, Vec<(u16, Edges)>) {
    let film = Film::read(bytes);
    let edges = film.pictures.iter().map(|seen| {
        (
            seen.delay,
            [0, film.across - 1].map(|x| seen.colors[3 * film.across + x]),
        )
    });
    (film.repeat, edges.collect())
}

#[test]
fn a_gif_of_all_its_colors_keeps_every_one_of_them() {
    let palette: Vec<u8> = (0..=255_u8)
        .flat_map(|step| [step, 255 - step, step / 2])
        .collect();
    let mut encoder = gif::Encoder::new(Vec::new(), 16, 16, &palette).expect("a film");
    let pictures: [Vec<u8>; 2] = [(0..=255).collect(), (0..=255).rev().collect()];
    for picture in &pictures {
        let mut buffer = picture.clone();
        // One pixel stays as it was.
        buffer[0] = 0;
        let frame = gif::Frame {
            width: 16,
            height: 16,
            delay: 10,
            buffer: buffer.into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).expect("a frame");
    }
    let film = encoder.into_inner().expect("a file");

    let same = made(&film, Recipe::of(Edit::default()));

    let seen = |bytes| Film::read(bytes).pictures;
    assert!(seen(&film) == seen(&same.bytes), "a color moved");
}

#[test]
fn a_frame_far_larger_than_its_canvas_costs_no_more_than_the_canvas() {
    let mut encoder =
        gif::Encoder::new(Vec::new(), 10, 10, &[255, 0, 0, 0, 0, 255]).expect("a film");
    for (edge, index) in [(10, 0), (3_000, 1)] {
        let frame = gif::Frame {
            width: edge,
            height: edge,
            left: 5,
            buffer: vec![index; usize::from(edge) * usize::from(edge)].into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).expect("a frame");
    }
    let film = encoder.into_inner().expect("a file");

    let same = made(&film, Recipe::of(Edit::default()));

    assert_eq!((same.size.width, same.frames), (10, 2));
    let (_, frames) = gif_frames(&same.bytes);
    assert_eq!(frames[0].1, [CLEAR, RED]);
    assert_eq!(frames[1].1, [CLEAR, BLUE]);
}

//! Pages of PDF files as pictures, and files that mean no good.

use std::{fmt::Write as _, io::Cursor};

use imaging::{Budget, Error, ThumbSpec, preview, render, render_page};
use model::{RenditionFormat, preview::Content};

const SPEC: ThumbSpec = ThumbSpec {
    max_edge: 200,
    format: RenditionFormat::Webp,
    quality: 78,
};

/// A PDF of so many pages of a size, each with a black square in its lower left quarter.
fn pdf(pages: usize, (width, height): (f64, f64), more: &str) -> Vec<u8> {
    let draw = format!("0 0 {} {} re f", width / 2.0, height / 2.0);
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{more}>>"),
        format!(
            "<</Type/Pages/Count {pages}/MediaBox[0 0 {width} {height}]/Kids[{}]>>",
            "4 0 R ".repeat(pages.min(1))
                + &(1..pages).fold(String::new(), |mut kids, page| {
                    let _ = write!(kids, "{} 0 R ", page + 4);
                    kids
                })
        ),
        format!("<</Length {}>>stream\n{draw}\nendstream", draw.len()),
    ];
    objects.extend((0..pages).map(|_| "<</Type/Page/Parent 2 0 R/Contents 3 0 R>>".to_owned()));
    written(&objects)
}

fn written(objects: &[String]) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", text.len());
        let _ = writeln!(text, "{} 0 obj{object}endobj", number + 1);
    }
    let (count, start) = (objects.len() + 1, text.len());
    let _ = write!(
        text,
        "xref\n0 {count}\n0000000000 65535 f \n{places}\
         trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    );
    text.into_bytes()
}

fn drawn(bytes: Vec<u8>, page: u32) -> imaging::Result<(u32, u32)> {
    let picture = render_page(&mut Cursor::new(bytes), &Budget::default(), page, SPEC)?;
    Ok((picture.width, picture.height))
}

fn content(bytes: Vec<u8>) -> Content {
    preview::read(&mut Cursor::new(bytes), &Budget::default()).expect("content")
}

#[test]
fn the_first_page_is_the_rendition_upright_and_on_white() {
    let picture = render(
        &mut Cursor::new(pdf(3, (300.0, 600.0), "")),
        &Budget::default(),
        SPEC,
    )
    .expect("a picture");

    assert_eq!((picture.width, picture.height), (100, 200));
    let decoded = imaging::decode::decode(
        &picture.bytes,
        imaging::Format::Webp,
        200,
        &Budget::default(),
    );
    let pixels = decoded.expect("a WebP").pixels.expect("pixels");
    assert!(
        pixels.at(80, 20)[..3].iter().all(|c| *c > 250),
        "white above"
    );
    assert!(
        pixels.at(20, 180)[..3].iter().all(|c| *c < 5),
        "black below"
    );
}

#[test]
fn every_page_is_drawn_and_none_that_is_not_there() {
    let bytes = pdf(3, (100.0, 100.0), "");

    assert_eq!(drawn(bytes.clone(), 3), Ok((200, 200)));
    for page in [0, 4, u32::MAX] {
        let error = drawn(bytes.clone(), page).expect_err("no such page");
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    }
    assert!(matches!(content(bytes), Content::Pages(pages) if pages.total == 3));
}

#[test]
fn a_page_of_any_size_makes_a_picture_as_small_as_asked() {
    for size in [(1e9, 1.0), (1.0, 1e9), (14_400.0, 14_400.0), (0.001, 0.001)] {
        let (width, height) = drawn(pdf(1, size, ""), 1).expect("a picture");
        assert!((1..=200).contains(&width) && (1..=200).contains(&height));
    }
}

#[test]
fn what_would_run_does_not_and_the_page_is_there() {
    let script = "/OpenAction<</S/JavaScript/JS(while(true){})>>";

    assert_eq!(drawn(pdf(1, (10.0, 10.0), script), 1), Ok((200, 200)));
}

#[test]
fn what_is_cut_off_or_refers_to_itself_ends() {
    let whole = pdf(2, (50.0, 50.0), "");
    for end in (0..whole.len()).step_by(7) {
        let _ = drawn(whole[..end].to_vec(), 1);
    }
    let round = written(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>".to_owned(),
    ]);
    assert!(drawn(round, 1).is_err());
}

#[test]
fn a_million_pages_are_counted_or_refused() {
    // Whether the reader follows the same page again or not, the answer comes.
    let kids = "3 0 R ".repeat(1_000_000);
    let bytes = written(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count 1000000/MediaBox[0 0 9 9]/Kids[{kids}]>>"),
        "<</Type/Page/Parent 2 0 R>>".to_owned(),
    ]);

    assert_eq!(drawn(bytes.clone(), 1), Ok((200, 200)));
    assert!(matches!(content(bytes), Content::Pages(pages) if pages.total >= 1));
}

#[test]
fn where_there_is_little_room_somebody_with_more_is_asked() {
    let little = Budget {
        max_memory: 56 << 20,
        ..Budget::default()
    };

    let drawn = render(&mut Cursor::new(pdf(1, (9.0, 9.0), "")), &little, SPEC);

    assert!(matches!(drawn, Err(Error::TooHeavy { .. })));
}

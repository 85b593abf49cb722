//! First pictures of what is no picture itself, and pages of documents.

use std::{fmt::Write as _, ops::Range};

use futures::TryStreamExt as _;
use library::{
    Library,
    media::{Media, View},
};
use model::{AuditFilter, EventKind, Preset, ProblemCode, RenditionFormat, preview::Content};

use crate::support::{code, fresh_library, jpeg};

const THUMB: View = View::Rendition {
    preset: Preset::Thumb,
    format: RenditionFormat::Webp,
};

/// A page of a document, small.
const fn page(page: u32) -> View {
    View::Page {
        page,
        preset: Preset::Thumb,
        format: RenditionFormat::Webp,
    }
}

/// A PDF of so many pages; its readers find the objects without a table.
pub fn pdf(pages: u32) -> Vec<u8> {
    let kids = (0..pages).fold(String::new(), |mut kids, page| {
        let _ = write!(kids, "{} 0 R ", page + 4);
        kids
    });
    let mut text = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Count {pages}/MediaBox[0 0 210 297]/Kids[{kids}]>>endobj\n\
         3 0 obj<</Length 16>>stream\n0 0 99 99 re f  \nendstream endobj\n"
    );
    for page in 0..pages {
        let _ = writeln!(
            text,
            "{} 0 obj<</Type/Page/Parent 2 0 R/Contents 3 0 R>>endobj",
            page + 4
        );
    }
    text.push_str("trailer<</Root 1 0 R>>\n%%EOF");
    text.into_bytes()
}

async fn bytes(library: &Library, media: &Media) -> Vec<u8> {
    let whole: Range<u64> = 0..media.size;
    let pieces: Vec<_> = library
        .stream_media(media, whole)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat()
}

#[tokio::test]
async fn the_first_page_of_a_document_is_its_picture() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let letter = library.upload(&anna, "letter.pdf", &pdf(3)).await;
    assert!(!letter.has_renditions);

    library.run_due_jobs().await.unwrap();

    let letter = library.get_asset(&anna, letter.id).await.unwrap();
    assert!(letter.has_renditions && !letter.can_be_cropped());
    let thumb = library.open_media(&anna, letter.id, THUMB).await.unwrap();
    assert!(bytes(&library, &thumb).await.starts_with(b"RIFF"));
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!(usage.used, letter.size, "pictures are outside the quota");
}

#[tokio::test]
async fn the_same_document_once_more_has_its_picture_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "letter.pdf", &pdf(1)).await;
    library.run_due_jobs().await.unwrap();

    let again = library.upload(&anna, "again.pdf", &pdf(1)).await;

    assert!(again.has_renditions);
}

#[tokio::test]
async fn whoever_has_the_library_open_hears_of_the_picture() {
    let library = fresh_library().await;
    let anna = library.administrator("anna").await;
    let letter = library.upload(&anna, "letter.pdf", &pdf(1)).await;
    library.run_due_jobs().await.unwrap();

    let filter = AuditFilter {
        kind: Some(EventKind::AssetPictured),
        ..AuditFilter::default()
    };
    let lines = library
        .list_audit(&anna, &filter, None, model::Limit::default())
        .await
        .unwrap();
    let subjects: Vec<_> = lines
        .items
        .iter()
        .map(|line| line.subject.clone())
        .collect();
    assert_eq!(subjects, [Some(letter.id.to_string())]);
}

#[tokio::test]
async fn pages_are_drawn_when_they_are_asked_for_and_count_as_files_of_nobody() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let letter = library.upload(&anna, "letter.pdf", &pdf(3)).await;

    for number in [1, 3, 3] {
        let media = library
            .open_media(&anna, letter.id, page(number))
            .await
            .unwrap();
        let picture = bytes(&library, &media).await;
        assert!(picture.starts_with(b"RIFF") && picture.len() as u64 == media.size);
        assert_eq!(media.mime.as_str(), "image/webp");
    }
    for number in [0, 4, u32::MAX] {
        let none = library.open_media(&anna, letter.id, page(number)).await;
        assert_eq!(code(none), ProblemCode::NotFound);
    }
    let preview = library.preview_asset(&anna, letter.id).await.unwrap();
    assert!(matches!(preview.content, Content::Pages(pages) if pages.total == 3));
    assert_eq!(library.usage(&anna).await.unwrap().used, letter.size);
}

#[tokio::test]
async fn what_has_no_pages_and_what_is_anothers_answer_alike() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let bea = library.stranger("bea").await;
    let photo = library.upload(&anna, "photo.jpg", &jpeg(1)).await;
    let letter = library.upload(&anna, "letter.pdf", &pdf(1)).await;

    let no_pages = library.open_media(&anna, photo.id, page(1)).await;
    let not_hers = library.open_media(&bea, letter.id, page(1)).await;

    assert_eq!(code(no_pages), ProblemCode::NotFound);
    assert_eq!(code(not_hers), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_document_that_cannot_be_drawn_keeps_its_icon_and_is_not_tried_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let broken = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>";
    let broken = library.upload(&anna, "broken.pdf", broken).await;

    library.run_due_jobs().await.unwrap();

    let now = library.get_asset(&anna, broken.id).await.unwrap();
    assert!(!now.has_renditions);
    let thumb = library.open_media(&anna, broken.id, THUMB).await;
    assert_eq!(code(thumb), ProblemCode::NotFound);
    let drawn = library.open_media(&anna, broken.id, page(1)).await;
    assert_eq!(code(drawn), ProblemCode::CorruptFile);
    let preview = library.preview_asset(&anna, broken.id).await.unwrap();
    assert_eq!(preview.content, Content::None);
    assert_eq!(library.run_due_jobs().await.unwrap(), 0);
}

#[tokio::test]
async fn a_document_that_is_locked_is_kept_with_its_icon() {
    const LOCKED: &[u8] = include_bytes!("../../../imaging/tests/fixtures/encrypted.pdf");
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let locked = library.upload(&anna, "locked.pdf", LOCKED).await;

    library.run_due_jobs().await.unwrap();

    let now = library.get_asset(&anna, locked.id).await.unwrap();
    assert!(!now.has_renditions);
    let drawn = library.open_media(&anna, locked.id, page(1)).await;
    assert_eq!(code(drawn), ProblemCode::NotFound);
    let preview = library.preview_asset(&anna, locked.id).await.unwrap();
    assert_eq!(preview.content, Content::None);
    assert_eq!(library.run_due_jobs().await.unwrap(), 0);
}

//! What documents say finds them, whatever program wrote them.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use model::HitField;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{found, search};
use crate::support::fresh_library;

/// A zip archive of these files, in this order.
fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in files {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An office file of today: what it is made of, and the part that has words.
fn office(part: &str, markup: &str) -> Vec<u8> {
    let types = "<Types/>".to_owned();
    archive(&[("[Content_Types].xml", types), (part, markup.to_owned())])
}

fn letter(words: &str) -> Vec<u8> {
    let markup = format!("<w:document><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:document>");
    office("word/document.xml", &markup)
}

fn table(words: &str) -> Vec<u8> {
    let markup = format!("<sst><si><t>{words}</t></si></sst>");
    office("xl/sharedStrings.xml", &markup)
}

fn slides(words: &str) -> Vec<u8> {
    let markup = format!("<p:sld><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:sld>");
    office("ppt/slides/slide1.xml", &markup)
}

fn rich_text(words: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi {words}\\par}}").into_bytes()
}

fn open_document(words: &str) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.text".to_owned();
    let markup = format!("<office:text><text:p>{words}</text:p></office:text>");
    archive(&[("mimetype", kind), ("content.xml", markup)])
}

/// A PDF of one page, with the table of its objects.
fn pdf(words: &str) -> Vec<u8> {
    let drawn = format!("BT /F1 12 Tf 20 200 Td ({words}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 210 297]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{drawn}\nendstream", drawn.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let (mut text, mut table) = ("%PDF-1.7\n".to_owned(), String::new());
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", text.len());
        let _ = writeln!(text, "{number} 0 obj{object}endobj");
    }
    let (start, count) = (text.len(), objects.len() + 1);
    let _ = write!(
        text,
        "xref\n0 {count}\n0000000000 65535 f \n{table}\
         trailer<</Root 1 0 R/Size {count}>>\nstartxref\n{start}\n%%EOF"
    );
    text.into_bytes()
}

#[tokio::test]
async fn words_in_documents_of_each_program_find_them() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let documents = [
        ("a.pdf", "harbor", pdf("We met at the harbor.")),
        ("b.docx", "lighthouse", letter("The old lighthouse")),
        ("c.xlsx", "anchor", table("Price of an anchor")),
        ("d.pptx", "regatta", slides("Our summer regatta")),
        ("e.odt", "gaivota", open_document("A gaivota dorme.")),
        ("f.rtf", "driftwood", rich_text("A piece of driftwood.")),
    ];
    for (name, word, document) in &documents {
        library.upload(&anna, name, document).await;
        assert_eq!(found(&library, &anna, word).await, [""; 0], "{name}");
    }

    library.run_due_jobs().await.unwrap();

    for (name, word, _) in &documents {
        let mut page = search(&library, &anna, word).await;
        assert_eq!(page.items.len(), 1, "{name}: {word}");
        let asset = page.items.remove(0);
        assert_eq!(asset.name.as_str(), *name);
        let hit = &asset.hits[0];
        assert_eq!(hit.field, HitField::Content, "{name}");
        assert!(
            hit.snippet
                .iter()
                .any(|span| span.is_match && span.text == *word)
        );
    }
}

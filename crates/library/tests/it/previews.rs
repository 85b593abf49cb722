//! What there is to see of files that are no pictures.

use std::io::Write as _;

use model::{Kind, ProblemCode, preview::Content};

use crate::support::{code, fresh_library, jpeg, meta, text};

/// A second of sound in WAV: a quarter of it soft, the rest loud.
fn wav() -> Vec<u8> {
    let rate = 8_000_u32;
    let samples = (0..rate).flat_map(|at| {
        let loud = if at < rate / 4 { 2_000 } else { 16_000 };
        let sample: i16 = if at % 2 == 0 { loud } else { -loud };
        sample.to_le_bytes()
    });
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * 2).to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend((rate * 2).to_le_bytes());
    bytes.extend(samples);
    let size = u32::try_from(bytes.len() - 8).expect("small");
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

#[tokio::test]
async fn sound_is_seen_loud_where_it_is_loud() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sound = library.upload(&anna, "note.wav", &wav()).await;

    // Whether a job has listened already or nobody has.
    for _ in 0..2 {
        let preview = library.preview_asset(&anna, sound.id).await.unwrap();

        assert_eq!(preview.codecs, ["pcm_s16le"]);
        let Content::Waveform(wave) = preview.content else {
            panic!("{preview:?}");
        };
        assert_eq!((wave.peaks.len(), wave.is_cut), (200, false));
        assert!((30..34).contains(&wave.peaks[10]), "{wave:?}");
        assert_eq!(wave.peaks[150], 255);
        library.run_due_jobs().await.unwrap();
    }
}

#[tokio::test]
async fn what_was_listened_to_once_is_not_listened_to_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sound = library.upload(&anna, "note.wav", &wav()).await;
    library.run_due_jobs().await.unwrap();

    library.lose_blobs().await;

    let preview = library.preview_asset(&anna, sound.id).await.unwrap();
    assert!(matches!(preview.content, Content::Waveform(_)));
}

#[tokio::test]
async fn sound_that_cannot_be_decoded_has_none_and_says_its_codec() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut amr = b"#!AMR\n".to_vec();
    amr.extend([[0x04; 13]; 50].as_flattened());
    let sound = library.upload(&anna, "voice.amr", &amr).await;

    let preview = library.preview_asset(&anna, sound.id).await.unwrap();

    assert_eq!(preview.content, Content::None);
    assert_eq!(preview.codecs, ["amrnb"]);
}

#[tokio::test]
async fn a_picture_has_pictures_instead_and_a_stranger_sees_nothing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let picture = library.upload(&anna, "photo.jpg", &jpeg(1)).await;
    let other = library.stranger("mallory").await;

    let preview = library.preview_asset(&anna, picture.id).await.unwrap();

    assert_eq!(preview.content, Content::None);
    let seen = library.preview_asset(&other, picture.id).await;
    assert_eq!(code(seen), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_contact_file_is_read_card_by_card() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL;TYPE=CELL:+55 11 4000\n\
                 PHOTO;VALUE=URI:http://127.0.0.1:9/a.jpg\nEND:VCARD\n\
                 BEGIN:VCARD\nVERSION:4.0\nFN:Bia\nEND:VCARD\n";
    let file = library.upload(&anna, "people.vcf", cards.as_bytes()).await;

    let preview = library.preview_asset(&anna, file.id).await.unwrap();

    let Content::Contacts(found) = preview.content else {
        panic!("{preview:?}");
    };
    let names: Vec<_> = found.cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!((names, found.total), (vec!["Ana", "Bia"], 2));
    assert_eq!(found.cards[0].lines[0].value, "+55 11 4000");
    assert!(found.cards[0].has_photo && found.cards[0].lines.len() == 1);
}

#[tokio::test]
async fn a_text_is_read_in_its_own_character_set_as_far_as_it_is_shown() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = library.upload(&anna, "a.txt", b"Ol\xe1, \x80 5").await;
    let long = library.upload(&anna, "b.csv", &text(1, 100_000)).await;

    let note = library.preview_asset(&anna, note.id).await.unwrap();
    let long = library.preview_asset(&anna, long.id).await.unwrap();

    let (Content::Text(note), Content::Text(long)) = (note.content, long.content) else {
        panic!("two texts");
    };
    assert_eq!(note.text, "Olá, € 5");
    assert_eq!(note.charset.as_deref(), Some("windows-1252"));
    assert!(!note.is_cut && long.is_cut && long.text.len() == 64 * 1024);
}

/// An archive with a folder, a file in it, and one that would lie far outside.
fn archive() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default();
    let options = options.compression_method(zip::CompressionMethod::Stored);
    zip.add_directory("photos/", options).expect("a folder");
    for name in ["photos/a.jpg", "../../etc/passwd"] {
        zip.start_file(name, options).expect("a file");
        zip.write_all(&[7; 1_234]).expect("bytes");
    }
    zip.finish().expect("an archive");
    bytes.into_inner()
}

/// 5.2.5 as well: what is never unpacked leads nowhere.
#[tokio::test]
async fn v5_3_3_an_archive_is_listed_and_never_unpacked() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let file = library.upload(&anna, "all.zip", &archive()).await;
    assert_eq!(
        (file.kind, file.mime.as_str()),
        (Kind::Document, "application/zip")
    );

    let preview = library.preview_asset(&anna, file.id).await.unwrap();

    let Content::Archive(list) = preview.content else {
        panic!("{preview:?}");
    };
    let listed: Vec<_> = list
        .entries
        .iter()
        .map(|entry| (entry.name.as_str(), entry.size.map(model::ByteSize::as_u64)))
        .collect();
    assert_eq!(
        listed,
        [
            ("photos/", None),
            ("photos/a.jpg", Some(1_234)),
            ("../../etc/passwd", Some(1_234)),
        ]
    );
    assert_eq!(
        (list.files, list.size.as_u64(), list.is_cut),
        (2, 2_468, false)
    );
}

#[tokio::test]
async fn an_archive_that_calls_itself_something_else_is_not_taken() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    for name in ["letter.docx", "photo.jpg", "app.apk"] {
        let refused = library.try_upload(&anna, meta(name), &archive()).await;
        assert_eq!(code(refused), ProblemCode::UnsupportedKind, "{name}");
    }
}

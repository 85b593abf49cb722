//! First pictures of films, taken by ffmpeg where the operator has it.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

use futures::TryStreamExt as _;
use library::{Library, media::View};
use model::{
    Asset, AssetFilter, AuditFilter, EventKind, Limit, Orientation, Preset, ProblemCode,
    RenditionFormat,
};
use tempfile::TempDir;

use crate::support::{TestLibrary, code, fresh_library, installed, library_with};

const THUMB: View = View::Rendition {
    preset: Preset::Thumb,
    format: RenditionFormat::Webp,
};

/// Where ffmpeg is on this machine; `scripts/setup test` installs it.
fn ffmpeg() -> PathBuf {
    installed("ffmpeg").expect("ffmpeg: scripts/setup test installs it")
}

async fn with_ffmpeg() -> TestLibrary {
    library_with(|config| config.ffmpeg = Some(ffmpeg())).await
}

/// A film of so many seconds in plain colors, one after the other, in a container by extension.
fn film(extension: &str, colors: &[(&str, u32)]) -> Vec<u8> {
    let folder = TempDir::with_prefix("satchel-film-").expect("a folder");
    let path = folder.path().join(format!("film.{extension}"));
    let mut made = Command::new(ffmpeg());
    made.args(["-nostdin", "-loglevel", "error"]);
    for (color, seconds) in colors {
        let source = format!("color={color}:size=96x54:rate=10:duration={seconds}");
        made.args(["-f", "lavfi", "-i", &source]);
    }
    let joined = format!("concat=n={}", colors.len());
    made.args(["-filter_complex", &joined, "-c:v", codec(extension)]);
    assert!(made.arg(&path).status().expect("ffmpeg").success());
    fs::read(path).expect("a film")
}

fn codec(extension: &str) -> &'static str {
    match extension {
        "webm" => "libvpx",
        _ => "mpeg4",
    }
}

/// A program that stands in for ffmpeg: a script, and the folder that it lies in.
fn stand_in(script: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::with_prefix("satchel-stand-in-").expect("a folder");
    let path = folder.path().join("ffmpeg");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
    (folder, path)
}

async fn bytes(library: &Library, actor: &library::Actor, asset: &Asset, view: View) -> Vec<u8> {
    let media = library.open_media(actor, asset.id, view).await.unwrap();
    let pieces: Vec<_> = library
        .stream_media(&media, 0..media.size)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat()
}

/// The main color of a film's picture, as the library tells it of pictures.
async fn color_of(library: &TestLibrary, actor: &library::Actor, film: &Asset) -> String {
    let picture = bytes(library, actor, film, THUMB).await;
    let picture = library.upload(actor, "thumb.webp", &picture).await;
    assert_eq!(
        (picture.width, picture.height),
        (film.width, film.height),
        "the proportions of the film"
    );
    picture.color.expect("a color")
}

/// Whether a color is mostly red.
fn is_red(color: &str) -> bool {
    let part = |at: usize| u8::from_str_radix(&color[at..at + 2], 16).expect("a color");
    part(1) > 150 && part(3) < 90 && part(5) < 90
}

/// Does what is due, and reads the asset again.
async fn after_work(library: &TestLibrary, actor: &library::Actor, asset: &Asset) -> Asset {
    library.run_due_jobs().await.unwrap();
    library.get_asset(actor, asset.id).await.unwrap()
}

/// The same film, a quarter turned by the matrix of its track, as telephones write it that are held
/// upright.
fn turned(mut film: Vec<u8>) -> Vec<u8> {
    let track = film.windows(4).position(|word| word == b"tkhd");
    // Version, moments, id, length, layer and volume stand before it.
    let at = track.expect("a track") + 44;
    let matrix: [u32; 9] = [0, 1 << 16, 0, !0 << 16, 0, 0, 54 << 16, 0, 1 << 30];
    film[at..at + 36].copy_from_slice(&matrix.map(u32::to_be_bytes).concat());
    film
}

#[tokio::test]
async fn a_film_of_a_telephone_is_seen_upright() {
    let library = with_ffmpeg().await;
    let anna = library.administrator("anna").await;
    let film = turned(film("mp4", &[("red", 2)]));
    let film = library.upload(&anna, "film.mp4", &film).await;
    let film = after_work(&library, &anna, &film).await;

    let picture = bytes(&library, &anna, &film, THUMB).await;
    let picture = library.upload(&anna, "thumb.webp", &picture).await;

    assert_eq!((picture.width, picture.height), (Some(54), Some(96)));
    // Its figures are those of its pixels as they are stored, and that they are turned is told.
    assert_eq!((film.width, film.height), (Some(96), Some(54)));
    assert!(
        library
            .preview_asset(&anna, film.id)
            .await
            .unwrap()
            .is_turned
    );
    for (orientation, count) in [(Orientation::Portrait, 2), (Orientation::Landscape, 0)] {
        let filter = AssetFilter {
            orientation: Some(orientation),
            ..AssetFilter::default()
        };
        let found = library.count_assets(&anna, &filter).await.unwrap();
        assert_eq!(found, count, "{orientation:?}: the film and its picture");
    }
}

#[tokio::test]
async fn a_film_shows_a_frame_from_behind_its_black_beginning() {
    let library = with_ffmpeg().await;
    let anna = library.administrator("anna").await;
    for extension in ["mp4", "mov", "mkv", "webm", "avi"] {
        let name = format!("film.{extension}");
        let film = film(extension, &[("black", 1), ("red", 4)]);
        let film = library.upload(&anna, &name, &film).await;
        assert!(!film.has_renditions, "an upload does not wait for it");

        let film = after_work(&library, &anna, &film).await;

        assert!(film.has_renditions && !film.can_be_cropped(), "{name}");
        let color = color_of(&library, &anna, &film).await;
        assert!(is_red(&color), "{name} shows {color}");
        let preview = View::Rendition {
            preset: Preset::Preview,
            format: RenditionFormat::Jpeg,
        };
        let preview = bytes(&library, &anna, &film, preview).await;
        assert!(preview.starts_with(b"\xff\xd8"), "for readers without WebP");
    }
    let filter = AuditFilter {
        kind: Some(EventKind::AssetPictured),
        ..AuditFilter::default()
    };
    let told = library
        .list_audit(&anna, &filter, None, Limit::default())
        .await
        .unwrap();
    assert_eq!(
        told.items.len(),
        5,
        "whoever has the library open hears of it"
    );
}

#[tokio::test]
async fn a_film_that_lies_about_its_length_shows_its_beginning() {
    let library = with_ffmpeg().await;
    let anna = library.agent("anna").await;
    let mut film = film("mp4", &[("red", 2)]);
    // Its header tells of seven weeks.
    for name in [b"mvhd", b"tkhd", b"mdhd"] {
        let at = film
            .windows(4)
            .position(|word| word == name)
            .expect("a header");
        let length = at + if name == b"tkhd" { 24 } else { 20 };
        film[length..length + 4].copy_from_slice(&0xff00_0000_u32.to_be_bytes());
    }
    let film = library.upload(&anna, "film.mp4", &film).await;

    let film = after_work(&library, &anna, &film).await;

    assert!(is_red(&color_of(&library, &anna, &film).await));
}

#[tokio::test]
async fn a_film_of_which_nothing_can_be_seen_keeps_its_icon_and_is_not_tried_again() {
    let library = with_ffmpeg().await;
    let anna = library.agent("anna").await;
    let mut noise = film("mp4", &[("red", 1)]);
    let at = noise.windows(4).position(|word| word == b"mdat");
    let at = at.expect("where the pictures lie");
    let length = u32::from_be_bytes(noise[at - 4..at].try_into().expect("four bytes"));
    let end = at - 4 + usize::try_from(length).expect("small");
    noise[at + 4..end].fill(0xff);
    let noise = library.upload(&anna, "noise.mp4", &noise).await;

    let noise = after_work(&library, &anna, &noise).await;

    assert!(!noise.has_renditions);
    let none = library.open_media(&anna, noise.id, THUMB).await;
    assert_eq!(code(none), ProblemCode::NotFound);
    library.preview_asset(&anna, noise.id).await.unwrap();
    assert_eq!(library.run_due_jobs().await.unwrap(), 0);
}

#[tokio::test]
async fn a_film_from_before_there_was_ffmpeg_gets_its_picture_when_somebody_looks() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let film = film("mp4", &[("red", 2)]);
    let film = library.upload(&anna, "film.mp4", &film).await;
    library.preview_asset(&anna, film.id).await.unwrap();
    assert!(!after_work(&library, &anna, &film).await.has_renditions);

    let mut config = library.config.clone();
    config.ffmpeg = Some(ffmpeg());
    let later = Library::open(config, library.clock.clone()).await.unwrap();
    later.run_due_jobs().await.unwrap();
    assert!(
        !later
            .get_asset(&anna, film.id)
            .await
            .unwrap()
            .has_renditions
    );
    later.preview_asset(&anna, film.id).await.unwrap();
    later.run_due_jobs().await.unwrap();

    assert!(
        later
            .get_asset(&anna, film.id)
            .await
            .unwrap()
            .has_renditions
    );
}

#[tokio::test]
async fn who_takes_pictures_reads_the_film_and_nothing_else() {
    let secret = TempDir::with_prefix("satchel-secret-").unwrap();
    let (folder, hidden) = (secret.path().display(), secret.path().join("secret"));
    fs::write(&hidden, "a secret").unwrap();
    let picture = picture_in_letters();
    // It prints a picture only where every door is shut but the one to the film.
    let (_kept, program) = stand_in(&format!(
        "/usr/bin/head -c 4 /proc/self/fd/0 >/dev/null || exit 1\n\
         /usr/bin/cat {hidden} && exit 2\n\
         /usr/bin/cat /etc/passwd && exit 3\n\
         /usr/bin/ls {folder} && exit 4\n\
         (echo x >{folder}/new) && exit 5\n\
         /usr/bin/bash -c 'echo >/dev/udp/127.0.0.1/9' && exit 6\n\
         [ -z \"$SATCHEL_ERRAND\" ] || exit 7\n\
         echo {picture} | /usr/bin/base64 -d",
        hidden = hidden.display(),
    ));
    let library = library_with(|config| config.ffmpeg = Some(program)).await;
    let anna = library.agent("anna").await;
    let film = library
        .upload(&anna, "film.mp4", &film("mp4", &[("blue", 1)]))
        .await;

    assert!(after_work(&library, &anna, &film).await.has_renditions);
    assert_eq!(fs::read_dir(secret.path()).unwrap().count(), 1);
}

/// A picture in letters.
fn picture_in_letters() -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.encode(crate::support::png(96, 54))
}

#[tokio::test]
async fn a_program_gone_wrong_costs_the_picture_alone() {
    for script in ["/usr/bin/yes", "echo no picture", "exit 3", ":"] {
        let (_kept, program) = stand_in(script);
        let library = library_with(|config| config.ffmpeg = Some(program)).await;
        let anna = library.agent("anna").await;
        let film = library
            .upload(&anna, "film.mp4", &film("mp4", &[("blue", 1)]))
            .await;

        let film = after_work(&library, &anna, &film).await;

        assert!(!film.has_renditions, "{script}");
        assert_eq!(library.run_due_jobs().await.unwrap(), 0, "{script}");
    }
}

#[tokio::test]
async fn a_program_fills_no_more_than_the_decoders_memory() {
    // What has no line ends is kept whole, to find the last line.
    let keeps = |most: &str| {
        format!(
            "/usr/bin/yes | /usr/bin/tr -d '\\n' | /usr/bin/head -c {most} | /usr/bin/tail -n 1"
        )
    };
    let picture = picture_in_letters();
    for (most, is_seen) in [("64M", true), ("250M", true), ("700M", false)] {
        let kept = keeps(most);
        let (_kept, program) = stand_in(&format!(
            "{kept} >/dev/null || exit 1\n\
             echo {picture} | /usr/bin/base64 -d"
        ));
        let library = library_with(|config| config.ffmpeg = Some(program)).await;
        let anna = library.agent("anna").await;
        let film = library
            .upload(&anna, "film.mp4", &film("mp4", &[("blue", 1)]))
            .await;

        let film = after_work(&library, &anna, &film).await;

        assert_eq!(film.has_renditions, is_seen, "{most}");
    }
}

#[tokio::test]
async fn a_program_has_its_part_beside_others_and_all_only_alone() {
    let picture = picture_in_letters();
    // In kilobytes, and what it would take in all processor seconds.
    let (_kept, program) = stand_in(&format!(
        "[ $(ulimit -d) -gt 200000 ] || exit 1\n\
         [ $(ulimit -d) -le 330000 ] && [ $(ulimit -t) -le 10 ] || exit 2\n\
         echo {picture} | /usr/bin/base64 -d"
    ));
    let library = library_with(|config| config.ffmpeg = Some(program)).await;
    let anna = library.agent("anna").await;
    let film = film("mp4", &[("blue", 1)]);
    let film = library.upload(&anna, "film.mp4", &film).await;

    assert!(after_work(&library, &anna, &film).await.has_renditions);
}

#[tokio::test]
async fn the_doctor_tells_which_ffmpeg_there_is_and_where_there_is_none() {
    let found = with_ffmpeg().await.doctor().await;
    let films = found.iter().find(|check| check.name == "films").unwrap();
    assert!(films.ok && films.finding.contains("ffmpeg "), "{films:?}");

    let missing = library_with(|config| config.ffmpeg = Some("/nowhere/ffmpeg".into())).await;
    let anna = missing.agent("anna").await;
    let checks = missing.doctor().await;
    let films = checks.iter().find(|check| check.name == "films").unwrap();
    assert!(!films.ok && films.advice.is_some(), "{films:?}");
    let film = missing
        .upload(&anna, "film.mp4", &film("mp4", &[("blue", 1)]))
        .await;
    assert!(!after_work(&missing, &anna, &film).await.has_renditions);
}

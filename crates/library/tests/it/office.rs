//! Pages of office documents, printed by `LibreOffice` where the operator has it.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, time::Duration};

use library::{Actor, Library, media::View};
use model::{Asset, Preset, ProblemCode, RenditionFormat, preview::Content};
use tempfile::TempDir;

use crate::{
    posters::pdf,
    support::{TestLibrary, code, fresh_library, installed, library_with},
};

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

/// A text in the plainest form that office programs read.
fn letter(words: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi {words}\\page The second page.\\par}}").into_bytes()
}

/// A program that stands in for `LibreOffice`: a script that reads its arguments as that would, and
/// the folder that it lies in.
fn stand_in(script: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::with_prefix("satchel-stand-in-").expect("a folder");
    let path = folder.path().join("soffice");
    let told = "out= ; name= ; while [ $# -gt 0 ] ; do case $1 in \
                --outdir) out=$2 ; shift ;; \
                --convert-to) [ \"$2\" = pdf ] || exit 9 ; shift ;; \
                -env:UserInstallation=file://*) profile=${1#*file://} ;; \
                -*) ;; *) name=$1 ;; esac ; shift ; done";
    fs::write(&path, format!("#!/bin/sh\n{told}\n{script}\n")).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
    (folder, path)
}

/// What the stand-in does that prints every document as the same two pages.
fn prints() -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let printed = STANDARD.encode(pdf(2));
    format!(
        "[ -s \"$name\" ] || exit 8\n\
         grep -q DisableMacrosExecution $profile/user/registrymodifications.xcu || exit 7\n\
         mkdir $out && echo {printed} | base64 -d >$out/document.pdf"
    )
}

async fn with_office(program: PathBuf) -> TestLibrary {
    library_with(|config| config.soffice = Some(program)).await
}

async fn after_work(library: &Library, actor: &Actor, asset: &Asset) -> Asset {
    library.run_due_jobs().await.unwrap();
    library.get_asset(actor, asset.id).await.unwrap()
}

/// Checks that a document of two pages is seen as such.
async fn is_seen(library: &TestLibrary, anna: &Actor, letter: &Asset) {
    assert!(letter.has_renditions && !letter.can_be_cropped());
    library.open_media(anna, letter.id, THUMB).await.unwrap();
    for number in [1, 2] {
        let sheet = library.open_media(anna, letter.id, page(number)).await;
        assert_eq!(sheet.unwrap().mime.as_str(), "image/webp");
    }
    let none = library.open_media(anna, letter.id, page(3)).await;
    assert_eq!(code(none), ProblemCode::NotFound);
    let preview = library.preview_asset(anna, letter.id).await.unwrap();
    assert!(matches!(preview.content, Content::Pages(pages) if pages.total == 2));
    let usage = library.usage(anna).await.unwrap();
    assert_eq!(
        usage.used, letter.size,
        "what is printed is outside the quota"
    );
    assert_eq!(
        library.staged(),
        [""; 0],
        "the folder of the program is gone"
    );
}

#[tokio::test]
async fn a_document_is_seen_by_its_pages_where_they_can_be_printed() {
    let (_kept, program) = stand_in(&prints());
    let library = with_office(program).await;
    let anna = library.agent("anna").await;
    let letter = library
        .upload(&anna, "letter.rtf", &letter("Dear Ben,"))
        .await;
    assert!(!letter.has_renditions, "an upload does not wait for it");
    let early = library.open_media(&anna, letter.id, page(1)).await;
    assert_eq!(code(early), ProblemCode::NotFound);

    let letter = after_work(&library, &anna, &letter).await;

    is_seen(&library, &anna, &letter).await;
    let again = library
        .upload(&anna, "again.rtf", &self::letter("Dear Ben,"))
        .await;
    assert!(again.has_renditions, "the same bytes are not printed twice");
}

#[tokio::test]
async fn libreoffice_prints_a_document_within_its_walls() {
    // It is large: not every machine that runs these stories has it.
    let Some(program) = installed("soffice") else {
        println!("LibreOffice is not installed");
        return;
    };
    let library = with_office(program).await;
    let anna = library.agent("anna").await;
    let checks = library.doctor().await;
    let told = checks.iter().find(|check| check.name == "documents");
    let told = told.unwrap();
    assert!(told.ok && told.finding.contains("LibreOffice"), "{told:?}");
    let letter = library
        .upload(&anna, "letter.rtf", &letter("Dear Ben,"))
        .await;

    let letter = after_work(&library, &anna, &letter).await;

    is_seen(&library, &anna, &letter).await;
}

#[tokio::test]
async fn who_prints_a_document_reads_and_writes_nothing_but_its_own_folder() {
    let secret = TempDir::with_prefix("satchel-secret-").unwrap();
    let (folder, file) = (secret.path().display(), secret.path().join("secret"));
    fs::write(&file, "a secret").unwrap();
    let (_kept, program) = stand_in(&format!(
        "cat {file} && exit 1\n\
         cat /etc/passwd && exit 2\n\
         (echo x >{folder}/new) && exit 3\n\
         bash -c 'echo >/dev/udp/127.0.0.1/9' && exit 4\n\
         ls .. && exit 5\n\
         {prints}",
        file = file.display(),
        prints = prints(),
    ));
    let library = with_office(program).await;
    let anna = library.agent("anna").await;
    let letter = library
        .upload(&anna, "letter.rtf", &letter("Dear Ben,"))
        .await;

    assert!(after_work(&library, &anna, &letter).await.has_renditions);
    assert_eq!(fs::read_dir(secret.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_document_that_is_not_printed_keeps_its_icon_and_its_words() {
    let trick = "mkdir $out && ln -s /etc/passwd $out/document.pdf";
    for script in [
        "exit 1",
        ":",
        trick,
        "mkdir $out && echo no >$out/document.pdf",
    ] {
        let (_kept, program) = stand_in(script);
        let library = with_office(program).await;
        let anna = library.agent("anna").await;
        let letter = library
            .upload(&anna, "letter.rtf", &letter("Dear Ben,"))
            .await;

        let letter = after_work(&library, &anna, &letter).await;

        assert!(!letter.has_renditions, "{script}");
        library.preview_asset(&anna, letter.id).await.unwrap();
        assert_eq!(library.run_due_jobs().await.unwrap(), 0, "{script}");
    }
}

#[tokio::test]
async fn without_libreoffice_nothing_changes_and_later_a_look_is_enough() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let letter = library
        .upload(&anna, "letter.rtf", &letter("Dear Ben,"))
        .await;
    library.preview_asset(&anna, letter.id).await.unwrap();
    assert!(!after_work(&library, &anna, &letter).await.has_renditions);

    let (_kept, program) = stand_in(&prints());
    let mut config = library.config.clone();
    config.soffice = Some(program);
    let later = Library::open(config, library.clock.clone()).await.unwrap();
    later.preview_asset(&anna, letter.id).await.unwrap();

    let letter = after_work(&later, &anna, &letter).await;
    assert!(letter.has_renditions);
    let preview = later.preview_asset(&anna, letter.id).await.unwrap();
    assert!(matches!(preview.content, Content::Pages(_)));
}

#[tokio::test]
async fn what_was_printed_goes_with_the_document() {
    let (_kept, program) = stand_in(&prints());
    let library = with_office(program).await;
    let anna = library.administrator("anna").await;
    let letter = library
        .upload(&anna, "letter.rtf", &letter("Dear Ben,"))
        .await;
    after_work(&library, &anna, &letter).await;
    assert_eq!(printed(&library).await, 1);

    library.trash_asset(&anna, letter.id).await.unwrap();
    library.purge_asset(&anna, letter.id).await.unwrap();
    library.clock.advance(Duration::from_hours(26));
    library.collect_garbage().await.unwrap();

    assert_eq!(printed(&library).await, 0);
}

/// How many documents lie printed in the store.
async fn printed(library: &TestLibrary) -> usize {
    let entries = library
        .store()
        .list_with("/")
        .recursive(true)
        .await
        .unwrap();
    let is_print = |path: &str| path.rsplit_once('.').is_some_and(|(_, end)| end == "print");
    entries
        .iter()
        .filter(|entry| is_print(entry.path()))
        .count()
}

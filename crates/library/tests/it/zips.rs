//! Many originals are taken as one zip, under their names, in their folders.

use std::io::{Cursor, Read as _};

use futures::TryStreamExt as _;
use library::{Actor, zips::ZipOf};
use model::{AssetId, FileName, ProblemCode, Reason, Selection, UploadMetadata, id::Id as _};

use crate::support::{TestLibrary, code, fresh_library, meta, problem, text};

/// The whole zip, and whether it is as long as it said.
async fn take(library: &TestLibrary, actor: &Actor, of: ZipOf) -> Vec<u8> {
    let zip = library.open_zip(actor, of).await.expect("a zip");
    let size = zip.size;
    let pieces: Vec<_> = library.stream_zip(zip).try_collect().await.expect("bytes");
    let bytes = pieces.concat();
    assert_eq!(bytes.len() as u64, size);
    bytes
}

/// What a reader finds in a zip: names and contents.
fn read(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).expect("a file");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("the right checksum");
            (file.name().expect("UTF-8").into_owned(), content)
        })
        .collect()
}

fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn a_folder_is_taken_with_all_below_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let summer = library.folder(&anna, None, "Summer").await;
    let beach = library.folder(&anna, Some(summer.id), "Praia é").await;
    library.upload_into(&anna, summer.id, 1).await;
    for seed in [2, 3] {
        let metadata = UploadMetadata {
            folder_id: Some(beach.id),
            ..meta("Água.txt")
        };
        let words = text(seed, 90_000);
        library.try_upload(&anna, metadata, &words).await.unwrap();
    }
    let gone = library.upload_into(&anna, beach.id, 4).await;
    library.trash_asset(&anna, gone.id).await.unwrap();

    let files = read(take(&library, &anna, ZipOf::Folder(summer.id)).await);

    assert_eq!(
        names(&files),
        ["note 1.txt", "Praia é/Água.txt", "Praia é/Água (2).txt"]
    );
    assert_eq!(files[1].1, text(2, 90_000));
}

#[tokio::test]
async fn chosen_files_keep_the_folders_they_do_not_share() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let trips = library.folder(&anna, None, "Trips").await;
    let summer = library.folder(&anna, Some(trips.id), "Summer").await;
    let one = library.upload_into(&anna, trips.id, 1).await.id;
    let two = library.upload_into(&anna, summer.id, 2).await.id;

    let ids = ZipOf::Assets(Selection::Ids(vec![two, one, two]));
    let files = read(take(&library, &anna, ids).await);
    let all = ZipOf::Assets(Selection::Filter(Box::default()));
    let all = library.open_zip(&anna, all).await.unwrap();

    assert_eq!(names(&files), ["note 1.txt", "Summer/note 2.txt"]);
    assert_eq!(all.name, FileName::clean("Satchel.zip"));
}

#[tokio::test]
async fn no_file_has_the_name_of_a_folder_beside_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let summer = library.folder(&anna, None, "Summer").await;
    library.upload_into(&anna, summer.id, 1).await;
    let beside = library
        .try_upload(&anna, meta("summer"), &text(2, 60))
        .await;
    beside.unwrap();

    let all = ZipOf::Assets(Selection::Filter(Box::default()));
    let files = read(take(&library, &anna, all).await);

    assert_eq!(names(&files), ["Summer/note 1.txt", "summer (2)"]);
}

#[tokio::test]
async fn files_of_others_and_of_nobody_are_not_there() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let ours = library.upload(&anna, "a.txt", &text(1, 60)).await.id;
    let theirs = library.upload(&eve, "b.txt", &text(2, 60)).await.id;
    let hers = library.folder(&eve, None, "Hers").await;

    for id in [theirs, AssetId::from_parts(1, 1)] {
        let of = ZipOf::Assets(Selection::Ids(vec![ours, id]));
        assert_eq!(
            code(library.open_zip(&anna, of).await),
            ProblemCode::NotFound
        );
    }
    let of = ZipOf::Folder(hers.id);
    assert_eq!(
        code(library.open_zip(&anna, of).await),
        ProblemCode::NotFound
    );
}

#[tokio::test]
async fn a_download_under_way_ends_well_though_the_files_are_purged() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let id = library.upload(&ada, "a.txt", &text(1, 70_000)).await.id;
    let of = ZipOf::Assets(Selection::Ids(vec![id]));
    let zip = library.open_zip(&ada, of).await.unwrap();

    library.trash_asset(&ada, id).await.unwrap();
    library.purge_asset(&ada, id).await.unwrap();
    library.collect_garbage().await.unwrap();

    let pieces: Vec<_> = library.stream_zip(zip).try_collect().await.unwrap();
    let files = read(pieces.concat());
    assert_eq!(files[0].1, text(1, 70_000));
}

#[tokio::test]
async fn bytes_that_are_lost_break_the_zip_off() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 60)).await;
    let all = ZipOf::Assets(Selection::Filter(Box::default()));
    let zip = library.open_zip(&anna, all).await.unwrap();
    library.lose_blobs().await;

    let taken: Result<Vec<_>, _> = library.stream_zip(zip).try_collect().await;

    assert!(taken.is_err());
}

#[tokio::test]
async fn very_many_chosen_files_are_one_zip() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "note.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let all = ZipOf::Assets(Selection::Filter(Box::default()));
    let listed = library.open_zip(&ada, all).await.unwrap().size;
    let ids = library.database.texts("select id from assets").await;
    let ids = ids.iter().map(|id| id.parse().unwrap()).collect();

    let chosen = ZipOf::Assets(Selection::Ids(ids));
    library.check_zip(&ada, &chosen).await.unwrap();
    let files = read(take(&library, &ada, chosen.clone()).await);

    assert_eq!(files.len(), 1_101);
    assert!(files.iter().all(|(_, content)| *content == text(1, 60)));
    assert_eq!(library.open_zip(&ada, chosen).await.unwrap().size, listed);
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_beforehand() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let empty = library.folder(&anna, None, "Empty").await;
    let theirs = library.upload(&eve, "b.txt", &text(2, 60)).await.id;
    let check = async |of: ZipOf| problem(library.check_zip(&anna, &of).await);

    let nothing = check(ZipOf::Folder(empty.id)).await;
    assert_eq!(nothing.reason, Some(Reason::NothingToTake));
    let unknown = (1..=10_001).map(|n| AssetId::from_parts(1, n));
    let many = check(ZipOf::Assets(Selection::Ids(unknown.collect()))).await;
    assert_eq!(many.reason, Some(Reason::TooManyFiles));
    assert_eq!(many.most, Some(10_000));
    let hers = check(ZipOf::Assets(Selection::Ids(vec![theirs]))).await;
    assert_eq!(hers.code, ProblemCode::NotFound);
}

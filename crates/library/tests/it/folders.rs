//! Folders are made by hand and by what is dropped.

use futures::future::join_all;
use library::Actor;
use model::{FileName, Folder, FolderFilter, Limit, ProblemCode, Reason, UploadMetadata};

use crate::support::{TestLibrary, code, fresh_library, meta, problem, text};

fn name(name: &str) -> FileName {
    name.parse().unwrap()
}

/// Every folder there is.
async fn everywhere(library: &TestLibrary, actor: &Actor) -> Vec<Folder> {
    let filter = FolderFilter::default();
    let limit = Limit::new(200).unwrap();
    let page = library.list_folders(actor, &filter, None, limit).await;
    page.unwrap().items
}

fn dropped(path: &str) -> UploadMetadata {
    UploadMetadata {
        relative_path: Some(path.to_owned()),
        ..meta(path)
    }
}

#[tokio::test]
async fn folders_are_listed_oldest_first() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let summer = library
        .create_folder(&anna, None, name("Summer"))
        .await
        .unwrap();
    library
        .create_folder(&anna, Some(summer.id), name("2026"))
        .await
        .unwrap();
    library
        .create_folder(&anna, None, name("autumn"))
        .await
        .unwrap();

    let folders = everywhere(&library, &anna).await;

    let names: Vec<_> = folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["Summer", "2026", "autumn"]);
    assert_eq!(folders[1].parent_id, Some(summer.id));
}

#[tokio::test]
async fn siblings_have_different_names() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let summer = library
        .create_folder(&anna, None, name("Sommer Ä"))
        .await
        .unwrap();

    let same = library.create_folder(&anna, None, name("sommer ä")).await;
    let below = library
        .create_folder(&anna, Some(summer.id), name("Sommer Ä"))
        .await;

    assert_eq!(code(same), ProblemCode::Conflict);
    assert!(below.is_ok());
}

#[tokio::test]
async fn folders_of_other_accounts_are_not_there() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let hers = library
        .create_folder(&eve, None, name("Hers"))
        .await
        .unwrap();

    assert_eq!(
        code(library.get_folder(&anna, hers.id).await),
        ProblemCode::NotFound
    );
    let below = library
        .create_folder(&anna, Some(hers.id), name("Mine"))
        .await;
    assert_eq!(code(below), ProblemCode::NotFound);
    assert!(everywhere(&library, &anna).await.is_empty());
}

#[tokio::test]
async fn folders_nest_only_so_deep() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let deep = format!("{}a.txt", "d/".repeat(40));

    let asset = library
        .try_upload(&anna, dropped(&deep), b"words")
        .await
        .unwrap();
    let below = library
        .create_folder(&anna, asset.folder_id, name("e"))
        .await;

    assert_eq!(everywhere(&library, &anna).await.len(), 32);
    assert_eq!(code(below), ProblemCode::Invalid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_files_of_one_new_folder_arrive_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    let uploads = (0..60).map(|seed| {
        let (library, anna) = (&library, &anna);
        async move {
            let path = format!("Trip/Day {}/note {seed}.txt", seed % 2);
            library
                .try_upload(anna, dropped(&path), &text(seed, 60))
                .await
                .unwrap()
        }
    });
    let assets = join_all(uploads).await;

    let folders = everywhere(&library, &anna).await;
    let mut names: Vec<_> = folders
        .iter()
        .map(|folder| (folder.name.as_str(), folder.asset_count))
        .collect();
    names.sort_by_key(|(name, _)| name.len());
    names[1..].sort_unstable();
    assert_eq!(names, [("Trip", 0), ("Day 0", 30), ("Day 1", 30)]);
    assert!(assets.iter().all(|asset| asset.folder_id.is_some()));
}

#[tokio::test]
async fn a_dropped_folder_lands_where_it_was_dropped() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let place = library
        .create_folder(&anna, None, name("Place"))
        .await
        .unwrap();
    let into = UploadMetadata {
        folder_id: Some(place.id),
        ..dropped("../Trip/a.txt")
    };

    let asset = library.try_upload(&anna, into, b"words").await.unwrap();

    let trip = library
        .get_folder(&anna, asset.folder_id.unwrap())
        .await
        .unwrap();
    assert_eq!(
        (trip.name.as_str(), trip.parent_id),
        ("Trip", Some(place.id))
    );
}

#[tokio::test]
async fn folders_nest_no_deeper_however_deep_they_are_asked_for() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let deep = dropped(&format!("{}x.txt", "in/".repeat(10_000)));

    // A dropped file falls into the deepest there may be.
    let asset = library.try_upload(&anna, deep, &text(1, 60)).await.unwrap();
    let deepest = library.get_folder(&anna, asset.folder_id.unwrap()).await;
    let deepest = deepest.unwrap();
    assert_eq!(deepest.path.len() + 1, 32);
    // Who makes them one in the other is told where it ends.
    let deeper = library.create_folder(&anna, Some(deepest.id), name("deeper"));
    let told = problem(deeper.await);
    assert_eq!((told.reason, told.most), (Some(Reason::TooDeep), Some(32)));
    assert!(!deepest.has_folders);
    assert_eq!(everywhere(&library, &anna).await.len(), 32);
}

//! Folders are renamed, colored and moved, and the tree stays a tree whatever people do.

use library::Actor;
use model::{
    FileName, Folder, FolderColor, FolderFilter, FolderId, FolderParent, FolderPatch, Limit,
    ProblemCode, UploadMetadata,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::support::{TestLibrary, code, fresh_library, meta, problem, text};

fn name(name: &str) -> FileName {
    name.parse().unwrap()
}

fn to(parent: Option<FolderId>) -> FolderPatch {
    FolderPatch {
        parent_id: Some(parent),
        ..FolderPatch::default()
    }
}

fn called(new: &str, version: Option<u32>) -> FolderPatch {
    FolderPatch {
        name: Some(name(new)),
        version,
        ..FolderPatch::default()
    }
}

impl TestLibrary {
    /// A folder that somebody makes.
    pub async fn folder(&self, actor: &Actor, parent: Option<FolderId>, called: &str) -> Folder {
        let made = self.create_folder(actor, parent, name(called)).await;
        made.expect("a folder is made")
    }

    /// A file that somebody puts into a folder.
    pub async fn upload_into(&self, actor: &Actor, folder: FolderId, seed: u64) -> model::Asset {
        let metadata = UploadMetadata {
            folder_id: Some(folder),
            ..meta(&format!("note {seed}.txt"))
        };
        let made = self.try_upload(actor, metadata, &text(seed, 80)).await;
        made.expect("the upload works")
    }

    /// The names of what lies right in a folder.
    pub async fn names_in(&self, actor: &Actor, parent: Option<FolderId>) -> Vec<String> {
        let filter = FolderFilter {
            parent: Some(FolderParent::from(parent)),
            ..FolderFilter::default()
        };
        let page = self.list_folders(actor, &filter, None, Limit::default());
        let folders = page.await.unwrap().items;
        folders
            .iter()
            .map(|folder| folder.name.to_string())
            .collect()
    }
}

#[tokio::test]
async fn a_folder_is_moved_with_all_below_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let trips = library.folder(&anna, None, "Trips").await;
    let summer = library.folder(&anna, None, "Summer").await;
    let beach = library.folder(&anna, Some(summer.id), "Beach").await;
    library.upload_into(&anna, beach.id, 1).await;
    library.upload_into(&anna, summer.id, 2).await;

    let moved = library
        .update_folder(&anna, summer.id, to(Some(trips.id)))
        .await
        .unwrap();

    assert_eq!((moved.parent_id, moved.version), (Some(trips.id), 2));
    assert_eq!((moved.asset_count, moved.total_count), (1, 2));
    let trips = library.get_folder(&anna, trips.id).await.unwrap();
    assert_eq!((trips.asset_count, trips.total_count), (0, 2));
    assert!(trips.has_folders);
    let path = library.list_folder_path(&anna, beach.id).await.unwrap();
    let names: Vec<_> = path.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["Trips", "Summer", "Beach"]);
    assert_eq!(path[2].path, [name("Trips"), name("Summer")]);
}

#[tokio::test]
async fn a_folder_never_lies_in_itself() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let outer = library.folder(&anna, None, "Outer").await;
    let inner = library.folder(&anna, Some(outer.id), "Inner").await;

    for parent in [outer.id, inner.id] {
        let moved = library.update_folder(&anna, outer.id, to(Some(parent)));
        assert_eq!(code(moved.await), ProblemCode::Invalid);
    }
    assert_eq!(library.names_in(&anna, None).await, ["Outer"]);
}

#[tokio::test]
async fn a_move_that_would_nest_too_deep_is_refused() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut deepest = None;
    for depth in 0..31 {
        let made = library
            .folder(&anna, deepest, &format!("Level {depth}"))
            .await;
        deepest = Some(made.id);
    }
    let other = library.folder(&anna, None, "Other").await;
    library.folder(&anna, Some(other.id), "Below").await;

    let told = problem(library.update_folder(&anna, other.id, to(deepest)).await);

    assert_eq!(told.code, ProblemCode::Invalid);
    assert!(told.detail.contains("32"), "{}", told.detail);
}

#[tokio::test]
async fn siblings_of_one_name_are_refused_by_name_whatever_the_accents() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.folder(&anna, None, "São Paulo").await;
    let other = library.folder(&anna, None, "Rio").await;
    let below = library.folder(&anna, Some(other.id), "SAO PAULO").await;

    let made = library.create_folder(&anna, None, name("sao paulo")).await;
    let renamed = library.update_folder(&anna, other.id, called("Sao paulo", None));
    let renamed = problem(renamed.await);
    let moved = library.update_folder(&anna, below.id, to(None)).await;

    assert_eq!(code(made), ProblemCode::Conflict);
    assert_eq!(renamed.code, ProblemCode::Conflict);
    assert!(renamed.detail.contains("Sao paulo"), "{}", renamed.detail);
    assert_eq!(code(moved), ProblemCode::Conflict);
    let rio = library.get_folder(&anna, other.id).await.unwrap();
    assert_eq!((rio.name.as_str(), rio.version), ("Rio", 1));
}

#[tokio::test]
async fn the_second_of_two_people_who_rename_at_once_is_told() {
    let library = fresh_library().await;
    let (anna, ben) = (library.agent("anna").await, library.agent("ben").await);
    let folder = library.folder(&anna, None, "Sumer").await;
    let version = Some(folder.version);

    let first = library.update_folder(&anna, folder.id, called("Summer", version));
    let first = first.await.unwrap();
    let second = library.update_folder(&ben, folder.id, called("Winter", version));
    let second = problem(second.await);

    assert_eq!(first.version, 2);
    assert_eq!(second.code, ProblemCode::Conflict);
    assert!(second.detail.contains("Summer"), "{}", second.detail);
}

#[tokio::test]
async fn a_folder_may_be_renamed_in_case_alone_and_colored() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let folder = library.folder(&anna, None, "summer").await;
    let patch = FolderPatch {
        color: Some(Some(FolderColor::Teal)),
        ..called("Summer", Some(1))
    };

    let changed = library
        .update_folder(&anna, folder.id, patch)
        .await
        .unwrap();
    let plain = FolderPatch {
        color: Some(None),
        ..FolderPatch::default()
    };
    let plain = library
        .update_folder(&anna, folder.id, plain)
        .await
        .unwrap();

    assert_eq!(changed.name.as_str(), "Summer");
    assert_eq!(changed.color, Some(FolderColor::Teal));
    assert_eq!((plain.color, plain.version), (None, 3));
}

#[tokio::test]
async fn siblings_come_in_their_order_a_page_at_a_time_and_words_find_them() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let trips = library.folder(&anna, None, "Trips").await;
    for called in ["Day 10", "day 9", "Élan", "Zoo"] {
        library.folder(&anna, Some(trips.id), called).await;
    }
    let filter = FolderFilter {
        parent: Some(FolderParent::In(trips.id)),
        ..FolderFilter::default()
    };
    let limit = Limit::new(3).unwrap();

    let first = library.list_folders(&anna, &filter, None, limit);
    let first = first.await.unwrap();
    let rest = library
        .list_folders(&anna, &filter, first.next_cursor.as_ref(), limit)
        .await
        .unwrap();
    let found = FolderFilter {
        q: Some("ELA".to_owned()),
        ..FolderFilter::default()
    };
    let found = library.list_folders(&anna, &found, None, limit).await;

    let names = |page: &[Folder]| page.iter().map(|f| f.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&first.items), ["day 9", "Day 10", "Élan"]);
    assert_eq!(names(&rest.items), ["Zoo"]);
    assert_eq!(rest.next_cursor, None);
    let found = found.unwrap().items;
    assert_eq!(names(&found), ["Élan"]);
    assert_eq!(found[0].path, [name("Trips")]);
}

#[tokio::test]
async fn words_of_the_path_find_too_and_what_is_called_just_so_comes_first() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for client in ["Acme", "Beta"] {
        let client = library.folder(&anna, None, client).await;
        let old = library.folder(&anna, Some(client.id), "2025 photos").await;
        library.folder(&anna, Some(client.id), "Photos").await;
        library.folder(&anna, Some(old.id), "Beach").await;
    }
    let limit = Limit::new(1).unwrap();
    let find = async |words: &str| {
        let filter = FolderFilter {
            q: Some(words.to_owned()),
            ..FolderFilter::default()
        };
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let page = library.list_folders(&anna, &filter, cursor.as_ref(), limit);
            let page = page.await.unwrap();
            for folder in page.items {
                let path = folder.path.iter().map(ToString::to_string);
                let path: Vec<_> = path.chain([folder.name.to_string()]).collect();
                found.push(path.join("/"));
            }
            cursor = page.next_cursor;
            if cursor.is_none() {
                return found;
            }
        }
    };

    let acmes = find("acme PHOTOS").await;
    let photos = find("photos").await;
    let acme = find("acme").await;

    assert_eq!(acmes, ["Acme/2025 photos", "Acme/Photos"]);
    assert_eq!(photos[..2], ["Acme/Photos", "Beta/Photos"]);
    assert_eq!(photos[2..], ["Acme/2025 photos", "Beta/2025 photos"]);
    assert_eq!(acme, ["Acme"]);
    assert_eq!(find("beach acme 2025").await, ["Acme/2025 photos/Beach"]);
}

/// Something a person does to the tree.
#[derive(Clone, Debug)]
enum Deed {
    Make(usize),
    Move(usize, usize),
    Upload(usize),
    MoveAsset(usize, usize),
    TrashAsset(usize),
    RestoreAsset(usize),
    Archive(usize),
    TrashFolder(usize),
    RestoreFolder(usize),
    PurgeFolder(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let (folder, asset) = (0..9_usize, 0..6_usize);
    let deed = prop_oneof![
        4 => folder.clone().prop_map(Deed::Make),
        5 => (folder.clone(), folder.clone()).prop_map(|(which, to)| Deed::Move(which, to)),
        3 => folder.clone().prop_map(Deed::Upload),
        2 => (asset.clone(), folder.clone()).prop_map(|(which, to)| Deed::MoveAsset(which, to)),
        1 => asset.clone().prop_map(Deed::TrashAsset),
        1 => asset.clone().prop_map(Deed::RestoreAsset),
        1 => asset.prop_map(Deed::Archive),
        2 => folder.clone().prop_map(Deed::TrashFolder),
        2 => folder.clone().prop_map(Deed::RestoreFolder),
        1 => folder.prop_map(Deed::PurgeFolder),
    ];
    prop::collection::vec(deed, 1..30)
}

/// What there is, as far as the person knows; deeds that cannot be done are refused.
#[derive(Default)]
struct Known {
    folders: Vec<FolderId>,
    assets: Vec<model::AssetId>,
}

async fn act(library: &TestLibrary, ada: &Actor, known: &mut Known, deed: Deed) {
    let folder = |which: usize| known.folders.get(which).copied();
    let asset = |which: usize| known.assets.get(which).copied();
    match deed {
        Deed::Make(parent) => {
            let called = format!("Folder {}", known.folders.len());
            let made = library.create_folder(ada, folder(parent), name(&called));
            known.folders.extend(made.await.map(|made| made.id).ok());
        }
        Deed::Move(which, parent) => {
            if let Some(id) = folder(which) {
                let _ = library.update_folder(ada, id, to(folder(parent))).await;
            }
        }
        Deed::Upload(which) => {
            let metadata = UploadMetadata {
                folder_id: folder(which),
                ..meta("a.txt")
            };
            let made = library.try_upload(ada, metadata, &text(1, 60)).await;
            known.assets.extend(made.map(|made| made.id).ok());
        }
        Deed::MoveAsset(which, parent) => {
            if let Some(id) = asset(which) {
                let patch = model::AssetPatch {
                    folder_id: Some(folder(parent)),
                    ..model::AssetPatch::default()
                };
                let _ = library.update_asset(ada, id, patch).await;
            }
        }
        Deed::TrashAsset(which) => {
            if let Some(id) = asset(which) {
                let _ = library.trash_asset(ada, id).await;
            }
        }
        Deed::RestoreAsset(which) => {
            if let Some(id) = asset(which) {
                let _ = library.restore_asset(ada, id).await;
            }
        }
        Deed::Archive(which) => {
            if let Some(id) = asset(which) {
                let _ = library.archive_asset(ada, id).await;
            }
        }
        Deed::TrashFolder(which) => {
            if let Some(id) = folder(which) {
                let _ = library.trash_folder(ada, id).await;
            }
        }
        Deed::RestoreFolder(which) => {
            if let Some(id) = folder(which) {
                let _ = library.restore_folder(ada, id).await;
            }
        }
        Deed::PurgeFolder(which) => {
            if let Some(id) = folder(which) {
                let _ = library.purge_folder(ada, id).await;
            }
        }
    }
}

/// Every folder is reached from the top, counted right, and not too deep.
async fn check(library: &TestLibrary, ada: &Actor, known: &Known) {
    let everywhere = FolderFilter::default();
    let limit = Limit::new(200).unwrap();
    let page = library.list_folders(ada, &everywhere, None, limit).await;
    let folders = page.unwrap().items;
    for folder in &folders {
        let mut depth = 1;
        let mut above = folder.parent_id;
        while let Some(id) = above {
            depth += 1;
            assert!(depth <= 32, "{} goes round in a circle", folder.name);
            let parent = folders.iter().find(|other| other.id == id);
            above = parent.expect("a parent in the tree").parent_id;
        }
        assert_eq!(folder.path.len() + 1, depth, "{}", folder.name);
        let below: u64 = folders
            .iter()
            .filter(|child| child.parent_id == Some(folder.id))
            .map(|child| child.total_count)
            .sum();
        assert_eq!(folder.total_count, folder.asset_count + below);
    }
    for id in &known.assets {
        let asset = library.get_asset(ada, *id).await;
        if let Ok(model::Asset {
            state: model::AssetState::Active,
            folder_id: Some(folder),
            ..
        }) = asset
        {
            assert!(folders.iter().any(|other| other.id == folder));
        }
    }
    let report = library.fsck(false).await.unwrap();
    assert!(report.is_clean(), "{report:?}");
}

#[test]
fn whatever_is_moved_the_tree_is_a_tree_and_the_counts_are_right() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let told = TestRunner::new(config).run(&deeds(), |deeds| {
        runtime.block_on(async {
            let library = fresh_library().await;
            let ada = library.administrator("ada").await;
            let mut known = Known::default();
            for deed in deeds {
                act(&library, &ada, &mut known, deed).await;
            }
            check(&library, &ada, &known).await;
        });
        Ok(())
    });
    told.unwrap();
}

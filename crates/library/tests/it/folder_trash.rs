//! Folders go to the trash with all they hold, and come back with it.

use std::time::Duration;

use model::{AssetFilter, AssetState, BatchAction, FolderFilter, FolderPatch, Limit, ProblemCode};

use crate::support::{TestLibrary, code, fresh_library};

const DAY: Duration = Duration::from_hours(24);

/// The names of folders in the trash that somebody chose.
async fn trashed(library: &TestLibrary, actor: &library::Actor) -> Vec<String> {
    let filter = FolderFilter {
        trashed: true,
        ..FolderFilter::default()
    };
    let page = library.list_folders(actor, &filter, None, Limit::default());
    let folders = page.await.unwrap().items;
    folders
        .iter()
        .map(|folder| folder.name.to_string())
        .collect()
}

#[tokio::test]
async fn a_folder_says_first_what_goes_with_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let summer = library.folder(&anna, None, "Summer").await;
    let beach = library.folder(&anna, Some(summer.id), "Beach").await;
    let shared = library.upload_into(&anna, beach.id, 1).await;
    library.share_asset(&anna, shared.id).await.unwrap();
    let kept = library.upload_into(&anna, summer.id, 2).await;
    library.archive_asset(&anna, kept.id).await.unwrap();
    let gone = library.upload_into(&anna, summer.id, 3).await;
    library.trash_asset(&anna, gone.id).await.unwrap();

    let told = library.folder_contents(&anna, summer.id).await.unwrap();

    assert_eq!((told.folders, told.assets, told.shared), (1, 2, 1));
}

#[tokio::test]
async fn a_folder_goes_and_comes_back_with_all_it_holds() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let trips = library.folder(&ada, None, "Trips").await;
    let summer = library.folder(&ada, Some(trips.id), "Summer").await;
    let beach = library.folder(&ada, Some(summer.id), "Beach").await;
    let active = library.upload_into(&ada, beach.id, 1).await;
    let archived = library.upload_into(&ada, summer.id, 2).await;
    library.archive_asset(&ada, archived.id).await.unwrap();
    let alone = library.upload_into(&ada, beach.id, 3).await;
    library.trash_asset(&ada, alone.id).await.unwrap();

    let went = library.trash_folder(&ada, summer.id).await.unwrap();

    assert_eq!(went.folder.trashed_by_name.as_deref(), Some("ada"));
    assert!(went.folder.purge_at > went.folder.trashed_at);
    assert!(library.names_in(&ada, Some(trips.id)).await.is_empty());
    assert_eq!(trashed(&library, &ada).await, ["Summer"]);
    for id in [active.id, archived.id] {
        let asset = library.get_asset(&ada, id).await.unwrap();
        assert_eq!(asset.state, AssetState::Trashed);
        assert_eq!(asset.trashed_by_name.as_deref(), Some("ada"));
    }
    let counted = library.get_folder(&ada, trips.id).await.unwrap();
    assert_eq!(counted.total_count, 0);

    let back = library.restore_folder(&ada, summer.id).await.unwrap();

    assert_eq!(back.folder.parent_id, Some(trips.id));
    let state = async |id| library.get_asset(&ada, id).await.unwrap().state;
    assert_eq!(state(active.id).await, AssetState::Active);
    assert_eq!(state(archived.id).await, AssetState::Archived);
    // It had gone by itself before.
    assert_eq!(state(alone.id).await, AssetState::Trashed);
    let counted = library.get_folder(&ada, trips.id).await.unwrap();
    assert_eq!(counted.total_count, 1);
    assert!(trashed(&library, &ada).await.is_empty());
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_folder_whose_name_was_taken_comes_back_with_a_number() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let summer = library.folder(&ada, None, "Summer").await;
    library.trash_folder(&ada, summer.id).await.unwrap();
    library.folder(&ada, None, "SUMMER").await;

    let back = library.restore_folder(&ada, summer.id).await.unwrap();

    assert_eq!(back.folder.name.as_str(), "Summer 2");
}

#[tokio::test]
async fn what_lay_in_a_folder_that_is_gone_comes_back_to_the_nearest_there_is() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let trips = library.folder(&ada, None, "Trips").await;
    let summer = library.folder(&ada, Some(trips.id), "Summer").await;
    let beach = library.folder(&ada, Some(summer.id), "Beach").await;
    let first = library.upload_into(&ada, beach.id, 1).await;
    let second = library.upload_into(&ada, beach.id, 2).await;
    library.trash_asset(&ada, second.id).await.unwrap();
    library.trash_folder(&ada, beach.id).await.unwrap();
    library.trash_folder(&ada, summer.id).await.unwrap();

    let back = library.restore_asset(&ada, first.id).await.unwrap();
    library.purge_folder(&ada, summer.id).await.unwrap();
    let also = library.restore_folder(&ada, beach.id).await.unwrap();
    let second = library.restore_asset(&ada, second.id).await.unwrap();

    assert_eq!(back.folder_id, Some(trips.id));
    assert_eq!(also.folder.parent_id, Some(trips.id));
    assert_eq!(second.folder_id, Some(beach.id));
    assert_eq!(
        code(library.get_folder(&ada, summer.id).await),
        ProblemCode::NotFound
    );
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_folder_that_went_with_another_comes_back_with_it_alone() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let summer = library.folder(&ada, None, "Summer").await;
    let beach = library.folder(&ada, Some(summer.id), "Beach").await;
    library.trash_folder(&ada, summer.id).await.unwrap();

    assert_eq!(
        code(library.restore_folder(&ada, beach.id).await),
        ProblemCode::Conflict
    );
    let renamed = library.update_folder(&ada, beach.id, FolderPatch::default());
    assert_eq!(code(renamed.await), ProblemCode::Conflict);
    let below = library.create_folder(&ada, Some(beach.id), "x".parse().unwrap());
    assert_eq!(code(below.await), ProblemCode::NotFound);
}

#[tokio::test]
async fn agents_do_not_delete_folders_and_nobody_purges_one_that_is_in_sight() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let anna = library.agent("anna").await;
    let summer = library.folder(&anna, None, "Summer").await;

    let trashed = library.trash_folder(&anna, summer.id).await;
    assert_eq!(code(trashed.map(drop)), ProblemCode::Forbidden);
    assert_eq!(
        code(library.purge_folder(&ada, summer.id).await),
        ProblemCode::Conflict
    );
}

#[tokio::test]
async fn a_folder_goes_for_good_when_its_time_is_over() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let summer = library.folder(&ada, None, "Summer").await;
    let asset = library.upload_into(&ada, summer.id, 1).await;
    library.trash_folder(&ada, summer.id).await.unwrap();
    library.run_due_rounds().await.unwrap();

    for _ in 0..32 {
        library.clock.advance(DAY);
        library.run_due_rounds().await.unwrap();
    }

    assert_eq!(
        code(library.get_asset(&ada, asset.id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.get_folder(&ada, summer.id).await),
        ProblemCode::NotFound
    );
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_very_large_folder_goes_and_comes_back_a_piece_at_a_time() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let summer = library.folder(&ada, None, "Summer").await;
    let asset = library.upload_into(&ada, summer.id, 1).await;
    library.multiply(1_100).await;

    let went = library.trash_folder(&ada, summer.id).await.unwrap();
    let batch = went.batch.expect("a batch to watch");
    assert_eq!((batch.total, batch.done), (1_101, 0));
    // What is still on its way would come to lie elsewhere, and in sight.
    assert_eq!(
        code(library.purge_folder(&ada, summer.id).await),
        ProblemCode::Conflict
    );
    library.empty_trash(&ada).await.unwrap();
    library.run_due_jobs().await.unwrap();
    let batch = library.get_batch(&ada, batch.id).await.unwrap();
    assert_eq!((batch.done, batch.changed), (1_101, 1_101));
    assert_eq!(batch.state, model::BatchState::Finished);

    library.restore_folder(&ada, summer.id).await.unwrap();
    library.run_due_jobs().await.unwrap();

    let back = library.get_folder(&ada, summer.id).await.unwrap();
    assert_eq!((back.asset_count, back.total_count), (1_101, 1_101));
    let asset = library.get_asset(&ada, asset.id).await.unwrap();
    assert_eq!(asset.state, AssetState::Active);
    assert!(library.fsck(false).await.unwrap().is_clean());
}

#[tokio::test]
async fn what_a_very_large_folder_takes_along_is_not_stopped_in_between() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let summer = library.folder(&ada, None, "Summer").await;
    library.upload_into(&ada, summer.id, 1).await;
    library.multiply(1_100).await;
    let in_sight = async || {
        let all = AssetFilter::default();
        library.count_assets(&ada, &all).await.unwrap()
    };

    let went = library.trash_folder(&ada, summer.id).await.unwrap();
    let batch = went.batch.expect("a batch to watch");
    assert!(!batch.stoppable);
    let stopped = library.cancel_batch(&ada, batch.id).await;
    assert_eq!(code(stopped), ProblemCode::Conflict);
    library.run_due_jobs().await.unwrap();
    assert_eq!(in_sight().await, 0);

    let back = library.restore_folder(&ada, summer.id).await.unwrap();
    let batch = back.batch.expect("a batch to watch");
    let stopped = library.cancel_batch(&ada, batch.id).await;
    assert_eq!(code(stopped), ProblemCode::Conflict);
    library.run_due_jobs().await.unwrap();
    assert_eq!(in_sight().await, 1_101);
}

#[tokio::test]
async fn what_comes_back_elsewhere_is_told_also_when_its_folder_is_gone_for_good() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let trips = library.folder(&ada, None, "Trips").await;
    let beach = library.folder(&ada, Some(trips.id), "Beach").await;
    let summer = library.folder(&ada, Some(trips.id), "Summer").await;
    let gone = library.upload_into(&ada, beach.id, 1).await.id;
    let hidden = library.upload_into(&ada, summer.id, 2).await.id;
    let there = library.upload_into(&ada, trips.id, 3).await.id;
    let ids = [gone, hidden, there];
    let change = async |action| library.change_chosen(&ada, action, &ids).await.unwrap();
    change(BatchAction::Trash).await;
    library.trash_folder(&ada, beach.id).await.unwrap();
    library.purge_folder(&ada, beach.id).await.unwrap();
    library.trash_folder(&ada, summer.id).await.unwrap();

    let back = change(BatchAction::Restore).await;
    change(BatchAction::Trash).await;
    let again = change(BatchAction::Restore).await;

    assert_eq!(back.changed, ids);
    assert_eq!(back.elsewhere, [gone, hidden]);
    let places: Vec<_> = back.assets.iter().map(|asset| asset.folder_id).collect();
    assert_eq!(places, [Some(trips.id); 3]);
    assert!(again.elsewhere.is_empty());
}

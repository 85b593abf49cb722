//! Undoing what was done to many: what is still as the batch left it becomes what it was.

use std::time::Duration;

use library::Actor;
use model::{
    AssetFilter, AssetId, AssetPatch, AssetState, Batch, BatchAction, BatchId, BatchState,
    FolderId, ProblemCode, Reason, Selection, TeamId,
};

use crate::support::{TestLibrary, code, fresh_library, problem, text};

const DAY: Duration = Duration::from_hours(24);

impl TestLibrary {
    async fn notes(&self, actor: &Actor, count: u64) -> Vec<AssetId> {
        let mut ids = Vec::new();
        for seed in 0..count {
            let name = format!("{seed}.txt");
            ids.push(self.upload(actor, &name, &text(seed, 60)).await.id);
        }
        ids
    }

    /// Does something to some assets; answers what undoes it.
    async fn does(&self, actor: &Actor, action: BatchAction, ids: &[AssetId]) -> BatchId {
        let these = Selection::Ids(ids.to_vec());
        let answer = self.change_assets(actor, action, these).await.unwrap();
        answer.undo.expect("it can be undone")
    }

    /// How many an undoing turned back, and how many it left.
    async fn undoes(&self, actor: &Actor, batch: BatchId) -> (u64, u64) {
        let undone = self.undo_batch(actor, batch).await.unwrap();
        assert_eq!(undone.state, BatchState::Finished);
        assert_eq!(undone.undoes, Some(batch));
        (undone.changed, undone.refused)
    }

    async fn places(&self, actor: &Actor, ids: &[AssetId]) -> Vec<(Option<FolderId>, AssetState)> {
        let mut places = Vec::new();
        for id in ids {
            let asset = self.get_asset(actor, *id).await.unwrap();
            places.push((asset.folder_id, asset.state));
        }
        places
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn all() -> Selection {
    Selection::Filter(Box::default())
}

#[tokio::test]
async fn what_was_moved_archived_and_trashed_is_where_it_was_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let summer = library.folder(&anna, None, "Summer").await.id;
    let winter = library.folder(&anna, None, "Winter").await.id;
    let ids = library.notes(&anna, 3).await;
    let move_to = |folder| BatchAction::Move {
        folder_id: Some(folder),
    };
    library.does(&anna, move_to(summer), &ids[..1]).await;
    library.does(&anna, BatchAction::Archive, &ids[1..2]).await;
    let before = library.places(&anna, &ids).await;

    for action in [move_to(winter), BatchAction::Archive, BatchAction::Trash] {
        let batch = library.does(&anna, action.clone(), &ids).await;
        let (_, left) = library.undoes(&anna, batch).await;
        assert_eq!(left, 0, "{action:?}");
        assert_eq!(library.places(&anna, &ids).await, before, "{action:?}");
    }
    library.does(&anna, BatchAction::Trash, &ids).await;
    let restored = library.does(&anna, BatchAction::Restore, &ids).await;
    assert_eq!(library.undoes(&anna, restored).await, (3, 0));
    let trashed = library.places(&anna, &ids).await;
    assert!(trashed.iter().all(|it| it.1 == AssetState::Trashed));
}

#[tokio::test]
async fn what_somebody_changed_since_stays_as_it_is() {
    let library = fresh_library().await;
    let (ada, anna) = (
        library.administrator("ada").await,
        library.agent("anna").await,
    );
    let gone = library.folder(&ada, None, "Gone").await.id;
    let winter = library.folder(&ada, None, "Winter").await.id;
    let other = library.folder(&ada, None, "Other").await.id;
    let ids = library.notes(&anna, 4).await;
    let move_to = |folder| BatchAction::Move {
        folder_id: Some(folder),
    };
    library.does(&anna, move_to(gone), &ids[3..]).await;
    let moved = library.does(&anna, move_to(winter), &ids).await;
    library.does(&anna, move_to(other), &ids[..1]).await;
    library.trash_asset(&anna, ids[1]).await.unwrap();
    library.trash_folder(&ada, gone).await.unwrap();

    // One was moved on, one is in the trash, and one lay in a folder that is there too.
    assert_eq!(library.undoes(&anna, moved).await, (1, 3));
    let places = library.places(&anna, &ids).await;
    assert_eq!(places[0], (Some(other), AssetState::Active));
    assert_eq!(places[1], (Some(winter), AssetState::Trashed));
    assert_eq!(places[2], (None, AssetState::Active));
    assert_eq!(places[3], (Some(winter), AssetState::Active));

    // What was restored and trashed by somebody else is in the trash for another reason.
    let trashed = library.does(&anna, BatchAction::Trash, &ids[2..]).await;
    library.restore_asset(&ada, ids[2]).await.unwrap();
    library.clock.advance(Duration::from_secs(1));
    library.trash_asset(&ada, ids[2]).await.unwrap();
    assert_eq!(library.undoes(&anna, trashed).await, (1, 1));
}

#[tokio::test]
async fn tags_go_that_came_and_come_that_went() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = library.notes(&anna, 3).await;
    let tag = |tags: &[&str]| BatchAction::Tag { tags: words(tags) };
    let tags_of = async |id| library.get_asset(&anna, id).await.unwrap().tags;
    library.does(&anna, tag(&["sea"]), &ids[..1]).await;

    let tagged = library.does(&anna, tag(&["sea", "sun"]), &ids).await;
    let sand = AssetPatch {
        tags: Some(words(&["sand"])),
        ..AssetPatch::default()
    };
    library.update_asset(&anna, ids[2], sand).await.unwrap();
    assert_eq!(library.undoes(&anna, tagged).await, (2, 1));
    assert_eq!(tags_of(ids[0]).await, ["sea"]);
    assert_eq!(tags_of(ids[1]).await, [""; 0]);
    assert_eq!(tags_of(ids[2]).await, ["sand"]);

    let untag = BatchAction::Untag {
        tags: words(&["sea", "sand"]),
    };
    let untagged = library.does(&anna, untag, &ids).await;
    let sand = library.find_tag(&anna, "sand").await.unwrap().unwrap();
    library.delete_tag(&anna, sand.id).await.unwrap();
    assert_eq!(library.undoes(&anna, untagged).await, (1, 1));
    assert_eq!(tags_of(ids[0]).await, ["sea"]);
    assert_eq!(tags_of(ids[2]).await, [""; 0]);
}

#[tokio::test]
async fn teams_go_that_came_and_come_that_went() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let press = library.create_team(&ada, "Press", &[]).await.unwrap().id;
    let ids = library.notes(&ada, 2).await;
    let assign = |teams: Vec<TeamId>| BatchAction::Assign { teams };
    let teams_of = async |id| library.get_asset(&ada, id).await.unwrap().teams;

    library.does(&ada, assign(vec![press]), &ids[..1]).await;
    let assigned = library.does(&ada, assign(vec![press]), &ids).await;
    assert_eq!(library.undoes(&ada, assigned).await, (1, 0));
    assert_eq!(teams_of(ids[0]).await, ["Press"]);
    assert_eq!(teams_of(ids[1]).await, [""; 0]);

    let unassign = BatchAction::Unassign { teams: vec![press] };
    let unassigned = library.does(&ada, unassign, &ids).await;
    assert_eq!(library.undoes(&ada, unassigned).await, (1, 0));
    assert_eq!(teams_of(ids[0]).await, ["Press"]);
}

#[tokio::test]
async fn a_batch_is_undone_once_within_a_day_by_who_began_it_or_an_administrator() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let (anna, ben) = (library.agent("anna").await, library.agent("ben").await);
    let ids = library.notes(&anna, 2).await;
    let undoable = async |actor, batch| -> Batch { library.get_batch(actor, batch).await.unwrap() };
    let refused = async |actor, batch| problem(library.undo_batch(actor, batch).await);

    let batch = library.does(&anna, BatchAction::Archive, &ids).await;
    assert_eq!(refused(&ben, batch).await.code, ProblemCode::Forbidden);
    assert!(!undoable(&ben, batch).await.undoable);
    assert!(undoable(&anna, batch).await.undoable);
    let eve = library.stranger("eve").await;
    assert_eq!(refused(&eve, batch).await.code, ProblemCode::NotFound);
    let undone = library.undo_batch(&ada, batch).await.unwrap();
    let again = refused(&anna, batch).await;
    assert_eq!(again.reason, Some(Reason::NotUndoable));
    assert!(!undoable(&anna, batch).await.undoable);
    let undone = refused(&ada, undone.id).await;
    assert_eq!(undone.reason, Some(Reason::NotUndoable));

    let late = library.does(&anna, BatchAction::Archive, &ids).await;
    library.clock.advance(DAY);
    let late = refused(&anna, late).await;
    assert_eq!(late.reason, Some(Reason::NotUndoable));
}

#[tokio::test]
async fn nothing_is_to_be_undone_where_nothing_changed_or_all_is_gone() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ids = library.notes(&ada, 1).await;
    let these = || Selection::Ids(ids.clone());

    let unarchived = library.change_assets(&ada, BatchAction::Unarchive, these());
    assert_eq!(unarchived.await.unwrap().undo, None);
    let trashed = library.does(&ada, BatchAction::Trash, &ids).await;
    let purged = library.change_assets(&ada, BatchAction::Purge, these());
    assert_eq!(purged.await.unwrap().undo, None);
    assert_eq!(library.undoes(&ada, trashed).await, (0, 1));
}

#[tokio::test]
async fn very_many_are_turned_back_a_piece_at_a_time() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let tag = BatchAction::Tag {
        tags: words(&["sea", "sun"]),
    };
    let answer = library.change_assets(&ada, tag, all()).await.unwrap();
    let batch = answer.batch.expect("a batch to watch").id;
    let running = problem(library.undo_batch(&ada, batch).await);
    assert_eq!(running.reason, Some(Reason::NotUndoable));
    library.run_due_jobs().await.unwrap();

    let undoing = library.undo_batch(&ada, batch).await.unwrap();
    assert_eq!((undoing.state, undoing.total), (BatchState::Running, 1_101));
    library.run_due_jobs().await.unwrap();

    let undone = library.get_batch(&ada, undoing.id).await.unwrap();
    assert_eq!((undone.changed, undone.refused), (1_101, 0));
    let tagged = AssetFilter {
        tags: words(&["sea"]),
        ..AssetFilter::default()
    };
    assert_eq!(library.count_assets(&ada, &tagged).await.unwrap(), 0);
}

#[tokio::test]
async fn what_a_batch_changed_is_forgotten_after_two_days_and_the_batch_after_a_week() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = library.notes(&anna, 2).await;
    let batch = library.does(&anna, BatchAction::Archive, &ids).await;
    let kept = async || {
        let rows = library.database.texts("select asset_id from batch_items");
        rows.await.len()
    };

    let pass = async |days| {
        for _ in 0..days {
            library.clock.advance(DAY);
            library.run_due_rounds().await.unwrap();
        }
    };
    library.run_due_rounds().await.unwrap();

    pass(1).await;
    assert_eq!(kept().await, 2);
    pass(2).await;
    assert_eq!(kept().await, 0);
    assert!(library.get_batch(&anna, batch).await.is_ok());
    pass(7).await;
    assert_eq!(
        code(library.get_batch(&anna, batch).await),
        ProblemCode::NotFound
    );
}

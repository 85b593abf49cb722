//! One deed on many assets: each is answered, and nothing of anybody else's changes.

use std::time::Duration;

use library::{Actor, users::UserPatch};
use model::{
    AssetFilter, AssetId, AssetPatch, AssetState, BatchAction, BatchState, FolderId, Outcome,
    ProblemCode, Role, Selection, TeamChoice, TeamId, id::Id as _,
};

use crate::support::{TestLibrary, code, fresh_library, text};

/// Rows like the library's own, but for a version: they all show the same bytes.
macro_rules! copies {
    ($times:literal) => {
        concat!(
            "with recursive numbers (n) as ( \
                 select 1 union all select n + 1 from numbers where n < ",
            $times,
            ") \
             insert into assets (id, account_id, folder_id, name, name_key, name_words, alt_text, \
                 kind, state, source, blob_id, mime, size, sha256, has_renditions, version, \
                 created_at, updated_at, created_by) \
             select 'ast_00000000000000000000' || cast(100000 + n as text), account_id, folder_id, \
                    name, name_key, name_words, alt_text, kind, state, source, blob_id, mime, \
                    size, sha256, has_renditions, version, created_at, updated_at, created_by \
               from assets cross join numbers"
        )
    };
}

impl TestLibrary {
    /// Copies the only asset there is, so that there are very many.
    pub async fn multiply(&self, times: usize) {
        let copy = match times {
            1_100 => copies!(1100),
            _ => copies!(5200),
        };
        assert_eq!(self.database.execute(copy).await, times as u64);
    }
}

async fn notes(library: &TestLibrary, actor: &Actor, count: u64) -> Vec<AssetId> {
    let mut ids = Vec::new();
    for seed in 0..count {
        let name = format!("{seed}.txt");
        let made = library.upload(actor, &name, &text(seed, 60)).await;
        ids.push(made.id);
    }
    ids
}

fn moving(folder_id: Option<FolderId>) -> BatchAction {
    BatchAction::Move { folder_id }
}

fn all() -> Selection {
    Selection::Filter(Box::default())
}

fn trashed() -> Selection {
    Selection::Filter(Box::new(AssetFilter {
        state: AssetState::Trashed,
        ..AssetFilter::default()
    }))
}

#[tokio::test]
async fn every_asset_of_a_batch_is_answered_in_its_order() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let folder = library.folder(&anna, None, "Summer").await;
    let ids = notes(&library, &anna, 3).await;
    library.trash_asset(&anna, ids[1]).await.unwrap();
    let unknown = AssetId::from_parts(1, 1);
    let asked = vec![ids[0], unknown, ids[1], ids[0], ids[2]];

    let archived = library
        .change_assets(&anna, BatchAction::Archive, Selection::Ids(asked.clone()))
        .await
        .unwrap();
    let moved = library
        .change_assets(
            &anna,
            moving(Some(folder.id)),
            Selection::Ids(asked.clone()),
        )
        .await
        .unwrap();

    let (changed, refused) = (Outcome::Changed, Outcome::Refused);
    let outcomes: Vec<_> = archived.items.iter().map(|item| item.outcome).collect();
    assert_eq!(outcomes, [changed, refused, refused, changed, changed]);
    let answered: Vec<_> = archived.items.iter().map(|item| item.id).collect();
    assert_eq!(answered, asked);
    let problem = archived.items[2].problem.as_ref().unwrap();
    assert_eq!(problem.code, ProblemCode::Conflict);
    let item = &moved.items[0];
    assert_eq!(item.before.unwrap().folder_id, None);
    assert_eq!(item.after.unwrap().folder_id, Some(folder.id));
    assert_eq!(item.after.unwrap().state, AssetState::Archived);
}

#[tokio::test]
async fn ids_of_another_account_are_answered_like_ids_of_nobody() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let eve = library.stranger("eve").await;
    let ours = notes(&library, &ada, 1).await[0];
    let theirs = notes(&library, &eve, 1).await[0];
    let before = library.get_asset(&eve, theirs).await.unwrap();
    let tags = || vec!["taken".to_owned()];
    let press = library.create_team(&ada, "Press", &[]).await.unwrap().id;
    let teams = || vec![press];
    let actions = [
        moving(None),
        BatchAction::Tag { tags: tags() },
        BatchAction::Untag { tags: tags() },
        BatchAction::Assign { teams: teams() },
        BatchAction::Unassign { teams: teams() },
        BatchAction::Archive,
        BatchAction::Unarchive,
        BatchAction::Trash,
        BatchAction::Restore,
        BatchAction::Trash,
        BatchAction::Purge,
    ];

    for action in actions {
        let nobodys = AssetId::from_parts(1, 1);
        let ids = Selection::Ids(vec![theirs, ours, nobodys]);
        let answer = library.change_assets(&ada, action, ids).await.unwrap();
        let mut said = answer.items[0].clone();
        assert_eq!(said.problem.as_ref().unwrap().code, ProblemCode::NotFound);
        said.id = nobodys;
        assert_eq!(said, answer.items[2]);
    }

    assert_eq!(library.get_asset(&eve, theirs).await.unwrap(), before);
    assert_eq!(
        code(library.get_asset(&ada, ours).await),
        ProblemCode::NotFound
    );
    let into_theirs = library.folder(&eve, None, "Hers").await;
    let ids = Selection::Ids(vec![ours]);
    let moved = library.change_assets(&ada, moving(Some(into_theirs.id)), ids);
    assert_eq!(code(moved.await), ProblemCode::NotFound);
}

#[tokio::test]
async fn tags_come_and_go_on_many_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = notes(&library, &anna, 3).await;
    let tags = |words: &[&str]| words.iter().map(ToString::to_string).collect();

    let tag = BatchAction::Tag {
        tags: tags(&["Sun", "Sea"]),
    };
    library.change_assets(&anna, tag, all()).await.unwrap();
    let untag = BatchAction::Untag {
        tags: tags(&["SUN", "unknown"]),
    };
    let some = Selection::Ids(ids[..2].to_vec());
    library.change_assets(&anna, untag, some).await.unwrap();

    let tags_of = async |id| library.get_asset(&anna, id).await.unwrap().tags;
    assert_eq!(tags_of(ids[0]).await, ["Sea"]);
    assert_eq!(tags_of(ids[2]).await, ["Sea", "Sun"]);
    let none = BatchAction::Tag { tags: Vec::new() };
    assert_eq!(
        code(library.change_assets(&anna, none, all()).await),
        ProblemCode::Invalid
    );
}

#[tokio::test]
async fn a_batch_says_which_assets_were_tagged_so_already_and_which_have_too_many() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = notes(&library, &anna, 3).await;
    let tag = async |words: Vec<String>, ids: &[AssetId]| {
        let action = BatchAction::Tag { tags: words };
        let these = Selection::Ids(ids.to_vec());
        let answer = library.change_assets(&anna, action, these).await.unwrap();
        let outcomes: Vec<_> = answer.items.iter().map(|item| item.outcome).collect();
        outcomes
    };
    let many = (0..50).map(|n| format!("word {n}")).collect();

    tag(many, &ids[..1]).await;
    tag(vec!["sea".to_owned()], &ids[1..2]).await;
    let outcomes = tag(vec!["Sea".to_owned()], &ids).await;

    let expected = [Outcome::Refused, Outcome::Unchanged, Outcome::Changed];
    assert_eq!(outcomes, expected);
    let full = library.get_asset(&anna, ids[0]).await.unwrap();
    assert_eq!(full.tags.len(), 50);
}

#[tokio::test]
async fn teams_come_and_go_on_many_at_once() {
    let library = fresh_library().await;
    let (ada, anna) = (
        library.administrator("ada").await,
        library.agent("anna").await,
    );
    let ids = notes(&library, &anna, 3).await;
    let press = library.create_team(&ada, "Press", &[]).await.unwrap().id;
    let sales = library.create_team(&ada, "Sales", &[]).await.unwrap().id;
    let eve = library.stranger("eve").await;
    let hers = library.create_team(&eve, "Hers", &[]).await.unwrap().id;
    let assign = |teams: &[TeamId]| BatchAction::Assign {
        teams: teams.to_vec(),
    };

    let all_for = library.change_assets(&anna, assign(&[press, sales]), all());
    assert!(all_for.await.is_ok());
    let unassign = BatchAction::Unassign { teams: vec![sales] };
    let some = Selection::Ids(vec![ids[0], ids[0], ids[1]]);
    let answer = library.change_assets(&anna, unassign, some).await.unwrap();
    let again = library
        .change_assets(&anna, assign(&[press]), all())
        .await
        .unwrap();

    assert!(answer.items.iter().all(|it| it.outcome == Outcome::Changed));
    assert!(
        again
            .items
            .iter()
            .all(|it| it.outcome == Outcome::Unchanged)
    );
    for teams in [vec![press, hers], vec![TeamId::from_parts(1, 1)], vec![]] {
        let refused = library.change_assets(&anna, assign(&teams), all()).await;
        assert_eq!(code(refused), ProblemCode::Invalid);
    }
    let teams_of = async |id| library.get_asset(&anna, id).await.unwrap().teams;
    assert_eq!(teams_of(ids[0]).await, ["Press"]);
    assert_eq!(teams_of(ids[2]).await, ["Press", "Sales"]);
}

#[tokio::test]
async fn very_many_become_a_teams_a_piece_at_a_time() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let press = library.create_team(&ada, "Press", &[]).await.unwrap().id;

    let assign = BatchAction::Assign { teams: vec![press] };
    let answer = library.change_assets(&ada, assign, all()).await.unwrap();
    let batch = answer.batch.expect("a batch to watch");
    library.run_due_jobs().await.unwrap();

    let batch = library.get_batch(&ada, batch.id).await.unwrap();
    assert_eq!((batch.state, batch.changed), (BatchState::Finished, 1_101));
    let for_press = AssetFilter {
        teams: vec![TeamChoice::Team(press)],
        ..AssetFilter::default()
    };
    let found = library.count_assets(&ada, &for_press).await.unwrap();
    assert_eq!(found, 1_101);
}

#[tokio::test]
async fn what_words_find_is_looked_for_once() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let one = library.upload(&ada, "shore.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let found = Selection::Filter(Box::new(AssetFilter {
        q: Some("shore".to_owned()),
        ..AssetFilter::default()
    }));
    let targets = "select asset_id from batch_targets";

    let answer = library.change_assets(&ada, BatchAction::Archive, found);
    let batch = answer.await.unwrap().batch.expect("a batch to watch");
    assert_eq!(library.database.texts(targets).await.len(), 1_101);
    // What changed since is not looked at by its words, but whether it is there still.
    let named = AssetPatch {
        name: Some("other.txt".parse().unwrap()),
        ..AssetPatch::default()
    };
    library.update_asset(&ada, one.id, named).await.unwrap();
    let copy = "ast_00000000000000000000100001".parse().unwrap();
    library.trash_asset(&ada, copy).await.unwrap();
    library.run_due_jobs().await.unwrap();

    let batch = library.get_batch(&ada, batch.id).await.unwrap();
    assert_eq!((batch.state, batch.total), (BatchState::Finished, 1_101));
    assert_eq!((batch.changed, batch.refused), (1_100, 0));
    let renamed = library.get_asset(&ada, one.id).await.unwrap();
    assert_eq!(renamed.state, AssetState::Archived);
    assert_eq!(library.database.texts(targets).await, [""; 0]);
}

#[tokio::test]
async fn what_words_find_in_very_many_is_kept_in_pieces_before_anything_is_done() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "shore.txt", &text(1, 60)).await;
    library.multiply(5_200).await;
    let found = Selection::Filter(Box::new(AssetFilter {
        q: Some("shore".to_owned()),
        ..AssetFilter::default()
    }));
    let targets = "select asset_id from batch_targets";

    let answer = library.change_assets(&ada, BatchAction::Archive, found);
    let batch = answer.await.unwrap().batch.expect("a batch to watch");

    // Whoever asks waits for a few of them only, and is told of all.
    assert_eq!(library.database.texts(targets).await.len(), 5_000);
    assert_eq!((batch.total, batch.done), (5_201, 0));
    library.run_due_jobs().await.unwrap();
    let batch = library.get_batch(&ada, batch.id).await.unwrap();
    assert_eq!((batch.state, batch.total), (BatchState::Finished, 5_201));
    assert_eq!((batch.changed, batch.refused), (5_201, 0));
    assert_eq!(library.database.texts(targets).await, [""; 0]);
}

#[tokio::test]
async fn what_a_stopped_batch_had_still_to_come_to_is_forgotten_with_it() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "shore.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let found = Selection::Filter(Box::new(AssetFilter {
        q: Some("shore".to_owned()),
        ..AssetFilter::default()
    }));
    let answer = library.change_assets(&ada, BatchAction::Trash, found);
    let batch = answer.await.unwrap().batch.expect("a batch to watch");
    library.cancel_batch(&ada, batch.id).await.unwrap();

    library.run_due_rounds().await.unwrap();
    library.clock.advance(Duration::from_hours(8 * 24));
    // A clock that jumps so far is not believed for a day.
    for _ in 0..25 {
        library.run_due_rounds().await.unwrap();
        library.clock.advance(Duration::from_mins(61));
    }

    let targets = "select asset_id from batch_targets";
    assert_eq!(library.database.texts(targets).await.len(), 0);
}

#[tokio::test]
async fn trash_and_restore_go_through_what_each_was_before() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = notes(&library, &anna, 2).await;
    library.archive_asset(&anna, ids[0]).await.unwrap();
    library.share_asset(&anna, ids[1]).await.unwrap();
    let these = || Selection::Ids(ids.clone());

    library
        .change_assets(&anna, BatchAction::Trash, these())
        .await
        .unwrap();
    let gone = library.get_asset(&anna, ids[1]).await.unwrap();
    let back = library
        .change_assets(&anna, BatchAction::Restore, trashed())
        .await
        .unwrap();

    assert_eq!((gone.state, gone.url), (AssetState::Trashed, None));
    let states: Vec<_> = back
        .items
        .iter()
        .map(|item| item.after.unwrap().state)
        .collect();
    assert_eq!(states, [AssetState::Archived, AssetState::Active]);
}

#[tokio::test]
async fn agents_do_not_purge_many_either() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = notes(&library, &anna, 1).await;
    library.trash_asset(&anna, ids[0]).await.unwrap();

    let purged = library.change_assets(&anna, BatchAction::Purge, trashed());
    assert_eq!(code(purged.await), ProblemCode::Forbidden);
    assert_eq!(
        code(library.empty_trash(&anna).await),
        ProblemCode::Forbidden
    );
    assert!(library.get_asset(&anna, ids[0]).await.is_ok());
}

#[tokio::test]
async fn a_batch_names_at_least_one_asset_and_at_most_a_thousand() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    for count in [0, 1_001] {
        let ids = vec![AssetId::from_parts(1, 1); count];
        let answer = library.change_assets(&anna, BatchAction::Trash, Selection::Ids(ids));
        assert_eq!(code(answer.await), ProblemCode::Invalid);
    }
}

#[tokio::test]
async fn very_many_are_done_a_piece_at_a_time_and_can_be_stopped() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let folder = library.folder(&ada, None, "Summer").await;
    library.upload_into(&ada, folder.id, 1).await;
    library.multiply(1_100).await;

    let answer = library
        .change_assets(&ada, BatchAction::Archive, all())
        .await;
    let stopped = answer.unwrap().batch.expect("a batch to watch");
    assert!(stopped.stoppable);
    let anna = library.agent("anna").await;
    assert_eq!(
        code(library.cancel_batch(&anna, stopped.id).await),
        ProblemCode::Forbidden
    );
    library.cancel_batch(&ada, stopped.id).await.unwrap();
    library.run_due_jobs().await.unwrap();
    let stopped = library.get_batch(&ada, stopped.id).await.unwrap();
    let answer = library.change_assets(&ada, BatchAction::Trash, all()).await;
    let batch = answer.unwrap().batch.expect("a batch to watch");
    library.run_due_jobs().await.unwrap();
    let batch = library.get_batch(&ada, batch.id).await.unwrap();

    assert_eq!((stopped.state, stopped.done), (BatchState::Cancelled, 0));
    assert_eq!((batch.state, batch.changed), (BatchState::Finished, 1_101));
    let eve = library.stranger("eve").await;
    assert_eq!(
        code(library.get_batch(&eve, batch.id).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        code(library.cancel_batch(&eve, batch.id).await),
        ProblemCode::NotFound
    );
    let counted = library.get_folder(&ada, folder.id).await.unwrap();
    assert_eq!(counted.total_count, 0);
}

#[tokio::test]
async fn a_batch_stops_once_who_asked_may_no_longer() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ben = library.administrator("ben").await;
    library.upload(&ada, "shore.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let begin = async |actor: &Actor, action| {
        let answer = library.change_assets(actor, action, all()).await;
        answer.unwrap().batch.expect("a batch to watch").id
    };
    let ended = async |batch| {
        library.run_due_jobs().await.unwrap();
        let batch = library.get_batch(&ada, batch).await.unwrap();
        (batch.state, batch.done)
    };
    let ben_id = ben.user_id().unwrap();

    let archived = begin(&ben, BatchAction::Archive).await;
    library.disable_user(&ada, ben_id).await.unwrap();
    assert_eq!(ended(archived).await, (BatchState::Cancelled, 0));

    library.enable_user(&ada, ben_id).await.unwrap();
    let trash = begin(&ben, BatchAction::Trash).await;
    assert_eq!(ended(trash).await, (BatchState::Finished, 1_101));
    let purge = library.change_assets(&ben, BatchAction::Purge, trashed());
    let purge = purge.await.unwrap().batch.expect("a batch to watch").id;
    let lowered = UserPatch {
        role: Some(Role::Agent),
        quota: None,
    };
    library.update_user(&ada, ben_id, lowered).await.unwrap();
    assert_eq!(ended(purge).await, (BatchState::Cancelled, 0));
    let trash = AssetFilter {
        state: AssetState::Trashed,
        ..AssetFilter::default()
    };
    let left = library.count_assets(&ada, &trash);
    assert_eq!(left.await.unwrap(), 1_101);
}

#[tokio::test]
async fn many_named_ones_are_purged_in_pieces_and_each_is_answered() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let mut ids = notes(&library, &ada, 3).await;
    for id in &ids[..2] {
        library.trash_asset(&ada, *id).await.unwrap();
    }
    // Nobody's, so many that the last of the account's own is of the second piece.
    ids.splice(1..1, (0..220).map(|n| AssetId::from_parts(1, n)));

    let named = Selection::Ids(ids.clone());
    let answer = library.change_assets(&ada, BatchAction::Purge, named);
    let items = answer.await.unwrap().items;

    let answered: Vec<_> = items.iter().map(|item| item.id).collect();
    assert_eq!(answered, ids);
    let outcome = |at: usize| items[at].outcome;
    let own = [0, 221, 222].map(outcome);
    let expected = [Outcome::Changed, Outcome::Changed, Outcome::Refused];
    assert_eq!(own, expected);
    assert!((1..221).all(|at| outcome(at) == Outcome::Refused));
    assert!(library.get_asset(&ada, ids[221]).await.is_err());
    assert!(library.get_asset(&ada, ids[222]).await.is_ok());
}

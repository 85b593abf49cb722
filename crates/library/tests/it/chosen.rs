//! Files chosen one by one, however many: what was done is told, and only that is turned back.

use library::Actor;
use model::{AssetId, AssetState, BatchAction, Changes, Outcome, ProblemCode, Selection};

use crate::support::{TestDatabase, TestLibrary, code, fresh_library, text};

async fn notes(library: &TestLibrary, actor: &Actor, count: u64) -> Vec<AssetId> {
    let mut ids = Vec::new();
    for seed in 0..count {
        let name = format!("{seed}.txt");
        let made = library.upload(actor, &name, &text(seed, 60)).await;
        ids.push(made.id);
    }
    ids
}

async fn turn_back(library: &TestLibrary, actor: &Actor, changes: &Changes) {
    for batch in &changes.undo {
        library.undo_batch(actor, *batch).await.unwrap();
    }
}

/// The copies that [`TestLibrary::multiply`] made, in their order.
fn copies() -> Vec<AssetId> {
    (100_001..=101_100)
        .map(|number| format!("ast_00000000000000000000{number}"))
        .map(|id| id.parse().unwrap())
        .collect()
}

/// From now on no copy after the first thousand can be changed.
async fn break_the_last(library: &TestLibrary) {
    let sql = match library.database {
        TestDatabase::Sqlite(_) => {
            "create trigger broken before update on assets \
               when new.id between 'ast_00000000000000000000101001' and \
                                   'ast_00000000000000000000101100' \
             begin select raise(abort, 'broken for a test'); end"
        }
        TestDatabase::Postgres { .. } => {
            "alter table assets add constraint broken check ( \
                 state = 'active' or id not between 'ast_00000000000000000000101001' \
                                                and 'ast_00000000000000000000101100') not valid"
        }
    };
    library.database.execute(sql).await;
}

#[tokio::test]
async fn undo_spares_what_a_colleague_did_before() {
    let library = fresh_library().await;
    let (anna, ben) = (library.agent("anna").await, library.agent("ben").await);
    let ids = notes(&library, &anna, 3).await;
    let state = async |id| library.get_asset(&anna, id).await.unwrap().state;

    library.trash_asset(&ben, ids[0]).await.unwrap();
    let changes = library.change_chosen(&anna, BatchAction::Trash, &ids).await;
    let changes = changes.unwrap();
    assert_eq!((changes.assets.len(), changes.problem.as_ref()), (3, None));
    assert_eq!(changes.changed, ids[1..]);
    turn_back(&library, &anna, &changes).await;

    assert_eq!(state(ids[0]).await, AssetState::Trashed);
    assert_eq!(state(ids[1]).await, AssetState::Active);
    assert_eq!(state(ids[2]).await, AssetState::Active);
}

#[tokio::test]
async fn undo_of_a_move_spares_what_lay_there_and_what_went_on_since() {
    let library = fresh_library().await;
    let (anna, ben) = (library.agent("anna").await, library.agent("ben").await);
    let summer = library.folder(&anna, None, "Summer").await.id;
    let winter = library.folder(&anna, None, "Winter").await.id;
    let ids = notes(&library, &anna, 3).await;
    let folder = async |id| library.get_asset(&anna, id).await.unwrap().folder_id;
    let move_to = |folder| BatchAction::Move {
        folder_id: Some(folder),
    };

    let there = Selection::Ids(vec![ids[0]]);
    let there = library.change_assets(&ben, move_to(summer), there).await;
    assert_eq!(there.unwrap().items[0].outcome, Outcome::Changed);
    let changes = library.change_chosen(&anna, move_to(summer), &ids).await;
    let changes = changes.unwrap();
    let on = Selection::Ids(vec![ids[1]]);
    library
        .change_assets(&ben, move_to(winter), on)
        .await
        .unwrap();
    turn_back(&library, &anna, &changes).await;

    assert_eq!(folder(ids[0]).await, Some(summer));
    assert_eq!(folder(ids[1]).await, Some(winter));
    assert_eq!(folder(ids[2]).await, None);
}

#[tokio::test]
async fn where_a_later_piece_fails_what_was_done_is_told_and_can_be_undone() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let copies = copies();
    break_the_last(&library).await;

    let archive = || BatchAction::Archive;
    let changes = library.change_chosen(&anna, archive(), &copies).await;
    let changes = changes.unwrap();
    assert_eq!(changes.changed, copies[..1_000]);
    assert_eq!(
        changes.problem.as_ref().unwrap().code,
        ProblemCode::Internal
    );
    assert_eq!(changes.undo.len(), 1);
    let none = library
        .change_chosen(&anna, archive(), &copies[1_000..])
        .await;
    assert_eq!(code(none), ProblemCode::Internal);

    turn_back(&library, &anna, &changes).await;
    let first = library.get_asset(&anna, copies[0]).await.unwrap();
    assert_eq!(first.state, AssetState::Active);
}

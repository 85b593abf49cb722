//! What became of each asset of a batch that nobody waited for, and why one came to no end.

use std::time::Duration;

use library::Actor;
use model::{
    AssetId, AssetPatch, BatchAction, BatchId, BatchItem, BatchState, Limit, Outcome, ProblemCode,
    Reason, Selection,
};

use crate::support::{TestLibrary, code, fresh_library, text};

impl TestLibrary {
    /// All that is told of the assets of a batch, page by page.
    async fn items(
        &self,
        actor: &Actor,
        batch: BatchId,
        outcome: Option<Outcome>,
    ) -> Vec<BatchItem> {
        let (mut items, mut cursor) = (Vec::new(), None);
        loop {
            let limit = Limit::MOST;
            let page = self.list_batch_items(actor, batch, outcome, cursor.as_ref(), limit);
            let page = page.await.unwrap();
            items.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return items;
            }
        }
    }

    /// Very many assets, of which one carries all the tags it can.
    async fn crowd_with_a_full_one(&self, actor: &Actor) -> AssetId {
        let full = self.upload(actor, "a.txt", &text(1, 60)).await.id;
        self.multiply(1_100).await;
        let tags = (0..50).map(|number| format!("word {number}")).collect();
        let patch = AssetPatch {
            tags: Some(tags),
            ..AssetPatch::default()
        };
        self.update_asset(actor, full, patch).await.unwrap();
        full
    }
}

fn tag(word: &str) -> BatchAction {
    BatchAction::Tag {
        tags: vec![word.to_owned()],
    }
}

fn all() -> Selection {
    Selection::Filter(Box::default())
}

#[tokio::test]
async fn a_batch_of_very_many_says_which_it_refused_and_why() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let full = library.crowd_with_a_full_one(&anna).await;

    let answer = library.change_assets(&anna, tag("sea"), all()).await;
    let batch = answer.unwrap().batch.expect("a batch to watch").id;
    library.run_due_jobs().await.unwrap();

    let told = library.get_batch(&anna, batch).await.unwrap();
    assert_eq!((told.changed, told.refused), (1_100, 1));
    let refused = library.items(&anna, batch, Some(Outcome::Refused)).await;
    let [refused] = refused.as_slice() else {
        panic!("one was refused: {refused:?}");
    };
    let problem = refused.problem.as_ref().expect("a reason");
    assert_eq!((refused.id, refused.outcome), (full, Outcome::Refused));
    assert_eq!(problem.reason, Some(Reason::TooManyTags));

    let items = library.items(&anna, batch, None).await;
    assert_eq!(items.len(), 1_101);
    assert!(items.windows(2).all(|pair| pair[0].id < pair[1].id));
    let changed = library.items(&anna, batch, Some(Outcome::Changed)).await;
    assert_eq!(changed.len(), 1_100);
    assert!(changed.iter().all(|item| item.before.is_some()));
    let eve = library.stranger("eve").await;
    let hers = library.list_batch_items(&eve, batch, None, None, Limit::default());
    assert_eq!(code(hers.await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_batch_that_was_answered_at_once_and_its_undoing_say_the_same() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let one = library.upload(&anna, "a.txt", &text(1, 60)).await.id;
    let two = library.upload(&anna, "b.txt", &text(2, 60)).await.id;
    let nobodys = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD".parse().unwrap();
    let asked = Selection::Ids(vec![one, nobodys, two, nobodys]);

    let answer = library.change_assets(&anna, BatchAction::Archive, asked);
    let batch = answer.await.unwrap().undo.expect("it can be undone");
    let refused = library.items(&anna, batch, Some(Outcome::Refused)).await;
    library.unarchive_asset(&anna, one).await.unwrap();
    let undoing = library.undo_batch(&anna, batch).await.unwrap();
    let left = library.items(&anna, undoing.id, None).await;

    let ids = |items: &[BatchItem]| items.iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(ids(&refused), [nobodys]);
    assert_eq!(ids(&left), [one]);
    let problem = left[0].problem.as_ref().expect("a reason");
    assert_eq!(problem.reason, Some(Reason::ChangedMeanwhile));
}

#[tokio::test]
async fn a_batch_that_cannot_go_on_says_why() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let summer = library.folder(&ada, None, "Summer").await.id;
    library.upload(&ada, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let into_summer = BatchAction::Move {
        folder_id: Some(summer),
    };

    let answer = library.change_assets(&ada, into_summer, all()).await;
    let batch = answer.unwrap().batch.expect("a batch to watch").id;
    library.trash_folder(&ada, summer).await.unwrap();
    library.run_due_jobs().await.unwrap();

    let failed = library.get_batch(&ada, batch).await.unwrap();
    assert_eq!((failed.state, failed.changed), (BatchState::Failed, 0));
    assert_eq!(failed.problem.unwrap().code, ProblemCode::NotFound);
}

#[tokio::test]
async fn what_a_batch_refused_is_forgotten_with_what_it_changed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.crowd_with_a_full_one(&anna).await;
    let answer = library.change_assets(&anna, tag("sea"), all()).await;
    assert!(answer.unwrap().batch.is_some());
    library.run_due_jobs().await.unwrap();
    let kept = async || {
        let rows = library
            .database
            .texts("select asset_id from batch_refusals");
        rows.await.len()
    };

    assert_eq!(kept().await, 1);
    library.run_due_rounds().await.unwrap();
    for _ in 0..3 {
        library.clock.advance(Duration::from_hours(24));
        library.run_due_rounds().await.unwrap();
    }
    assert_eq!(kept().await, 0);
}

//! Tags and teams that very many assets carry: out of sight at once, taken off a piece at a time.

use std::time::Duration;

use library::Actor;
use model::{
    AssetFilter, Batch, BatchAction, BatchState, Limit, Outcome, ProblemCode, Selection, Tag,
};

use crate::support::{TestLibrary, code, fresh_library, text};

impl TestLibrary {
    /// Very many assets that carry a tag.
    async fn crowd(&self, actor: &Actor, name: &str) -> Tag {
        self.upload(actor, "a.txt", &text(1, 60)).await;
        self.multiply(1_100).await;
        Box::pin(self.tag_all(actor, name)).await
    }

    async fn tag_all(&self, actor: &Actor, name: &str) -> Tag {
        let tags = vec![name.to_owned()];
        let all = Selection::Filter(Box::default());
        let answer = self.change_assets(actor, BatchAction::Tag { tags }, all);
        assert!(answer.await.unwrap().batch.is_some());
        self.run_due_jobs().await.unwrap();
        self.find_tag(actor, name).await.unwrap().unwrap()
    }

    async fn tag_names(&self, actor: &Actor) -> Vec<String> {
        let tags = self.list_tags(actor, None, Limit::default()).await.unwrap();
        tags.items.into_iter().map(|tag| tag.name).collect()
    }

    async fn count_tagged(&self, actor: &Actor, tag: &str) -> u64 {
        let filter = AssetFilter {
            tags: vec![tag.to_owned()],
            ..AssetFilter::default()
        };
        self.count_assets(actor, &filter).await.unwrap()
    }

    async fn count_found(&self, actor: &Actor, words: &str) -> u64 {
        let filter = AssetFilter {
            q: Some(words.to_owned()),
            ..AssetFilter::default()
        };
        self.count_assets(actor, &filter).await.unwrap()
    }

    /// The tags of the newest asset.
    async fn tags_shown(&self, actor: &Actor) -> Vec<String> {
        let filter = AssetFilter::default();
        let page = self.list_assets(actor, &filter, None, Limit::default());
        page.await.unwrap().items.remove(0).tags
    }

    async fn progress(&self, actor: &Actor, batch: &Batch) -> (BatchState, u64, u64) {
        let batch = self.get_batch(actor, batch.id).await.unwrap();
        (batch.state, batch.total, batch.changed)
    }
}

#[tokio::test]
async fn a_tag_of_very_many_is_out_of_sight_at_once_and_comes_off_in_pieces() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sea = library.crowd(&anna, "Sea").await;

    let batch = library.delete_tag(&anna, sea.id).await.unwrap();
    let batch = batch.expect("a batch to watch");

    assert_eq!((batch.state, batch.total), (BatchState::Running, 1_101));
    assert_eq!(library.tag_names(&anna).await, [""; 0]);
    assert!(library.suggest_tags(&anna, "se").await.unwrap().is_empty());
    assert_eq!(library.tags_shown(&anna).await, [""; 0]);
    assert_eq!(library.count_tagged(&anna, "sea").await, 0);
    let gone = library.delete_tag(&anna, sea.id).await;
    assert_eq!(code(gone), ProblemCode::NotFound);
    let stopped = library.cancel_batch(&anna, batch.id).await;
    assert_eq!(code(stopped), ProblemCode::Conflict);
    // The name is free, and another tag of it is not touched.
    let again = library.create_tag(&anna, "sea").await.unwrap();
    assert_ne!(again.id, sea.id);

    library.run_due_jobs().await.unwrap();

    let finished = (BatchState::Finished, 1_101, 1_101);
    assert_eq!(library.progress(&anna, &batch).await, finished);
    assert_eq!(library.tag_names(&anna).await, ["sea"]);
    assert_eq!(library.count_found(&anna, "sea").await, 0);
    let left =
        "select id from tags where is_leaving = true union all select tag_id from asset_tags";
    assert_eq!(library.database.texts(left).await, [""; 0]);
}

#[tokio::test]
async fn a_merge_of_very_many_shows_the_other_tag_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sea = library.crowd(&anna, "Sea").await;
    let ocean = library.create_tag(&anna, "Ocean").await.unwrap();

    let merge = library.merge_tag(&anna, sea.id, ocean.id).await.unwrap();
    let batch = merge.batch.expect("a batch to watch");

    assert_eq!(merge.tag.name, "Ocean");
    assert_eq!(library.tag_names(&anna).await, ["Ocean"]);
    assert_eq!(library.tags_shown(&anna).await, ["Ocean"]);
    assert_eq!(library.count_found(&anna, "ocean").await, 1_101);
    // Who takes it off meanwhile takes it off for good.
    let all = AssetFilter::default();
    let page = library.list_assets(&anna, &all, None, Limit::default());
    let first = page.await.unwrap().items.remove(0).id;
    let untag = BatchAction::Untag {
        tags: vec!["ocean".to_owned()],
    };
    let untagged = library.change_assets(&anna, untag, Selection::Ids(vec![first]));
    assert_eq!(untagged.await.unwrap().items[0].outcome, Outcome::Changed);

    library.run_due_jobs().await.unwrap();

    let finished = (BatchState::Finished, 1_101, 1_100);
    assert_eq!(library.progress(&anna, &batch).await, finished);
    assert_eq!(library.count_tagged(&anna, "ocean").await, 1_100);
    assert_eq!(library.count_found(&anna, "ocean").await, 1_100);
    assert_eq!(library.count_found(&anna, "sea").await, 0);
    assert_eq!(library.get_asset(&anna, first).await.unwrap().tags, [""; 0]);
}

#[tokio::test]
async fn two_merges_and_a_deletion_at_once_come_to_one_end() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sea = library.crowd(&anna, "Sea").await;
    let lake = library.tag_all(&anna, "Lake").await;
    let water = library.create_tag(&anna, "Water").await.unwrap();

    let first = library.merge_tag(&anna, sea.id, lake.id);
    let second = library.merge_tag(&anna, lake.id, water.id);
    let (first, second) = tokio::join!(first, second);
    let second = second.unwrap().batch.expect("a batch to watch");
    // The other is known of by then, or it is gone.
    match first {
        Ok(merge) => assert!(merge.batch.is_some()),
        refused => {
            assert_eq!(code(refused), ProblemCode::NotFound);
            library.merge_tag(&anna, sea.id, water.id).await.unwrap();
        }
    }
    assert_eq!(library.tag_names(&anna).await, ["Water"]);
    library.run_due_jobs().await.unwrap();

    let finished = (BatchState::Finished, 1_101, 1_101);
    assert_eq!(library.progress(&anna, &second).await, finished);
    assert_eq!(library.count_tagged(&anna, "water").await, 1_101);
    assert_eq!(library.tags_shown(&anna).await, ["Water"]);

    let batch = library.delete_tag(&anna, water.id).await.unwrap();
    library.run_due_jobs().await.unwrap();
    assert_eq!(library.progress(&anna, &batch.unwrap()).await, finished);
    assert_eq!(library.tags_shown(&anna).await, [""; 0]);
}

#[tokio::test]
async fn a_restart_in_the_middle_goes_on_where_it_was() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sea = library.crowd(&anna, "Sea").await;
    let batch = library.delete_tag(&anna, sea.id).await.unwrap().unwrap();

    let worker = library.library.clone();
    let work = tokio::spawn(async move { worker.run_due_jobs().await });
    while library.get_batch(&anna, batch.id).await.unwrap().done == 0 {
        tokio::task::yield_now().await;
    }
    work.abort();
    let _ = work.await;
    library.clock.advance(Duration::from_mins(2));
    let library_again = library.reopen().await;
    library_again.run_due_jobs().await.unwrap();

    let finished = (BatchState::Finished, 1_101, 1_101);
    assert_eq!(library.progress(&anna, &batch).await, finished);
    let left = "select id from tags union all select tag_id from asset_tags";
    assert_eq!(library.database.texts(left).await, [""; 0]);
}

#[tokio::test]
async fn what_fails_again_and_again_is_tried_until_it_is_done() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let sea = library.crowd(&anna, "Sea").await;
    let batch = library.delete_tag(&anna, sea.id).await.unwrap().unwrap();
    let spoil = "update batches set action = '!' || action where state = 'running'";
    library.database.execute(spoil).await;
    for _ in 0..8 {
        library.run_due_jobs().await.unwrap();
        library.clock.advance(Duration::from_mins(11));
    }
    let jobs = "select state from jobs where kind = 'run_batch'";
    assert_eq!(library.database.texts(jobs).await, ["waiting"]);

    let mend = "update batches set action = substr(action, 2) where state = 'running'";
    library.database.execute(mend).await;
    library.run_due_jobs().await.unwrap();

    let finished = (BatchState::Finished, 1_101, 1_101);
    assert_eq!(library.progress(&anna, &batch).await, finished);
    assert_eq!(library.database.texts(jobs).await, [""; 0]);
}

#[tokio::test]
async fn a_team_of_very_many_is_out_of_sight_at_once_and_leaves_nothing() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let members: Vec<_> = ada.user_id().into_iter().collect();
    let press = library.create_team(&ada, "Press", &members).await.unwrap();
    let teams = vec![press.id];
    let all = Selection::Filter(Box::default());
    let assigned = library.change_assets(&ada, BatchAction::Assign { teams }, all);
    assigned.await.unwrap();
    library.run_due_jobs().await.unwrap();

    let batch = library.delete_team(&ada, press.id).await.unwrap();
    let batch = batch.expect("a batch to watch");

    let listed = async || {
        library
            .list_teams(&ada, None, Limit::default())
            .await
            .unwrap()
    };
    assert!(listed().await.items.is_empty());
    let gone = library.delete_team(&ada, press.id).await;
    assert_eq!(code(gone), ProblemCode::NotFound);
    let again = library.create_team(&ada, "press", &members).await.unwrap();

    library.run_due_jobs().await.unwrap();

    let finished = (BatchState::Finished, 1_101, 1_101);
    assert_eq!(library.progress(&ada, &batch).await, finished);
    assert_eq!(listed().await.items, [again]);
    assert_eq!(library.count_found(&ada, "press").await, 0);
    let left = "select team_id from asset_teams";
    assert_eq!(library.database.texts(left).await, [""; 0]);
}

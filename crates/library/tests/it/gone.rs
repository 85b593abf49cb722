//! Tags and teams that were deleted or merged come back, with what they were on.

use std::time::Duration;

use library::Actor;
use model::{
    AssetFilter, AssetId, AuditFilter, BatchAction, BatchState, EventKind, FolderColor, Limit,
    ProblemCode, Reason, Selection, Tag, TagPatch,
};

use crate::support::{TestLibrary, code, fresh_library, problem, text};

const DAY: Duration = Duration::from_hours(24);

impl TestLibrary {
    async fn tag_named(&self, actor: &Actor, name: &str) -> Tag {
        self.find_tag(actor, name).await.unwrap().expect("a tag")
    }

    /// Puts tags on a file.
    async fn put_tags(&self, actor: &Actor, asset: AssetId, tags: &[&str]) {
        let done = self.tag_assets(actor, &[asset], &words(tags), &[]).await;
        assert!(done.unwrap().iter().all(|done| done.changed.is_ok()));
    }

    async fn gone_tags(&self, actor: &Actor) -> Vec<(String, Option<String>)> {
        let page = self.list_gone_tags(actor, None, Limit::default()).await;
        let tags = page.unwrap().items.into_iter();
        tags.map(|tag| (tag.name, tag.merged_into)).collect()
    }

    async fn carrying(&self, actor: &Actor, tag: &str) -> u64 {
        let filter = AssetFilter {
            tags: vec![tag.to_owned()],
            ..AssetFilter::default()
        };
        self.count_assets(actor, &filter).await.unwrap()
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[tokio::test]
async fn a_deleted_tag_comes_back_on_what_carried_it() {
    let library = fresh_library().await;
    let (ada, anna) = (
        library.administrator("ada").await,
        library.agent("anna").await,
    );
    let one = library.upload(&anna, "a.txt", &text(1, 50)).await;
    let other = library.upload(&anna, "b.txt", &text(2, 50)).await;
    for id in [one.id, other.id] {
        library.put_tags(&anna, id, &["Sea", "sun"]).await;
    }
    let sea = library.tag_named(&anna, "sea").await;
    let teal = TagPatch {
        color: Some(Some(FolderColor::Teal)),
        ..TagPatch::default()
    };
    library.update_tag(&anna, sea.id, teal).await.unwrap();

    assert!(library.delete_tag(&anna, sea.id).await.unwrap().is_none());
    let alone = library.get_asset(&anna, one.id).await.unwrap();
    assert_eq!(alone.tags, ["sun"]);
    // One of the two goes for good meanwhile.
    library.trash_asset(&ada, other.id).await.unwrap();
    library.purge_asset(&ada, other.id).await.unwrap();
    let gone = library.list_gone_tags(&ada, None, Limit::default()).await;
    let gone = gone.unwrap().items.remove(0);
    assert_eq!((gone.id, gone.name.as_str()), (sea.id, "Sea"));
    assert_eq!(gone.gone.by.as_deref(), Some("anna"));

    let back = library.restore_tag(&ada, sea.id).await.unwrap();

    assert_eq!(back.mark.color, Some(FolderColor::Teal));
    assert!(back.batch.is_none());
    let again = library.get_asset(&anna, one.id).await.unwrap();
    assert_eq!(again.tags, ["Sea", "sun"]);
    assert_eq!(library.carrying(&anna, "sea").await, 1);
    assert!(library.gone_tags(&ada).await.is_empty());
    let twice = library.restore_tag(&ada, sea.id).await;
    assert_eq!(code(twice), ProblemCode::NotFound);
    let trail = library
        .list_audit(&ada, &AuditFilter::default(), None, Limit::default())
        .await;
    let line = trail.unwrap().items.remove(0);
    assert_eq!(line.kind, EventKind::TagRestored);
    assert_eq!(line.subject_name.as_deref(), Some("Sea"));
}

#[tokio::test]
async fn a_merge_is_turned_back_where_it_put_the_other_tag_on() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let first = library.upload(&ada, "a.txt", &text(1, 50)).await;
    let both = library.upload(&ada, "b.txt", &text(2, 50)).await;
    library.put_tags(&ada, first.id, &["sea"]).await;
    library.put_tags(&ada, both.id, &["sea", "ocean"]).await;
    let sea = library.tag_named(&ada, "sea").await;
    let ocean = library.tag_named(&ada, "ocean").await;

    library.merge_tag(&ada, sea.id, ocean.id).await.unwrap();
    let merged = library.get_asset(&ada, first.id).await.unwrap();
    assert_eq!(merged.tags, ["ocean"]);
    let told = [("sea".to_owned(), Some("ocean".to_owned()))];
    assert_eq!(library.gone_tags(&ada).await, told);
    library.restore_tag(&ada, sea.id).await.unwrap();

    let parted = library.get_asset(&ada, first.id).await.unwrap();
    assert_eq!(parted.tags, ["sea"]);
    let both = library.get_asset(&ada, both.id).await.unwrap();
    assert_eq!(both.tags, ["ocean", "sea"]);
}

#[tokio::test]
async fn a_tag_of_very_many_comes_back_a_piece_at_a_time() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.upload(&ada, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let tags = words(&["Sea"]);
    let all = Selection::Filter(Box::default());
    let tagged = library.change_assets(&ada, BatchAction::Tag { tags }, all);
    tagged.await.unwrap();
    library.run_due_jobs().await.unwrap();
    let sea = library.tag_named(&ada, "sea").await;
    let ocean = library.create_tag(&ada, "Ocean").await.unwrap();

    library.merge_tag(&ada, sea.id, ocean.id).await.unwrap();
    let early = problem(library.restore_tag(&ada, sea.id).await);
    assert_eq!(early.reason, Some(Reason::StillLeaving));
    library.run_due_jobs().await.unwrap();
    assert_eq!(library.carrying(&ada, "ocean").await, 1_101);
    let back = library.restore_tag(&ada, sea.id).await.unwrap();
    let batch = back.batch.expect("a batch to watch");
    let stopped = library.cancel_batch(&ada, batch.id).await;
    assert_eq!(code(stopped), ProblemCode::Conflict);
    library.run_due_jobs().await.unwrap();

    let batch = library.get_batch(&ada, batch.id).await.unwrap();
    assert_eq!((batch.state, batch.total), (BatchState::Finished, 1_101));
    assert_eq!(batch.changed, 1_101);
    assert_eq!(library.carrying(&ada, "sea").await, 1_101);
    assert_eq!(library.carrying(&ada, "ocean").await, 0);
    let left = "select id from gone_marks union all select mark_id from gone_mark_assets";
    assert_eq!(library.database.texts(left).await, [""; 0]);
}

#[tokio::test]
async fn what_is_gone_is_kept_as_long_as_the_trash() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    library.run_due_rounds().await.unwrap();
    let asset = library.upload(&ada, "a.txt", &text(1, 50)).await;
    library.put_tags(&ada, asset.id, &["sea"]).await;
    let sea = library.tag_named(&ada, "sea").await;
    library.delete_tag(&ada, sea.id).await.unwrap();
    let taken = library.create_tag(&ada, "SEA").await.unwrap();

    let again = problem(library.restore_tag(&ada, sea.id).await);
    assert_eq!(again.reason, Some(Reason::NameTaken));
    library.delete_tag(&ada, taken.id).await.unwrap();
    for _ in 0..31 {
        library.clock.advance(DAY);
        library.run_due_rounds().await.unwrap();
    }

    let late = library.restore_tag(&ada, sea.id).await;
    assert_eq!(code(late), ProblemCode::NotFound);
    let left = "select id from gone_marks union all select mark_id from gone_mark_assets";
    assert_eq!(library.database.texts(left).await, [""; 0]);
}

#[tokio::test]
async fn a_deleted_team_comes_back_with_its_people_and_its_files() {
    let library = fresh_library().await;
    let (ada, anna) = (
        library.administrator("ada").await,
        library.agent("anna").await,
    );
    let members: Vec<_> = anna.user_id().into_iter().collect();
    let press = library.create_team(&ada, "Press", &members).await.unwrap();
    let asset = library.upload(&ada, "a.txt", &text(1, 50)).await;
    library
        .assign_assets(&ada, &[asset.id], &[press.id], &[])
        .await
        .unwrap();

    library.delete_team(&ada, press.id).await.unwrap();
    let alone = library.get_asset(&ada, asset.id).await.unwrap();
    assert_eq!(alone.teams, [""; 0]);
    let gone = library.list_gone_teams(&ada, None, Limit::default()).await;
    assert_eq!(gone.unwrap().items[0].name, "Press");
    let back = library.restore_team(&ada, press.id).await.unwrap();

    let names: Vec<_> = back.mark.members.iter().map(|it| it.id).collect();
    assert_eq!(names, members);
    let again = library.get_asset(&ada, asset.id).await.unwrap();
    assert_eq!(again.teams, ["Press"]);
}

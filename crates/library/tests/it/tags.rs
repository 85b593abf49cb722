//! Tags are made when first used, suggested, renamed, colored, merged and taken off.

use model::{
    AssetFilter, AssetId, AssetPatch, EventKind, FolderColor, Id as _, Limit, Problem, ProblemCode,
    Reason, TagPatch, TeamId,
};

use crate::support::{code, fresh_library, problem, text};

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[tokio::test]
async fn of_two_who_give_one_name_at_once_the_second_is_told() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for round in 0..10 {
        let mut tags = Vec::new();
        for side in ["left", "right"] {
            let name = format!("{side} {round}");
            tags.push(library.create_tag(&anna, &name).await.unwrap().id);
        }
        let patch = || TagPatch {
            name: Some(format!("both {round}")),
            ..TagPatch::default()
        };
        let (one, other) = tokio::join!(
            library.update_tag(&anna, tags[0], patch()),
            library.update_tag(&anna, tags[1], patch()),
        );
        let refused = [one, other].into_iter().filter_map(Result::err);
        let refused: Vec<_> = refused.map(|error| Problem::from(error).code).collect();
        assert_eq!(refused, [ProblemCode::Conflict]);
    }
}

#[tokio::test]
async fn the_second_of_two_who_change_a_tag_at_once_is_told() {
    let library = fresh_library().await;
    let (anna, ben) = (library.agent("anna").await, library.agent("ben").await);
    let tag = library.create_tag(&anna, "sea").await.unwrap();
    let as_seen = |change: TagPatch| TagPatch {
        version: Some(tag.version),
        ..change
    };
    let called = |name: &str| TagPatch {
        name: Some(name.to_owned()),
        ..TagPatch::default()
    };
    let teal = TagPatch {
        color: Some(Some(FolderColor::Teal)),
        ..TagPatch::default()
    };

    // What changes nothing counts as no change.
    let same = library.update_tag(&anna, tag.id, as_seen(called("sea")));
    assert_eq!(same.await.unwrap().version, 1);
    let first = library.update_tag(&anna, tag.id, as_seen(called("ocean")));
    assert_eq!(first.await.unwrap().version, 2);
    for late in [called("lake"), teal] {
        let refused = library.update_tag(&ben, tag.id, as_seen(late)).await;
        let told = problem(refused);
        assert_eq!(told.reason, Some(Reason::ChangedMeanwhile));
        assert!(told.detail.contains("ocean"), "{}", told.detail);
    }

    let found = library.find_tag(&ben, "ocean").await.unwrap().unwrap();
    assert_eq!((found.version, found.color), (2, None));
    // Who does not say what they saw has the last word, as before.
    let last = library.update_tag(&ben, tag.id, called("lake")).await;
    assert_eq!(last.unwrap().version, 3);
}

#[tokio::test]
async fn very_many_at_once_are_refused() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ids = vec![AssetId::from_parts(1, 1); 1_001];
    let teams = vec![TeamId::from_parts(1, 1); 51];

    let sea = words(&["sea"]);
    let tagged = library.tag_assets(&anna, &ids, &sea, &[]);
    assert_eq!(code(tagged.await), ProblemCode::Invalid);
    let assigned = library.assign_assets(&anna, &ids, &[], &[]);
    assert_eq!(code(assigned.await), ProblemCode::Invalid);
    let assigned = library.assign_assets(&anna, &ids[..1], &teams, &[]);
    assert_eq!(code(assigned.await), ProblemCode::Invalid);
    let filter = AssetFilter {
        tags: vec!["sea".to_owned(); 51],
        ..AssetFilter::default()
    };
    let listed = library.count_assets(&anna, &filter).await;
    assert_eq!(code(listed), ProblemCode::Invalid);
}

#[tokio::test]
async fn one_tag_however_it_is_written() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    library.create_tag(&anna, "  São João ").await.unwrap();

    assert_eq!(
        code(library.create_tag(&anna, "sao joao").await),
        ProblemCode::Conflict
    );
    library.create_tag(&eve, "sao joao").await.unwrap();
    for name in ["", " ", "a,b", "a\nb", &"x".repeat(300)] {
        assert_eq!(
            problem(library.create_tag(&anna, name).await).status,
            422,
            "{name:?}"
        );
    }
    let asset = library.upload(&anna, "a.txt", &text(1, 50)).await;
    let patch = AssetPatch {
        tags: Some(words(&["SAO JOÃO", "New"])),
        ..AssetPatch::default()
    };
    let asset = library.update_asset(&anna, asset.id, patch).await.unwrap();
    assert_eq!(asset.tags, ["New", "São João"]);
}

#[tokio::test]
async fn the_most_used_tag_is_suggested_first() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for (seed, tags) in (1..).zip([
        vec!["Beach", "Big sea"],
        vec!["Beach"],
        vec!["Bench", "Sea"],
    ]) {
        let asset = library.upload(&anna, "a.txt", &text(seed, 50)).await;
        let done = library
            .tag_assets(&anna, &[asset.id], &words(&tags), &[])
            .await
            .unwrap();
        assert!(done[0].changed.clone().unwrap());
    }
    let suggest = async |beginning: &str| -> Vec<(String, u64)> {
        let tags = library.suggest_tags(&anna, beginning).await.unwrap();
        tags.into_iter()
            .map(|tag| (tag.name, tag.asset_count))
            .collect()
    };

    assert_eq!(
        suggest("be").await,
        [("Beach".to_owned(), 2), ("Bench".to_owned(), 1)]
    );
    assert_eq!(
        suggest("SÉ").await,
        [("Sea".to_owned(), 1), ("Big sea".to_owned(), 1)]
    );
    assert_eq!(suggest("big se").await, [("Big sea".to_owned(), 1)]);
    assert_eq!(suggest("%").await, []);
    let two = Limit::new(2).unwrap();
    let first = library.list_tags(&anna, None, two).await.unwrap();
    let second = library
        .list_tags(&anna, first.next_cursor.as_ref(), two)
        .await
        .unwrap();
    let names: Vec<_> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|tag| tag.name.as_str())
        .collect();
    assert_eq!(names, ["Beach", "Bench", "Big sea", "Sea"]);
}

#[tokio::test]
async fn what_is_in_sight_is_counted_wherever_it_went_meanwhile() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let press = library.create_team(&ada, "Press", &[]).await.unwrap();
    let mut ids = Vec::new();
    for seed in 1..=4 {
        let name = format!("{seed}.txt");
        ids.push(library.upload(&ada, &name, &text(seed, 50)).await.id);
    }
    let mark = async |some: &[AssetId]| {
        library
            .tag_assets(&ada, some, &words(&["Sea"]), &[])
            .await
            .unwrap();
        library
            .assign_assets(&ada, some, &[press.id], &[])
            .await
            .unwrap();
    };
    let counts = async || {
        let tags = library.suggest_tags(&ada, "sea").await.unwrap();
        let teams = library.list_teams(&ada, None, Limit::default()).await;
        let teams = teams.unwrap().items;
        (tags[0].asset_count, teams[0].asset_count)
    };

    mark(&ids[..2]).await;
    assert_eq!(counts().await, (2, 2));
    library.archive_asset(&ada, ids[0]).await.unwrap();
    library.trash_asset(&ada, ids[1]).await.unwrap();
    assert_eq!(counts().await, (0, 0));
    // From the archive to the trash, and both back.
    library.trash_asset(&ada, ids[0]).await.unwrap();
    assert_eq!(counts().await, (0, 0));
    library.restore_asset(&ada, ids[1]).await.unwrap();
    assert_eq!(counts().await, (1, 1));

    // What is out of sight is marked as such from the start.
    library.archive_asset(&ada, ids[2]).await.unwrap();
    mark(&ids[2..]).await;
    assert_eq!(counts().await, (2, 2));
    library.unarchive_asset(&ada, ids[2]).await.unwrap();
    assert_eq!(counts().await, (3, 3));

    // A merge takes along what is seen and what is not.
    let ocean = library.create_tag(&ada, "Ocean").await.unwrap();
    let sea = library.suggest_tags(&ada, "sea").await.unwrap().remove(0);
    let merged = library.merge_tag(&ada, sea.id, ocean.id).await.unwrap();
    assert_eq!(merged.tag.asset_count, 3);
    library.trash_asset(&ada, ids[3]).await.unwrap();
    library.purge_asset(&ada, ids[3]).await.unwrap();
    let ocean = library.suggest_tags(&ada, "oce").await.unwrap().remove(0);
    assert_eq!(ocean.asset_count, 2);
}

#[tokio::test]
async fn a_tag_is_renamed_and_colored_for_all_who_carry_it() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let asset = library.upload(&ada, "a.txt", &text(1, 50)).await;
    library
        .tag_assets(&ada, &[asset.id], &words(&["Sea", "Sand"]), &[])
        .await
        .unwrap();
    let sea = library.suggest_tags(&ada, "sea").await.unwrap().remove(0);
    let before = library.get_asset(&ada, asset.id).await.unwrap();

    let patch = TagPatch {
        name: Some("Ocean".to_owned()),
        color: Some(Some(FolderColor::Teal)),
        version: None,
    };
    let ocean = library.update_tag(&ada, sea.id, patch).await.unwrap();

    assert_eq!(
        (ocean.name.as_str(), ocean.color),
        ("Ocean", Some(FolderColor::Teal))
    );
    let after = library.get_asset(&ada, asset.id).await.unwrap();
    assert_eq!(after.tags, ["Ocean", "Sand"]);
    // Half a million of them would hold everybody else up.
    assert_eq!(after.updated_at, before.updated_at);
    let taken = TagPatch {
        name: Some("SAND".to_owned()),
        ..TagPatch::default()
    };
    assert_eq!(
        code(library.update_tag(&ada, sea.id, taken).await),
        ProblemCode::Conflict
    );
    let trail = library
        .list_audit(&ada, &model::AuditFilter::default(), None, Limit::default())
        .await
        .unwrap();
    let kinds: Vec<_> = trail.items.iter().take(2).map(|line| line.kind).collect();
    assert_eq!(kinds, [EventKind::TagColored, EventKind::TagRenamed]);
}

#[tokio::test]
async fn two_tags_become_one_and_nothing_carries_it_twice() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let both = library.upload(&anna, "both.txt", &text(1, 50)).await;
    let one = library.upload(&anna, "one.txt", &text(2, 50)).await;
    library
        .tag_assets(&anna, &[both.id], &words(&["Sea", "Ocean"]), &[])
        .await
        .unwrap();
    library
        .tag_assets(&anna, &[one.id], &words(&["Sea"]), &[])
        .await
        .unwrap();
    let sea = library
        .suggest_tags(&anna, "sea")
        .await
        .unwrap()
        .remove(0)
        .id;
    let ocean = library
        .suggest_tags(&anna, "ocean")
        .await
        .unwrap()
        .remove(0)
        .id;

    let merged = library.merge_tag(&anna, sea, ocean).await.unwrap().tag;

    assert_eq!((merged.name.as_str(), merged.asset_count), ("Ocean", 2));
    for id in [both.id, one.id] {
        assert_eq!(library.get_asset(&anna, id).await.unwrap().tags, ["Ocean"]);
    }
    assert_eq!(
        code(library.merge_tag(&anna, sea, ocean).await),
        ProblemCode::NotFound
    );
    assert_eq!(
        problem(library.merge_tag(&anna, ocean, ocean).await).status,
        422
    );
}

#[tokio::test]
async fn a_batch_answers_for_each_and_leaves_others_alone() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let mine = library.upload(&anna, "mine.txt", &text(1, 50)).await.id;
    let theirs = library.upload(&eve, "theirs.txt", &text(2, 50)).await.id;
    let unknown = AssetId::from_parts(1, 1);
    library
        .tag_assets(&anna, &[mine], &words(&["Old"]), &[])
        .await
        .unwrap();

    let done = library
        .tag_assets(
            &anna,
            &[mine, theirs, unknown, mine],
            &words(&["New"]),
            &words(&["old", "none"]),
        )
        .await
        .unwrap();

    assert_eq!(done.len(), 3);
    for one in &done {
        match &one.changed {
            Ok(changed) => assert_eq!((one.id, *changed), (mine, true)),
            Err(problem) => assert_eq!(problem.code, ProblemCode::NotFound),
        }
    }
    assert_eq!(library.get_asset(&anna, mine).await.unwrap().tags, ["New"]);
    assert!(
        library
            .get_asset(&eve, theirs)
            .await
            .unwrap()
            .tags
            .is_empty()
    );
    let again = library
        .tag_assets(&anna, &[mine], &words(&["new"]), &[])
        .await
        .unwrap();
    assert!(!again[0].changed.clone().unwrap());
    let many: Vec<_> = (0..50).map(|number| format!("tag {number}")).collect();
    let full = library
        .tag_assets(&anna, &[mine], &many, &[])
        .await
        .unwrap();
    assert_eq!(full[0].changed.clone().unwrap_err().status, 422);
}

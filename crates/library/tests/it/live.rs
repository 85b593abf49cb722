//! What happens is told to whoever has the account open, and to nobody else.

use std::time::Duration;

use library::{
    live::{Follower, Told},
    sessions::IDLE,
};
use model::{AssetPatch, EventKind, FolderPatch, Role, UploadMetadata};

use crate::support::{fresh_library, text};

/// What happens next, and to what.
async fn next(follower: &mut Follower) -> (EventKind, String) {
    loop {
        if let Told::Event(event) = follower.next().await {
            return (event.kind, event.subject.unwrap_or_default());
        }
    }
}

#[tokio::test]
async fn what_a_colleague_does_is_told_in_order() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    let mut follower = library.follow_events(&anna, None).await.unwrap();

    let asset = library.upload(&ben, "a.txt", &text(1, 100)).await;
    library.trash_asset(&ben, asset.id).await.unwrap();

    let id = asset.id.to_string();
    let created = (EventKind::AssetCreated, id.clone());
    assert_eq!(next(&mut follower).await, created);
    assert_eq!(next(&mut follower).await, (EventKind::AssetTrashed, id));
}

#[tokio::test]
async fn who_leaves_while_they_are_let_in_takes_no_place() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    for polls in 0..200 {
        let mut coming = Box::pin(library.follow_events(&anna, None));
        for _ in 0..polls {
            let polled = futures::poll!(&mut coming);
            if polled.is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }

    assert!(library.follow_events(&anna, None).await.is_ok());
}

#[tokio::test]
async fn another_process_on_the_same_database_is_heard() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let other = library.reopen().await;
    let mut follower = other.follow_events(&anna, None).await.unwrap();

    let asset = library.upload(&anna, "a.txt", &text(1, 100)).await;

    let created = (EventKind::AssetCreated, asset.id.to_string());
    assert_eq!(next(&mut follower).await, created);
}

#[tokio::test]
async fn another_account_hears_nothing_of_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mallory = library.stranger("mallory").await;
    let mut follower = library.follow_events(&mallory, None).await.unwrap();

    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let own = library.upload(&mallory, "b.txt", &text(2, 100)).await;

    let created = (EventKind::AssetCreated, own.id.to_string());
    assert_eq!(next(&mut follower).await, created);
}

#[tokio::test]
async fn who_was_away_is_told_what_was_missed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 100)).await;
    let last = library.last_event(&anna).await.unwrap();
    let missed = library.upload(&anna, "b.txt", &text(2, 100)).await;

    let mut follower = library.follow_events(&anna, Some(last)).await.unwrap();

    let created = (EventKind::AssetCreated, missed.id.to_string());
    assert_eq!(next(&mut follower).await, created);
}

#[tokio::test]
async fn who_was_away_for_long_looks_at_everything_again() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for seed in 0..3 {
        library.upload(&anna, "a.txt", &text(seed, 100)).await;
    }
    library
        .database
        .execute("delete from events where seq <= 4")
        .await;

    let mut long = library.follow_events(&anna, Some(1)).await.unwrap();
    let mut never = library.follow_events(&anna, Some(9_999)).await.unwrap();

    assert!(matches!(long.next().await, Told::Reload(_)));
    assert!(matches!(never.next().await, Told::Reload(_)));
}

#[tokio::test]
async fn who_may_have_lost_a_right_is_asked_about_at_once() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let anna = library.agent("anna").await;
    let mut follower = library.follow_events(&anna, None).await.unwrap();

    library
        .disable_user(&ben, anna.user_id().unwrap())
        .await
        .unwrap();

    assert_eq!(follower.next().await, Told::Check);
    assert!(!library.is_still_let_in(&anna).await.unwrap());
}

#[tokio::test]
async fn v4_4_who_only_listens_is_let_in_no_longer_than_their_session() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let _follower = library.follow_events(&anna, None).await.unwrap();

    // A page that is left open does not keep its session alive.
    for _ in 0..2 {
        library
            .clock
            .advance((IDLE / 2).saturating_sub(Duration::from_mins(1)));
        assert!(library.is_still_let_in(&anna).await.unwrap());
    }
    library.clock.advance(Duration::from_mins(3));

    assert!(!library.is_still_let_in(&anna).await.unwrap());
}

#[tokio::test]
async fn one_person_listens_so_often_and_no_more() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut followers = Vec::new();
    while let Ok(follower) = library.follow_events(&anna, None).await {
        followers.push(follower);
    }
    assert_eq!(followers.len(), 20);

    let ben = library.person("Acme", "ben", Role::Agent, false).await;
    assert!(library.follow_events(&ben, None).await.is_ok());
    followers.pop();
    assert!(library.follow_events(&anna, None).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_none_is_missed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut follower = library.follow_events(&anna, None).await.unwrap();

    let uploads = (0..30).map(|seed| {
        let (library, anna) = (library.library.clone(), anna.clone());
        tokio::spawn(async move {
            let note = text(seed, 100);
            let body = crate::support::body(&note);
            let metadata = UploadMetadata::default();
            let made = library.upload_asset(&anna, metadata, None, body).await;
            made.unwrap().id.to_string()
        })
    });
    let mut made = Vec::new();
    for upload in uploads.collect::<Vec<_>>() {
        made.push(upload.await.unwrap());
    }

    let mut heard = Vec::new();
    for _ in 0..30 {
        heard.push(next(&mut follower).await.1);
    }
    made.sort();
    heard.sort();
    assert_eq!(made, heard);
}

#[tokio::test]
async fn moving_and_bringing_back_are_told() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let asset = library.upload(&ada, "a.txt", &text(1, 100)).await.id;
    let trips = library.folder(&ada, None, "Trips").await.id;
    let summer = library.folder(&ada, None, "Summer").await.id;
    let mut follower = library.follow_events(&ada, None).await.unwrap();

    let into = AssetPatch {
        folder_id: Some(Some(summer)),
        ..AssetPatch::default()
    };
    library.update_asset(&ada, asset, into).await.unwrap();
    let below = FolderPatch {
        parent_id: Some(Some(trips)),
        ..FolderPatch::default()
    };
    library.update_folder(&ada, summer, below).await.unwrap();
    library.trash_asset(&ada, asset).await.unwrap();
    library.restore_asset(&ada, asset).await.unwrap();
    library.trash_folder(&ada, summer).await.unwrap();
    library.restore_folder(&ada, summer).await.unwrap();

    let (asset, summer) = (asset.to_string(), summer.to_string());
    for (kind, subject) in [
        (EventKind::AssetMoved, &asset),
        (EventKind::FolderMoved, &summer),
        (EventKind::AssetTrashed, &asset),
        (EventKind::AssetRestored, &asset),
        // With all it holds.
        (EventKind::FolderTrashed, &summer),
        (EventKind::AssetTrashed, &asset),
        (EventKind::FolderRestored, &summer),
        (EventKind::AssetRestored, &asset),
    ] {
        let told = next(&mut follower).await;
        assert_eq!((told.0, &told.1), (kind, subject));
    }
}

//! The trash: emptied by hand and by time, and left alone when the time is not to be believed.

use std::time::Duration;

use library::{
    Actor,
    accounts::{AccountPatch, LimitsPatch},
};
use model::{AssetFilter, AssetId, AssetState, BatchAction, Selection};

use crate::support::{TestLibrary, fresh_library, system, text};

const DAY: Duration = Duration::from_hours(24);

async fn in_trash(library: &TestLibrary, actor: &Actor) -> u64 {
    let filter = AssetFilter {
        state: AssetState::Trashed,
        ..AssetFilter::default()
    };
    library.count_assets(actor, &filter).await.unwrap()
}

async fn trash_one(library: &TestLibrary, actor: &Actor, seed: u64) -> AssetId {
    let asset = library.upload(actor, "a.txt", &text(seed, 60)).await;
    library.trash_asset(actor, asset.id).await.unwrap();
    asset.id
}

/// Lets days pass as they do, with the rounds of each.
async fn pass(library: &TestLibrary, days: u32) {
    for _ in 0..days {
        library.clock.advance(DAY);
        library.run_due_rounds().await.unwrap();
    }
}

#[tokio::test]
async fn trash_goes_for_good_after_the_accounts_days() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.run_due_rounds().await.unwrap();
    trash_one(&library, &anna, 1).await;

    pass(&library, 29).await;
    let before = in_trash(&library, &anna).await;
    pass(&library, 2).await;

    assert_eq!((before, in_trash(&library, &anna).await), (1, 0));
    assert_eq!(library.meter(&anna).await.unwrap().used.as_u64(), 0);
}

#[tokio::test]
async fn an_account_keeps_its_trash_as_many_days_as_it_says() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    let week = AccountPatch {
        limits: LimitsPatch {
            retention_days: Some(7),
            ..LimitsPatch::default()
        },
        ..AccountPatch::default()
    };
    let system = system();
    let set = library.set_account(&system, anna.account_id, week);
    set.await.unwrap();
    library.run_due_rounds().await.unwrap();
    let ours = trash_one(&library, &anna, 1).await;
    trash_one(&library, &eve, 2).await;
    let told = library.get_asset(&anna, ours).await.unwrap();
    let kept = told.purge_at.unwrap().since(told.trashed_at.unwrap());
    assert_eq!(kept, DAY * 7);

    pass(&library, 6).await;
    assert_eq!(in_trash(&library, &anna).await, 1);
    pass(&library, 2).await;

    assert_eq!(in_trash(&library, &anna).await, 0);
    assert_eq!(in_trash(&library, &eve).await, 1);
}

#[tokio::test]
async fn one_round_takes_a_thousand_out_of_the_trash_and_the_next_goes_on() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    library.run_due_rounds().await.unwrap();
    let all = Selection::Filter(Box::default());
    let trashed = library.change_assets(&anna, BatchAction::Trash, all);
    assert!(trashed.await.unwrap().batch.is_some());
    library.run_due_jobs().await.unwrap();
    assert_eq!(in_trash(&library, &anna).await, 1_101);

    let mut left = Vec::new();
    while in_trash(&library, &anna).await > 0 {
        pass(&library, 1).await;
        left.push(in_trash(&library, &anna).await);
        assert!(left.len() < 40, "{left:?}");
    }

    left.dedup();
    assert_eq!(left, [1_101, 101, 0]);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn f7_a_clock_that_jumps_far_ahead_purges_nothing_for_a_day() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.run_due_rounds().await.unwrap();
    trash_one(&library, &anna, 1).await;

    library.clock.advance(DAY * 400);
    for _ in 0..24 {
        library.run_due_rounds().await.unwrap();
        library.clock.advance(Duration::from_mins(61));
    }
    library.run_due_rounds().await.unwrap();
    let checks = library.doctor().await;
    let clock = checks.iter().find(|check| check.name == "clock").unwrap();

    assert_eq!(in_trash(&library, &anna).await, 1);
    assert!(!clock.ok, "{clock:?}");
    pass(&library, 2).await;
    assert_eq!(in_trash(&library, &anna).await, 0);
}

#[tokio::test]
async fn f7_a_restart_after_a_jump_purges_nothing_either() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.run_due_rounds().await.unwrap();
    trash_one(&library, &anna, 1).await;
    library.clock.advance(DAY * 400);

    for _ in 0..5 {
        let again = library.reopen().await;
        again.run_due_rounds().await.unwrap();
        library.clock.advance(Duration::from_mins(61));
        again.run_due_rounds().await.unwrap();
        again.close().await;
    }

    assert_eq!(in_trash(&library, &anna).await, 1);
}

#[tokio::test]
async fn a_start_after_a_pause_purges_nothing_for_a_day() {
    // With the clock ahead by as much, or nothing having run for as long: nobody can tell.
    for pause in [Duration::from_hours(23), Duration::from_mins(24 * 60 + 30)] {
        let library = fresh_library().await;
        let anna = library.agent("anna").await;
        library.run_due_rounds().await.unwrap();
        trash_one(&library, &anna, 1).await;
        pass(&library, 29).await;
        library.clock.advance(Duration::from_hours(12));
        library.run_due_rounds().await.unwrap();
        library.clock.advance(pause);

        // Whoever starts it again and again waits no longer for that.
        for _ in 0..12 {
            let again = library.reopen().await;
            again.run_due_rounds().await.unwrap();
            library.clock.advance(Duration::from_mins(61));
            again.run_due_rounds().await.unwrap();
            library.clock.advance(Duration::from_mins(61));
            again.run_due_rounds().await.unwrap();
            again.close().await;
        }
        assert_eq!(in_trash(&library, &anna).await, 1, "{pause:?}");
        library.clock.advance(Duration::from_hours(1));
        library.run_due_rounds().await.unwrap();
        assert_eq!(in_trash(&library, &anna).await, 0, "{pause:?}");
    }
}

#[tokio::test]
async fn a_restart_lets_an_hour_pass_before_it_purges() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.run_due_rounds().await.unwrap();
    trash_one(&library, &anna, 1).await;
    pass(&library, 29).await;
    library.clock.advance(Duration::from_hours(23));
    library.run_due_rounds().await.unwrap();
    library.clock.advance(Duration::from_mins(59));

    let again = library.reopen().await;
    library.clock.advance(Duration::from_mins(10));
    again.run_due_rounds().await.unwrap();
    assert_eq!(in_trash(&library, &anna).await, 1);
    library.clock.advance(Duration::from_mins(61));
    again.run_due_rounds().await.unwrap();

    assert_eq!(in_trash(&library, &anna).await, 0);
    again.close().await;
}

#[tokio::test]
async fn what_cannot_be_purged_keeps_nothing_else_in_the_trash() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    library.run_due_rounds().await.unwrap();
    trash_one(&library, &anna, 1).await;
    trash_one(&library, &anna, 2).await;
    trash_one(&library, &eve, 3).await;
    let keep = "create table keeps (asset_id text references assets (id))";
    library.database.execute(keep).await;
    let keep = "insert into keeps (asset_id) select min(id) from assets";
    library.database.execute(keep).await;

    pass(&library, 31).await;

    assert_eq!(in_trash(&library, &anna).await, 1);
    assert_eq!(in_trash(&library, &eve).await, 0);
    library.database.execute("delete from keeps").await;
    pass(&library, 1).await;
    assert_eq!(in_trash(&library, &anna).await, 0);
}

#[tokio::test]
async fn nobodys_trash_waits_for_anybody_elses() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let eve = library.stranger("eve").await;
    library.run_due_rounds().await.unwrap();
    library.upload(&anna, "a.txt", &text(1, 60)).await;
    library.multiply(1_100).await;
    let all = Selection::Filter(Box::default());
    let trashed = library.change_assets(&anna, BatchAction::Trash, all);
    assert!(trashed.await.unwrap().batch.is_some());
    library.run_due_jobs().await.unwrap();
    trash_one(&library, &eve, 2).await;

    pass(&library, 30).await;

    assert_eq!(in_trash(&library, &eve).await, 0);
    assert_eq!(in_trash(&library, &anna).await, 101);
}

#[tokio::test]
async fn administrators_empty_the_trash_with_folders_and_all() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let eve = library.stranger("eve").await;
    trash_one(&library, &eve, 1).await;
    trash_one(&library, &ada, 2).await;
    let summer = library.folder(&ada, None, "Summer").await;
    library.upload_into(&ada, summer.id, 3).await;
    library.trash_folder(&ada, summer.id).await.unwrap();
    let kept = library.upload(&ada, "kept.txt", &text(4, 60)).await;

    let answer = library.empty_trash(&ada).await.unwrap();

    assert_eq!(answer.items.len(), 2);
    assert_eq!(in_trash(&library, &ada).await, 0);
    assert_eq!(in_trash(&library, &eve).await, 1);
    assert!(library.get_folder(&ada, summer.id).await.is_err());
    assert!(library.get_asset(&ada, kept.id).await.is_ok());
    assert_eq!(library.meter(&ada).await.unwrap().used.as_u64(), 60);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_full_trash_is_emptied_a_piece_at_a_time() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    for seed in 0..210 {
        trash_one(&library, &ada, seed).await;
    }
    let old = library.upload(&ada, "old.txt", &text(301, 60)).await;
    let summer = library.folder(&ada, None, "Summer").await;

    let answer = library.empty_trash(&ada).await.unwrap();
    let batch = answer.batch.expect("a batch to watch");
    // What comes to the trash meanwhile is not part of it.
    trash_one(&library, &ada, 300).await;
    library.trash_asset(&ada, old.id).await.unwrap();
    library.trash_folder(&ada, summer.id).await.unwrap();
    library.run_due_jobs().await.unwrap();

    let batch = library.get_batch(&ada, batch.id).await.unwrap();
    assert_eq!((batch.total, batch.changed), (210, 210));
    assert_eq!(in_trash(&library, &ada).await, 2);
    assert!(library.get_folder(&ada, summer.id).await.is_ok());
    assert!(library.fsck(true).await.unwrap().is_clean());
}

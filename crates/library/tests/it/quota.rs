//! The quota holds, however many come at once.

use std::time::Duration;

use futures::future::join_all;
use library::{Actor, Result, accounts::AccountPatch, uploads::NewUpload, users::UserPatch};
use model::{
    AccountLimits, AssetFilter, AuditFilter, ByteSize, EventKind, Fullness, Limit, ProblemCode,
    Reason,
};

use crate::support::{TestLibrary, body, code, fresh_library, meta, problem, system, text};

/// Lets the account hold so much.
pub async fn limit(library: &TestLibrary, actor: &Actor, quota: u64) {
    let limits = AccountLimits {
        quota: Some(ByteSize::bytes(quota)),
        ..AccountLimits::default()
    };
    set_limits(library, actor, limits).await;
}

/// Lets each person of the account bring so much.
async fn limit_each(library: &TestLibrary, actor: &Actor, user_quota: u64) {
    let limits = AccountLimits {
        user_quota: Some(ByteSize::bytes(user_quota)),
        ..AccountLimits::default()
    };
    set_limits(library, actor, limits).await;
}

async fn set_limits(library: &TestLibrary, actor: &Actor, limits: AccountLimits) {
    let patch = AccountPatch {
        limits: limits.into(),
        ..AccountPatch::default()
    };
    library
        .set_account(&system(), actor.account_id, patch)
        .await
        .expect("the quota is set");
}

async fn by_form(library: &TestLibrary, actor: &Actor, note: &[u8]) -> Result<()> {
    let meta = meta("form.txt");
    library.try_upload(actor, meta, note).await.map(drop)
}

async fn in_pieces(library: &TestLibrary, actor: &Actor, note: &[u8]) -> Result<()> {
    let upload = library.try_begin(actor, "tus.txt", note.len()).await?;
    library.append(actor, upload.id, 0, note).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v5_2_4_fifty_at_once_cannot_pass_the_quota() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 10_000).await;

    let tries = (0..50).map(|seed| {
        let (library, anna) = (&library, &anna);
        async move {
            let note = text(seed, 1_000);
            match seed % 4 {
                0 => by_form(library, anna, &note).await,
                1 => in_pieces(library, anna, &note).await,
                2 => {
                    let (length, body) = (ByteSize::bytes(1_000), body(&note));
                    let meta = meta("whole.txt");
                    let whole = library.create_whole_upload(anna, length, meta, body);
                    whole.await.map(|_| ())
                }
                _ => {
                    let new = NewUpload {
                        metadata: meta("late.txt"),
                        ..NewUpload::default()
                    };
                    let upload = library.create_upload(anna, new).await?;
                    library.append(anna, upload.id, 0, &note).await.map(|_| ())
                }
            }
        }
    });
    let done = join_all(tries).await;

    let won = done.iter().filter(|done| done.is_ok()).count();
    assert_eq!(won, 10);
    for refused in done.into_iter().filter(Result::is_err) {
        assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    }
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!((usage.used + usage.reserved).as_u64(), 10_000);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_refusal_tells_the_figures() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 1_500).await;
    library.upload(&anna, "a.txt", &text(1, 1_000)).await;

    let problem = problem(library.try_begin(&anna, "b.txt", 501).await);

    assert_eq!(problem.code, ProblemCode::QuotaExceeded);
    assert_eq!(problem.limit, Some(ByteSize::bytes(1_500)));
    assert_eq!(problem.size, Some(ByteSize::bytes(501)));
    assert!(
        problem.detail.contains("of 1.5 KB are used"),
        "{}",
        problem.detail
    );
    library.begin(&anna, "c.txt", 500).await;
}

#[tokio::test]
async fn a_body_of_unknown_length_stops_at_the_quota() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 1_000).await;
    let note = text(1, 1_001);

    let refused = library
        .upload_asset(&anna, meta("a.txt"), None, body(&note))
        .await;

    assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    assert_eq!(library.usage(&anna).await.unwrap().used, ByteSize::ZERO);
    assert_eq!(library.staged(), Vec::<String>::new());
    assert_eq!(library.stored().await, 0);
}

#[tokio::test]
async fn a_refused_upload_gives_back_what_it_held() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 1_000).await;
    let upload = library.begin(&anna, "a.bin", 600).await;
    let refused = library.append(&anna, upload.id, 0, &[0; 600]).await;

    assert_eq!(code(refused), ProblemCode::UnsupportedKind);
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!(
        (usage.used, usage.reserved),
        (ByteSize::ZERO, ByteSize::ZERO)
    );
    assert_eq!(
        code(library.get_upload(&anna, upload.id).await),
        ProblemCode::Gone
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_cannot_pass_what_one_person_may_bring() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    limit_each(&library, &anna, 10_000).await;

    let tries = (0..50).map(|seed| {
        let (library, anna) = (&library, &anna);
        async move {
            let note = text(seed, 1_000);
            if seed % 2 == 0 {
                by_form(library, anna, &note).await
            } else {
                in_pieces(library, anna, &note).await
            }
        }
    });
    let done = join_all(tries).await;

    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 10);
    for refused in done.into_iter().filter(Result::is_err) {
        assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    }
    let own = library.usage(&anna).await.unwrap().own.unwrap();
    assert_eq!((own.used + own.reserved).as_u64(), 10_000);
    // A colleague has room of their own.
    library.upload(&ben, "b.txt", &text(99, 1_000)).await;
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_person_may_have_a_figure_of_their_own() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let olga = library.operator("olga").await;
    limit_each(&library, &anna, 1_000).await;
    let refused = problem(library.try_begin(&anna, "a.txt", 1_001).await);
    assert_eq!(refused.limit, Some(ByteSize::bytes(1_000)));
    assert!(refused.detail.starts_with("You use"), "{}", refused.detail);

    let patch = UserPatch {
        quota: Some(Some(ByteSize::bytes(2_000))),
        ..UserPatch::default()
    };
    let id = anna.user_id().unwrap();
    library.update_user(&olga, id, patch).await.unwrap();

    library.begin(&anna, "a.txt", 1_500).await;
    assert_eq!(
        code(library.try_begin(&anna, "b.txt", 501).await),
        ProblemCode::QuotaExceeded
    );
}

#[tokio::test]
async fn the_same_bytes_brought_twice_count_once_with_each_who_brought_them() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let bob = library.agent("bob").await;
    let note = text(1, 1_000);
    let first = library.upload(&ada, "a.txt", &note).await;
    library.upload(&ada, "b.txt", &note).await;
    library.upload(&bob, "c.txt", &note).await;

    let usage = library.usage(&ada).await.unwrap();
    assert_eq!(usage.used.as_u64(), 1_000);
    let figures: Vec<u64> = usage.users.iter().map(|user| user.used.as_u64()).collect();
    assert_eq!(figures, [1_000, 1_000]);

    library.trash_asset(&ada, first.id).await.unwrap();
    assert_eq!(library.usage(&ada).await.unwrap().trash, ByteSize::ZERO);
    library.purge_asset(&ada, first.id).await.unwrap();
    let usage = library.usage(&ada).await.unwrap();
    assert_eq!(usage.own.unwrap().used.as_u64(), 1_000);
    assert_eq!(library.usage(&bob).await.unwrap().users, []);
}

#[tokio::test]
async fn administrators_are_warned_once_each_time_a_mark_is_passed() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    limit(&library, &ada, 1_000).await;
    let warnings = async || {
        let filter = AuditFilter::default();
        let trail = library.list_audit(&ada, &filter, None, Limit::default());
        let kinds = trail.await.unwrap().items.into_iter().map(|line| line.kind);
        kinds
            .filter(|kind| matches!(kind, EventKind::StorageHigh | EventKind::StorageCritical))
            .collect::<Vec<_>>()
    };
    library.upload(&ada, "a.txt", &text(1, 790)).await;
    assert_eq!(warnings().await, []);

    let b = library.upload(&ada, "b.txt", &text(2, 20)).await;
    library.upload(&ada, "c.txt", &text(3, 20)).await;
    assert_eq!(warnings().await, [EventKind::StorageHigh]);

    let d = library.upload(&ada, "d.txt", &text(4, 150)).await;
    let both = [EventKind::StorageCritical, EventKind::StorageHigh];
    assert_eq!(warnings().await, both);

    for id in [b.id, d.id] {
        library.trash_asset(&ada, id).await.unwrap();
        library.purge_asset(&ada, id).await.unwrap();
    }
    library.upload(&ada, "e.txt", &text(5, 160)).await;
    assert_eq!(warnings().await.len(), 3, "passed again, told again");
}

#[tokio::test]
async fn a_warning_stays_until_an_administrator_has_seen_it_or_there_is_room() {
    let library = fresh_library().await;
    let (ada, bea) = (
        library.administrator("ada").await,
        library.administrator("bea").await,
    );
    let anna = library.agent("anna").await;
    limit(&library, &ada, 1_000).await;
    let warned = async |actor: &Actor| library.storage_warning(actor).await.unwrap();
    let a = library.upload(&anna, "a.txt", &text(1, 790)).await;
    assert_eq!(warned(&ada).await, None);
    assert_eq!(library.count_nearly_full().await.unwrap(), (0, 0));

    let b = library.upload(&anna, "b.txt", &text(2, 20)).await;
    // Whoever opens the library later sees it, and who is no administrator does not.
    library.clock.advance(Duration::from_hours(5));
    assert_eq!(warned(&ada).await, Some(Fullness::High));
    assert_eq!(warned(&bea).await, Some(Fullness::High));
    assert_eq!(warned(&anna).await, None);
    assert_eq!(library.count_nearly_full().await.unwrap(), (1, 0));
    library.see_storage_warning(&ada).await.unwrap();
    library.upload(&anna, "c.txt", &text(3, 20)).await;
    assert_eq!(warned(&ada).await, None);
    assert_eq!(warned(&bea).await, Some(Fullness::High));

    let d = library.upload(&anna, "d.txt", &text(4, 150)).await;
    assert_eq!(warned(&ada).await, Some(Fullness::Critical));
    assert_eq!(library.count_nearly_full().await.unwrap(), (1, 1));
    library.see_storage_warning(&ada).await.unwrap();
    for id in [b.id, d.id] {
        library.trash_asset(&ada, id).await.unwrap();
        library.purge_asset(&ada, id).await.unwrap();
    }
    assert_eq!(warned(&ada).await, None, "less than what she has seen");
    assert_eq!(warned(&bea).await, Some(Fullness::High));
    let e = library.upload(&anna, "e.txt", &text(5, 150)).await;
    assert_eq!(warned(&ada).await, Some(Fullness::Critical), "passed again");
    let all = [a.id, e.id];
    for id in all {
        library.trash_asset(&ada, id).await.unwrap();
        library.purge_asset(&ada, id).await.unwrap();
    }
    assert_eq!(warned(&bea).await, None, "there is room");
}

#[tokio::test]
async fn an_administrator_gives_at_most_what_everybody_may_bring() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let anna = library.agent("anna").await;
    let (own, hers) = (ada.user_id().unwrap(), anna.user_id().unwrap());
    let bytes = |bytes| UserPatch {
        role: None,
        quota: Some(Some(ByteSize::bytes(bytes))),
    };

    // Without a figure for everybody, any figure takes something away.
    let set = library.update_user(&ada, hers, bytes(5_000)).await.unwrap();
    assert_eq!(set.quota, Some(ByteSize::bytes(5_000)));

    limit_each(&library, &ada, 1_000).await;
    let refused = problem(library.update_user(&ada, own, bytes(1_001)).await);
    assert_eq!(refused.code, ProblemCode::Invalid);
    assert_eq!(refused.reason, Some(Reason::AboveAllowance));
    assert_eq!(refused.limit, Some(ByteSize::bytes(1_000)));
    library.update_user(&ada, hers, bytes(400)).await.unwrap();
    assert_eq!(
        code(library.try_begin(&anna, "a.txt", 401).await),
        ProblemCode::QuotaExceeded
    );
    let meter = library.user_meter(&ada, hers).await.unwrap();
    assert_eq!(meter.quota, Some(ByteSize::bytes(400)));

    let as_everybody = UserPatch {
        role: None,
        quota: Some(None),
    };
    library.update_user(&ada, hers, as_everybody).await.unwrap();
    let meter = library.user_meter(&ada, hers).await.unwrap();
    assert_eq!(meter.quota, Some(ByteSize::bytes(1_000)));
    let mallory = library.stranger("mallory").await;
    let refused = library.update_user(&mallory, hers, bytes(1)).await;
    assert_eq!(code(refused), ProblemCode::NotFound);
}

#[tokio::test]
async fn v5_2_4_an_account_has_no_more_files_than_its_operator_says() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.administrator("ben").await;
    let limits = AccountLimits {
        max_assets: 2,
        ..AccountLimits::default()
    };
    set_limits(&library, &anna, limits).await;
    assert_eq!(library.limits(&anna).await.unwrap().max_assets, 2);

    // Of many at once for the last places, those that are too late are refused.
    let tries = (0..6).map(|seed| {
        let (library, anna) = (&library, &anna);
        async move {
            // The same bytes again hold no room, and count all the same.
            let note = text(seed % 2, 100);
            library
                .upload_asset(anna, meta("a.txt"), None, body(&note))
                .await
        }
    });
    let done = join_all(tries).await;
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 2);
    for refused in done.into_iter().filter(Result::is_err) {
        let refused = problem(refused);
        assert_eq!(refused.code, ProblemCode::QuotaExceeded);
        assert_eq!(refused.reason, Some(Reason::TooManyAssets));
        assert_eq!(refused.most, Some(2));
    }
    let begun = library.try_begin(&anna, "b.txt", 10).await;
    assert_eq!(problem(begun).reason, Some(Reason::TooManyAssets));

    // What lies in the trash counts until it is gone for good.
    let all = AssetFilter::default();
    let page = library.list_assets(&anna, &all, None, Limit::default());
    let first = page.await.unwrap().items.remove(0).id;
    library.trash_asset(&anna, first).await.unwrap();
    assert!(library.try_begin(&anna, "b.txt", 10).await.is_err());
    library.purge_asset(&ben, first).await.unwrap();
    library.upload(&anna, "c.txt", &text(3, 100)).await;
    assert!(library.fsck(true).await.unwrap().is_clean());
}

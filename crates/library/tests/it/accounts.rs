//! Accounts: made, listed, limited and switched off.

use std::time::Duration;

use library::accounts::AccountPatch;
use model::{AccountLimits, ByteSize, Kind, Limit, ProblemCode};

use crate::support::{code, fresh_library, system};

#[tokio::test]
async fn an_operator_makes_accounts_and_finds_them_by_name() {
    let library = fresh_library().await;
    let limits = AccountLimits {
        quota: Some(ByteSize::megabytes(5_000)),
        ..AccountLimits::default()
    };

    let name = "Acme".parse().unwrap();
    let made = library
        .create_account(&system(), name, limits.clone())
        .await;
    let made = made.unwrap();

    assert_eq!(made.limits, limits);
    let found = library.get_account_by_name(&system(), "Acme").await;
    assert_eq!(found.unwrap(), made);
    assert_eq!(
        library
            .list_accounts(&system(), None, Limit::default())
            .await
            .unwrap()
            .items,
        [made]
    );
}

#[tokio::test]
async fn two_accounts_do_not_share_a_name() {
    let library = fresh_library().await;
    library.account("Acme").await;

    let limits = AccountLimits::default();
    let again = library
        .create_account(&system(), "Acme".parse().unwrap(), limits)
        .await;

    assert_eq!(code(again), ProblemCode::Conflict);
}

#[tokio::test]
async fn new_limits_hold_from_the_next_request_on() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut limits = library.get_own_account(&anna).await.unwrap().limits;
    limits.max_size.set(Kind::Video, ByteSize::megabytes(2_000));

    let patch = AccountPatch {
        limits: limits.clone().into(),
        ..AccountPatch::default()
    };
    let account = library.set_account(&system(), anna.account_id, patch).await;

    assert_eq!(account.unwrap().limits, limits);
    let told = library.limits(&anna).await.unwrap();
    let video = told.kinds.iter().find(|kind| kind.kind == Kind::Video);
    assert_eq!(video.unwrap().max_size, ByteSize::megabytes(2_000));
}

#[tokio::test]
async fn what_is_enforced_is_told() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;

    let told = library.limits(&anna).await.unwrap();

    assert_eq!(told.kinds.len(), 5);
    let image = &told.kinds[0];
    assert_eq!(image.max_size, ByteSize::megabytes(5));
    assert!(image.mimes.contains(&"image/jpeg".to_owned()));
    assert!(image.extensions.contains(&"jpg".to_owned()));
    assert_eq!((told.folder_images, told.retention_days), (50, 30));
}

#[tokio::test]
async fn where_the_library_is_off_there_is_nothing_to_find() {
    let library = fresh_library().await;
    let before = library.agent("anna").await;
    let off = AccountPatch {
        library_enabled: Some(false),
        ..AccountPatch::default()
    };

    library
        .set_account(&system(), before.account_id, off)
        .await
        .unwrap();

    let (_, anna) = library.signed_in("anna@example.com").await;
    assert_eq!(code(library.limits(&anna).await), ProblemCode::NotFound);
    let token = library.token("Acme", anna.role, &[]).await;
    assert_eq!(code(library.limits(&token).await), ProblemCode::NotFound);
    // The account itself is still there to be looked at.
    let account = library.get_own_account(&anna).await.unwrap();
    assert!(!account.library_enabled);
}

#[tokio::test]
async fn only_operators_operate_and_refusals_are_written_down() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;

    assert_eq!(
        code(library.list_accounts(&ben, None, Limit::default()).await),
        ProblemCode::Forbidden
    );

    library.clock.advance(Duration::from_secs(1));
    let olga = library.operator("olga").await;
    assert_eq!(
        library
            .list_accounts(&olga, None, Limit::default())
            .await
            .unwrap()
            .items
            .len(),
        1
    );
    let trail = library
        .list_audit(&ben, &model::AuditFilter::default(), None, Limit::default())
        .await;
    let denied = trail.unwrap().items.into_iter().any(|line| {
        line.kind == model::EventKind::AccessDenied && line.actor == ben.who.to_string()
    });
    assert!(denied);
}

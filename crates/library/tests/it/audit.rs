//! The audit trail: who did what, for the account's administrators, newest first.

use std::time::Duration;

use futures::TryStreamExt as _;
use library::{accounts::AccountPatch, zips::ZipOf};
use model::{
    AccountLimits, AssetPatch, AuditFilter, EventKind, Limit, ProblemCode, Role, Secret, Selection,
};

use crate::support::{at, code, fresh_library, system, text};

#[tokio::test]
async fn deeds_are_written_down_with_who_and_where() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let wrong = Secret::new("not the password");
    let there = at("203.0.113.5");
    let refused = library
        .sign_in("ben@example.com", &wrong, &there, None)
        .await;
    assert_eq!(code(refused), ProblemCode::Unauthenticated);

    let trail = library
        .list_audit(&ben, &AuditFilter::default(), None, Limit::default())
        .await
        .unwrap();

    let kinds: Vec<EventKind> = trail.items.iter().map(|line| line.kind).collect();
    assert_eq!(
        kinds,
        [
            EventKind::UserSignInFailed,
            EventKind::UserSignedIn,
            EventKind::UserCreated,
            EventKind::AccountCreated
        ]
    );
    let failed = &trail.items[0];
    assert_eq!(failed.actor, "nobody");
    assert_eq!(failed.subject, ben.user_id().map(|id| id.to_string()));
    assert_eq!(failed.ip.as_deref(), Some("203.0.113.5"));
    assert_eq!(trail.items[1].actor, ben.who.to_string());
    assert_eq!(trail.items[2].actor, "system");
}

#[tokio::test]
async fn a_long_trail_comes_in_pages_without_a_gap() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    for n in 0..10 {
        library.agent(&format!("agent{n}")).await;
    }
    let limit = Limit::new(5).unwrap();

    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let page = library
            .list_audit(&ben, &AuditFilter::default(), cursor.as_ref(), limit)
            .await
            .unwrap();
        assert!(page.items.len() <= 5);
        seen.extend(page.items.into_iter().map(|line| line.id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }

    // One account; eleven people, each made and signed in.
    assert_eq!(seen.len(), 1 + 11 * 2);
    assert!(seen.is_sorted_by(|newer, older| newer > older));
}

#[tokio::test]
async fn each_account_has_its_own_trail() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let mallory = library.stranger("mallory").await;

    let theirs = library
        .list_audit(&mallory, &AuditFilter::default(), None, Limit::default())
        .await
        .unwrap();

    let ben = ben.who.to_string();
    assert!(theirs.items.iter().all(|line| line.actor != ben));
}

#[tokio::test]
async fn agents_do_not_read_it_and_their_try_is_in_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.administrator("ben").await;

    let tried = library
        .list_audit(&anna, &AuditFilter::default(), None, Limit::default())
        .await;

    assert_eq!(code(tried), ProblemCode::Forbidden);
    let trail = library
        .list_audit(&ben, &AuditFilter::default(), None, Limit::default())
        .await
        .unwrap();
    assert_eq!(trail.items[0].kind, EventKind::AccessDenied);
    assert_eq!(trail.items[0].actor, anna.who.to_string());
}

#[tokio::test]
async fn a_made_up_cursor_is_malformed() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;

    for text in ["", "zzz", "IjEyMyI"] {
        let cursor = model::Cursor(text.to_owned());
        let tried = library
            .list_audit(
                &ben,
                &AuditFilter::default(),
                Some(&cursor),
                Limit::default(),
            )
            .await;
        assert_eq!(code(tried), ProblemCode::Malformed, "{text}");
    }
}

#[tokio::test]
async fn f7_a_clock_that_jumps_far_ahead_forgets_nothing_of_it_for_a_day() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    library.run_due_rounds().await.unwrap();

    library.clock.advance(Duration::from_hours(24 * 400));
    for _ in 0..24 {
        library.run_due_rounds().await.unwrap();
        library.clock.advance(Duration::from_mins(61));
    }
    library.run_due_rounds().await.unwrap();

    let made = AuditFilter {
        kind: Some(EventKind::UserCreated),
        ..AuditFilter::default()
    };
    let page = library.list_audit(&ben, &made, None, Limit::default());
    assert_eq!(page.await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn the_trail_is_searched_by_who_what_and_when() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let anna = library.agent("anna").await;
    let asset = library.upload(&anna, "a.txt", &text(1, 100)).await;
    library.trash_asset(&ben, asset.id).await.unwrap();
    let find = async |filter: AuditFilter| {
        let page = library.list_audit(&ben, &filter, None, Limit::default());
        let lines = page.await.unwrap().items.into_iter();
        lines.map(|line| line.kind).collect::<Vec<_>>()
    };

    let of_anna = AuditFilter {
        actor: Some(anna.who.to_string()),
        ..AuditFilter::default()
    };
    let both = [EventKind::AssetCreated, EventKind::UserSignedIn];
    assert_eq!(find(of_anna).await, both);
    let of_asset = AuditFilter {
        subject: Some(asset.id.to_string()),
        ..AuditFilter::default()
    };
    let both = [EventKind::AssetTrashed, EventKind::AssetCreated];
    assert_eq!(find(of_asset.clone()).await, both);
    let trashed = AuditFilter {
        kind: Some(EventKind::AssetTrashed),
        ..of_asset
    };
    assert_eq!(find(trashed).await, [EventKind::AssetTrashed]);
    let before = AuditFilter {
        before: Some(asset.created_at),
        kind: Some(EventKind::AssetCreated),
        ..AuditFilter::default()
    };
    assert_eq!(find(before).await, []);
}

#[tokio::test]
async fn an_export_holds_the_trail_and_runs_nothing() {
    let library = fresh_library().await;
    let ben = library
        .person("Acme", "ben", Role::Administrator, false)
        .await;
    let evil = library::users::NewUser {
        email: "evil@example.com".parse().unwrap(),
        name: "=HYPERLINK(\"http://evil.test\")".parse().unwrap(),
        role: Role::Agent,
        operator: false,
        password: Some(Secret::new(crate::support::PASSWORD)),
    };
    let account = ben.account_id;
    library.create_user(&ben, account, evil).await.unwrap();
    library.signed_in("evil@example.com").await;

    let pieces = library.export_audit(&ben, AuditFilter::default()).await;
    let pieces: Vec<_> = pieces.unwrap().try_collect().await.unwrap();

    let text = String::from_utf8(pieces.concat()).unwrap();
    assert!(text.starts_with("at,event,actor,actor_name,subject,subject_name,ip,detail\r\n"));
    assert!(
        text.contains("\"'=HYPERLINK(\"\"http://evil.test\"\")\""),
        "{text}"
    );
    assert!(text.contains("\"audit_exported\""), "{text}");
    assert_eq!(text.lines().count(), 1 + 6, "{text}");
}

#[tokio::test]
async fn the_trail_is_kept_as_long_as_the_operator_says() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let limits = AccountLimits {
        audit_days: 30,
        ..AccountLimits::default()
    };
    let patch = AccountPatch {
        limits: limits.into(),
        ..AccountPatch::default()
    };
    let account = ben.account_id;
    library
        .set_account(&system(), account, patch)
        .await
        .unwrap();
    let lines = async || {
        let filter = AuditFilter::default();
        let page = library.list_audit(&ben, &filter, None, Limit::default());
        page.await.unwrap().items.len()
    };
    assert_eq!(library.forget_events().await.unwrap(), 0);
    let before = lines().await;

    library.clock.advance(Duration::from_hours(31 * 24));
    library.signed_in("ben@example.com").await;
    library.forget_events().await.unwrap();

    assert_eq!((before, lines().await), (4, 1));
}

#[tokio::test]
async fn a_trail_names_what_things_are_called_and_finds_people_by_address() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let anna = library.agent("anna").await;
    let note = library.upload(&anna, "note.txt", &text(1, 100)).await;
    let of = |email: &str, kind| AuditFilter {
        actor: Some(email.to_owned()),
        kind: Some(kind),
        ..AuditFilter::default()
    };

    let filter = of("anna@example.com", EventKind::AssetCreated);
    let found = library.list_audit(&ben, &filter, None, Limit::default());
    let found = found.await.unwrap().items;

    assert_eq!(found.len(), 1);
    assert_eq!(found[0].actor_name.as_deref(), Some("anna"));
    assert_eq!(found[0].subject, Some(note.id.to_string()));
    assert_eq!(found[0].subject_name.as_deref(), Some("note.txt"));
    // An address of somebody elsewhere finds nothing, and says nothing.
    let mallory = library.stranger("mallory").await;
    let found = library.list_audit(&mallory, &filter, None, Limit::default());
    assert_eq!(found.await.unwrap().items, []);
}

#[tokio::test]
async fn a_line_names_what_is_gone_by_now() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = library.upload(&ada, "note.txt", &text(1, 100)).await;
    let summer = library.folder(&ada, None, "Summer").await;
    let press = library.create_team(&ada, "Press", &[]).await.unwrap();
    let sea = library.create_tag(&ada, "Sea").await.unwrap();
    let sand = library.create_tag(&ada, "Sand").await.unwrap();
    let renamed = AssetPatch {
        name: Some("plan.txt".parse().unwrap()),
        ..AssetPatch::default()
    };
    library.update_asset(&ada, note.id, renamed).await.unwrap();

    library.trash_asset(&ada, note.id).await.unwrap();
    library.purge_asset(&ada, note.id).await.unwrap();
    library.trash_folder(&ada, summer.id).await.unwrap();
    library.purge_folder(&ada, summer.id).await.unwrap();
    library.delete_team(&ada, press.id).await.unwrap();
    library.merge_tag(&ada, sea.id, sand.id).await.unwrap();
    library.delete_tag(&ada, sand.id).await.unwrap();

    let told = async |kind| {
        let filter = AuditFilter {
            kind: Some(kind),
            ..AuditFilter::default()
        };
        let page = library.list_audit(&ada, &filter, None, Limit::default());
        let line = page.await.unwrap().items.remove(0);
        (line.subject_name.unwrap_or_default(), line.detail)
    };
    let plain = |name: &str| (name.to_owned(), None);
    let more = |name: &str, detail: &str| (name.to_owned(), Some(detail.to_owned()));
    assert_eq!(told(EventKind::AssetCreated).await, plain("note.txt"));
    let was = more("plan.txt", "note.txt");
    assert_eq!(told(EventKind::AssetRenamed).await, was);
    assert_eq!(told(EventKind::AssetPurged).await, plain("plan.txt"));
    assert_eq!(told(EventKind::FolderPurged).await, plain("Summer"));
    assert_eq!(told(EventKind::TeamDeleted).await, plain("Press"));
    assert_eq!(told(EventKind::TagMerged).await, more("Sea", "Sand"));
    assert_eq!(told(EventKind::TagDeleted).await, plain("Sand"));
}

#[tokio::test]
async fn a_refusal_says_of_what() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let olga = library.operator("olga").await.user_id().unwrap();
    let anna = library.agent("anna").await;

    assert!(library.empty_trash(&anna).await.is_err());
    // An operator is changed by operators alone, which is written down as well.
    assert!(library.disable_user(&ben, olga).await.is_err());

    let denied = AuditFilter {
        kind: Some(EventKind::AccessDenied),
        ..AuditFilter::default()
    };
    let page = library.list_audit(&ben, &denied, None, Limit::default());
    let lines = page.await.unwrap().items.into_iter();
    let told: Vec<_> = lines.map(|line| (line.actor, line.detail)).collect();
    let by = |actor: &library::Actor, right: &str| (actor.who.to_string(), Some(right.to_owned()));
    assert_eq!(told, [by(&ben, "operate"), by(&anna, "purge")]);
}

#[tokio::test]
async fn a_zip_of_chosen_files_says_which() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let mut ids = Vec::new();
    for seed in 0..12 {
        let name = format!("note {seed:02}.txt");
        let note = library.upload(&ada, &name, &text(seed, 50)).await;
        ids.push(note.id);
        library.clock.advance(Duration::from_secs(1));
    }

    for count in [2, 12] {
        library.clock.advance(Duration::from_secs(1));
        let chosen = Selection::Ids(ids[..count].to_vec());
        library.open_zip(&ada, ZipOf::Assets(chosen)).await.unwrap();
    }

    let filter = AuditFilter {
        kind: Some(EventKind::AssetsDownloaded),
        ..AuditFilter::default()
    };
    let page = library.list_audit(&ada, &filter, None, Limit::default());
    let lines = page.await.unwrap().items.into_iter();
    let told: Vec<_> = lines.filter_map(|line| line.detail).collect();
    let ten: Vec<_> = (0..10).map(|n| format!("note {n:02}.txt")).collect();
    let many = format!("12: {}, …", ten.join(", "));
    assert_eq!(told, [many.as_str(), "2: note 00.txt, note 01.txt"]);
}

//! The audit trail: who did what, for the account's administrators, newest first.

use model::{EventKind, Limit, ProblemCode, Secret};

use crate::support::{at, code, fresh_library};

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
        .list_audit(&ben, None, Limit::default())
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
            .list_audit(&ben, cursor.as_ref(), limit)
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
        .list_audit(&mallory, None, Limit::default())
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

    let tried = library.list_audit(&anna, None, Limit::default()).await;

    assert_eq!(code(tried), ProblemCode::Forbidden);
    let trail = library
        .list_audit(&ben, None, Limit::default())
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
            .list_audit(&ben, Some(&cursor), Limit::default())
            .await;
        assert_eq!(code(tried), ProblemCode::Malformed, "{text}");
    }
}

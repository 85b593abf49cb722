//! What ends an embed session besides its time.

use std::time::Duration;

use library::{Actor, accounts::AccountPatch, users::UserPatch};
use model::{AuditFilter, EventKind, Limit, ProblemCode, Role};

use super::{find, made, picker, wide};
use crate::support::{TestLibrary, at, code, fresh_library, system};

/// How many sessions the trail says were ended.
async fn ended(library: &TestLibrary, administrator: &Actor) -> usize {
    let filter = AuditFilter {
        kind: Some(EventKind::EmbedSessionEnded),
        ..AuditFilter::default()
    };
    let lines = library.list_audit(administrator, &filter, None, Limit::default());
    lines.await.unwrap().items.len()
}

#[tokio::test]
async fn an_administrator_or_the_token_that_made_it_ends_a_session() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let other = library.token("Acme", Role::Agent, &[]).await;
    let away = library.stranger("away").await;
    let (first, of_first) = made(&library, &shop, wide()).await;
    let (second, of_second) = made(&library, &shop, wide()).await;

    for stranger in [&other, &away] {
        let result = library.end_embed_session(stranger, first.id).await;
        assert_eq!(code(result), ProblemCode::NotFound);
    }
    let listed = library.list_embed_sessions(&ben, None, Limit::default());
    let listed = listed.await.unwrap().items;
    assert_eq!(listed, [second.clone(), first.clone()]);
    library.end_embed_session(&shop, first.id).await.unwrap();
    library.end_embed_session(&ben, second.id).await.unwrap();

    assert_eq!(find(&library, &of_first).await, None);
    assert_eq!(find(&library, &of_second).await, None);
    let again = library.end_embed_session(&ben, second.id).await;
    assert_eq!(code(again), ProblemCode::NotFound);
    let listed = library.list_embed_sessions(&ben, None, Limit::default());
    assert!(listed.await.unwrap().items.is_empty());
    assert_eq!(ended(&library, &ben).await, 2);
}

#[tokio::test]
async fn a_session_ends_with_the_token_that_made_it() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let new = library::tokens::NewToken {
        name: "Shop".parse().unwrap(),
        role: Role::Agent,
        scopes: Vec::new(),
    };
    let (token, secret) = library
        .create_token(&ben, ben.account_id, new)
        .await
        .unwrap();
    let shop = library.find_actor_by_token(&secret, &at("192.0.2.1")).await;
    let shop = shop.unwrap().unwrap();
    let (session, secret) = made(&library, &shop, wide()).await;
    assert!(find(&library, &secret).await.is_some());

    library.revoke_token(&ben, token.id).await.unwrap();

    assert_eq!(find(&library, &secret).await, None);
    assert_eq!(library.embed_frame(&session.id).await.unwrap(), None);
    assert_eq!(ended(&library, &ben).await, 1);
}

#[tokio::test]
async fn a_session_ends_with_the_rights_of_the_person_who_made_it() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ben = library.administrator("ben").await;
    let carl = library.administrator("carl").await;
    let (_, of_ada) = made(&library, &ada, wide()).await;
    let (_, of_ben) = made(&library, &ben, wide()).await;
    let (_, of_carl) = made(&library, &carl, wide()).await;

    let (ben, carl) = (ben.user_id().unwrap(), carl.user_id().unwrap());
    library.disable_user(&ada, ben).await.unwrap();
    let lower = |role| UserPatch {
        role: Some(role),
        quota: None,
    };
    let lowered = library.update_user(&ada, carl, lower(Role::Agent));
    lowered.await.unwrap();

    assert_eq!(find(&library, &of_ben).await, None);
    assert_eq!(find(&library, &of_carl).await, None);
    assert!(find(&library, &of_ada).await.is_some());
    assert_eq!(ended(&library, &ada).await, 2);
    // It stays ended when they may again.
    let raised = library.update_user(&ada, carl, lower(Role::Administrator));
    raised.await.unwrap();
    assert_eq!(find(&library, &of_carl).await, None);
}

#[tokio::test]
async fn a_session_opens_nothing_while_the_library_is_off() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let (session, secret) = made(&library, &shop, wide()).await;

    let off = AccountPatch {
        library_enabled: Some(false),
        ..AccountPatch::default()
    };
    let operator = system();
    let patched = library.set_account(&operator, shop.account_id, off);
    patched.await.unwrap();

    assert_eq!(find(&library, &secret).await, None);
    assert_eq!(library.embed_frame(&session.id).await.unwrap(), None);
}

#[tokio::test]
async fn an_upload_goes_on_in_the_session_that_was_claimed_and_not_in_another() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let (_, spent) = made(&library, &shop, wide()).await;
    let page = find(&library, &spent).await.unwrap();
    let upload = library.begin(&page, "note.txt", 10).await.id;
    let (_, fresh) = library.claim_embed_session(&page, &spent).await.unwrap();
    let page = find(&library, &fresh).await.unwrap();
    let other = picker(&library, &shop, wide()).await;

    let of_other = library.get_upload(&other, upload).await;
    let of_maker = library.get_upload(&shop, upload).await;
    let done = library.append(&page, upload, 0, b"ten bytes.").await;

    assert_eq!(code(of_other), ProblemCode::NotFound);
    assert_eq!(code(of_maker), ProblemCode::NotFound);
    assert!(done.unwrap().asset.is_some());
}

#[tokio::test]
async fn what_ended_long_ago_is_forgotten() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let page = picker(&library, &shop, wide()).await;
    library.upload(&page, "note.txt", b"A note.").await;
    let who = async || {
        let filter = AuditFilter {
            kind: Some(EventKind::AssetCreated),
            ..AuditFilter::default()
        };
        let lines = library.list_audit(&ben, &filter, None, Limit::default());
        lines.await.unwrap().items.remove(0).actor_name
    };
    assert_eq!(who().await.as_deref(), Some("https://desk.example.com"));

    // A round after a pause this long only looks at the clock.
    library.clock.advance(Duration::from_hours(31 * 24));
    library.run_due_rounds().await.unwrap();
    library.clock.advance(Duration::from_hours(2));
    library.run_due_rounds().await.unwrap();

    assert_eq!(who().await, None);
}

//! API tokens: shown once, good for what they say, worthless when revoked.

use std::time::Duration;

use library::tokens::NewToken;
use model::{Limit, ProblemCode, Right, Role, Scope};

use crate::support::{at, code, fresh_library};

fn token(role: Role, scopes: &[Scope]) -> NewToken {
    NewToken {
        name: "Shop".parse().unwrap(),
        role,
        scopes: scopes.to_vec(),
    }
}

#[tokio::test]
async fn a_token_acts_in_its_account_until_it_is_revoked() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let here = at("192.0.2.1");
    let (made, secret) = library
        .create_token(&ben, ben.account_id, token(Role::Agent, &[]))
        .await
        .unwrap();
    assert!(secret.expose().starts_with("sat_"));

    let actor = library.find_actor_by_token(&secret, &here).await.unwrap();
    let actor = actor.expect("the token is good");
    assert_eq!(actor.account_id, ben.account_id);
    assert!(actor.may(Right::Edit) && !actor.may(Right::Purge));

    let revoked = library.revoke_token(&ben, made.id).await.unwrap();
    assert!(revoked.revoked_at.is_some());
    assert_eq!(
        library.find_actor_by_token(&secret, &here).await.unwrap(),
        None
    );
    let listed = library
        .list_tokens(&ben, None, Limit::default())
        .await
        .unwrap()
        .items;
    assert_eq!(listed[0].revoked_at, revoked.revoked_at);
}

#[tokio::test]
async fn scopes_narrow_what_a_role_may() {
    let library = fresh_library().await;

    let reader = library
        .token("Acme", Role::Administrator, &[Scope::Read])
        .await;

    assert!(reader.may(Right::View));
    for right in [Right::Edit, Right::Purge, Right::Administer, Right::Operate] {
        assert!(!reader.may(right), "{right:?}");
    }
}

#[tokio::test]
async fn a_token_makes_no_token_that_is_good_for_more() {
    let library = fresh_library().await;
    let scopes = [Scope::Read, Scope::Administer];
    let actor = library.token("Acme", Role::Administrator, &scopes).await;
    let account = actor.account_id;
    let make = async |scopes: &[Scope]| {
        let token = token(Role::Administrator, scopes);
        library.create_token(&actor, account, token).await
    };

    assert_eq!(code(make(&[]).await), ProblemCode::Forbidden);
    assert_eq!(code(make(&[Scope::Purge]).await), ProblemCode::Forbidden);
    assert!(make(&[Scope::Read]).await.is_ok());
}

#[tokio::test]
async fn a_token_makes_nobody_who_may_more_than_it() {
    let library = fresh_library().await;
    let scopes = [Scope::Read, Scope::Write, Scope::Administer];
    let actor = library.token("Acme", Role::Administrator, &scopes).await;
    let make = async |email: &str, role| {
        let user = library::users::NewUser {
            email: email.parse().unwrap(),
            name: "Somebody".parse().unwrap(),
            role,
            operator: false,
            password: None,
        };
        library.create_user(&actor, actor.account_id, user).await
    };

    let beyond = make("one@example.com", Role::Administrator).await;
    assert_eq!(code(beyond), ProblemCode::Forbidden);
    assert!(make("two@example.com", Role::Agent).await.is_ok());
}

#[tokio::test]
async fn the_last_use_is_told() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let new = token(Role::Agent, &[]);
    let (_, secret) = library
        .create_token(&ben, ben.account_id, new)
        .await
        .unwrap();
    let last_use = async || {
        library
            .list_tokens(&ben, None, Limit::default())
            .await
            .unwrap()
            .items[0]
            .last_used_at
    };
    let here = at("192.0.2.1");
    assert_eq!(last_use().await, None);

    library.find_actor_by_token(&secret, &here).await.unwrap();
    let first = last_use().await;
    assert!(first.is_some());

    library.find_actor_by_token(&secret, &here).await.unwrap();
    assert_eq!(last_use().await, first, "not written at every use");
    library.clock.advance(Duration::from_secs(61));
    library.find_actor_by_token(&secret, &here).await.unwrap();
    assert!(last_use().await > first);
}

#[tokio::test]
async fn made_up_secrets_are_nobody() {
    let library = fresh_library().await;

    for text in ["", "sat_", "sat_\0", &"x".repeat(100_000)] {
        let secret = model::Secret::new(text);
        let found = library.find_actor_by_token(&secret, &at("192.0.2.1")).await;
        assert_eq!(found.unwrap(), None);
    }
}

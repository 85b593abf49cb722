//! API tokens: shown once, good for what they say, worthless when revoked.

use std::time::Duration;

use library::{Actor, tokens::NewToken, users::UserPatch};
use model::{AuditFilter, EventKind, Limit, ProblemCode, Right, Role, Scope, Secret};

use crate::support::{TestLibrary, at, code, fresh_library, system};

fn token(role: Role, scopes: &[Scope]) -> NewToken {
    NewToken {
        name: "Shop".parse().unwrap(),
        role,
        scopes: scopes.to_vec(),
    }
}

/// The secret of a token that somebody makes.
async fn made_by(library: &TestLibrary, actor: &Actor, role: Role) -> Secret {
    let made = library.create_token(actor, actor.account_id, token(role, &[]));
    made.await.unwrap().1
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
        let secret = Secret::new(text);
        let found = library.find_actor_by_token(&secret, &at("192.0.2.1")).await;
        assert_eq!(found.unwrap(), None);
    }
}

#[tokio::test]
async fn tokens_end_with_what_their_maker_may() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ben = library.administrator("ben").await;
    let carl = library.administrator("carl").await;
    let here = at("192.0.2.1");
    let whose = async |secret: &Secret| library.find_actor_by_token(secret, &here).await.unwrap();
    let of_ada = made_by(&library, &ada, Role::Agent).await;
    let of_ben = made_by(&library, &ben, Role::Administrator).await;
    let of_carl = made_by(&library, &carl, Role::Agent).await;
    // A program hands on whose it is.
    let program = whose(&of_ben).await.unwrap();
    let of_program = made_by(&library, &program, Role::Administrator).await;

    let ben = ben.user_id().unwrap();
    library.disable_user(&ada, ben).await.unwrap();
    let carl = carl.user_id().unwrap();
    let lower = |role| UserPatch {
        role: Some(role),
        quota: None,
    };
    let lowered = library.update_user(&ada, carl, lower(Role::Agent)).await;
    assert_eq!(lowered.unwrap().role, Role::Agent);

    assert_eq!(whose(&of_ben).await, None);
    assert_eq!(whose(&of_program).await, None);
    assert_eq!(whose(&of_carl).await, None);
    assert!(whose(&of_ada).await.is_some());
    let told = library.list_user_tokens(&ada, ben).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|token| token.revoked_at.is_some()));
    let revoked = AuditFilter {
        kind: Some(EventKind::TokenRevoked),
        ..AuditFilter::default()
    };
    let lines = library.list_audit(&ada, &revoked, None, Limit::default());
    let lines = lines.await.unwrap().items;
    assert_eq!(lines.len(), 3);
    let by_ada = ada.user_id().unwrap().to_string();
    assert!(lines.iter().all(|line| line.actor == by_ada));
}

#[tokio::test]
async fn who_may_more_than_before_keeps_their_tokens() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    // An operator makes tokens as an agent, too.
    let olga = library.operator("olga").await;
    let secret = made_by(&library, &olga, Role::Agent).await;
    let system = system();
    let made = library.create_token(&system, ada.account_id, token(Role::Agent, &[]));
    assert_eq!(made.await.unwrap().0.created_by, None);

    let patch = UserPatch {
        role: Some(Role::Administrator),
        quota: None,
    };
    let olga = olga.user_id().unwrap();
    let raised = library.update_user(&system_of(&ada), olga, patch).await;

    assert_eq!(raised.unwrap().role, Role::Administrator);
    let here = at("192.0.2.1");
    let found = library.find_actor_by_token(&secret, &here).await.unwrap();
    assert!(found.is_some());
}

/// Somebody at the command line, at work in somebody's account.
fn system_of(actor: &Actor) -> Actor {
    Actor::system(actor.account_id)
}

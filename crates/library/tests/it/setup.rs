//! The first start: one link, used once, makes the first account.

use library::setup::SetUp;
use model::{Limit, ProblemCode, Role, Secret};

use crate::support::{PASSWORD, at, code, fresh_library, system};

fn anna() -> SetUp {
    SetUp {
        account: "Acme".parse().unwrap(),
        name: "Anna".parse().unwrap(),
        email: "anna@example.com".parse().unwrap(),
        password: Secret::new(PASSWORD),
    }
}

#[tokio::test]
async fn the_link_makes_the_first_account_and_its_operator() {
    let library = fresh_library().await;
    let token = library.create_setup_token().await.unwrap().unwrap();
    assert!(library.is_setup_token(&token).await.unwrap());

    let (user, session) = library
        .set_up(&token, anna(), &at("192.0.2.1"))
        .await
        .unwrap();

    assert_eq!((user.role, user.operator), (Role::Administrator, true));
    let actor = library
        .find_actor_by_session(&session, &at("192.0.2.1"))
        .await
        .unwrap()
        .expect("set-up signs in");
    assert_eq!(library.get_own_account(&actor).await.unwrap().name, "Acme");
    library.signed_in("anna@example.com").await;
}

#[tokio::test]
async fn the_link_works_once() {
    let library = fresh_library().await;
    let token = library.create_setup_token().await.unwrap().unwrap();
    library
        .set_up(&token, anna(), &at("192.0.2.1"))
        .await
        .unwrap();

    let again = library.set_up(&token, anna(), &at("192.0.2.1")).await;

    assert_eq!(code(again), ProblemCode::NotFound);
    assert!(!library.is_setup_token(&token).await.unwrap());
    assert_eq!(library.create_setup_token().await.unwrap(), None);
}

#[tokio::test]
async fn of_two_who_come_at_once_one_wins() {
    let library = fresh_library().await;
    let token = library.create_setup_token().await.unwrap().unwrap();
    let ben = SetUp {
        account: "Evil".parse().unwrap(),
        email: "ben@example.com".parse().unwrap(),
        ..anna()
    };
    let here = at("192.0.2.1");

    let (one, two) = tokio::join!(
        library.set_up(&token, anna(), &here),
        library.set_up(&token, ben, &here)
    );

    assert!(one.is_ok() ^ two.is_ok());
    assert_eq!(
        library
            .list_accounts(&system(), None, Limit::default())
            .await
            .unwrap()
            .items
            .len(),
        1
    );
}

#[tokio::test]
async fn a_newer_link_replaces_an_older_one() {
    let library = fresh_library().await;
    let old = library.create_setup_token().await.unwrap().unwrap();
    let new = library.create_setup_token().await.unwrap().unwrap();

    let tried = library.set_up(&old, anna(), &at("192.0.2.1")).await;

    assert_eq!(code(tried), ProblemCode::NotFound);
    assert!(library.is_setup_token(&new).await.unwrap());
}

#[tokio::test]
async fn a_weak_password_leaves_the_link_good() {
    let library = fresh_library().await;
    let token = library.create_setup_token().await.unwrap().unwrap();
    let weak = SetUp {
        password: Secret::new("password1"),
        ..anna()
    };

    let tried = library.set_up(&token, weak, &at("192.0.2.1")).await;

    assert_eq!(code(tried), ProblemCode::Invalid);
    assert!(library.is_setup_token(&token).await.unwrap());
}

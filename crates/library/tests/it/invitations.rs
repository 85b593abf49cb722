//! One-use links: somebody new joins, somebody who forgot a password comes back.

use std::time::Duration;

use library::{
    invitations::{Acceptance, NewInvitation},
    users::UserPatch,
};
use model::{Limit, ProblemCode, Reason, Role, Secret};

use crate::support::{PASSWORD, at, code, fresh_library, problem};

fn invitation(email: &str) -> NewInvitation {
    NewInvitation {
        email: email.parse().unwrap(),
        role: Role::Agent,
    }
}

fn acceptance() -> Acceptance {
    Acceptance {
        name: "Zoë".parse().unwrap(),
        password: Secret::new(PASSWORD),
    }
}

#[tokio::test]
async fn who_is_invited_joins_once() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let here = at("192.0.2.1");

    let (invited, link) = library
        .invite_user(&ben, invitation("zoe@example.com"))
        .await
        .unwrap();
    let welcome = library.find_invitation(&link).await.unwrap().unwrap();
    let (user, session) = library
        .accept_invitation(&link, acceptance(), &here)
        .await
        .unwrap();

    assert_eq!(welcome.account, "Acme");
    assert_eq!(welcome.email, invited.email);
    assert_eq!((user.account_id, user.role), (ben.account_id, Role::Agent));
    let actor = library
        .find_actor_by_session(&session, &here)
        .await
        .unwrap();
    assert_eq!(actor.unwrap().user_id(), Some(user.id));
    library.signed_in("zoe@example.com").await;
    assert_eq!(library.list_invitations(&ben).await.unwrap(), []);
    assert_eq!(library.find_invitation(&link).await.unwrap(), None);
    let again = library.accept_invitation(&link, acceptance(), &here).await;
    assert_eq!(code(again), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_link_works_for_a_week_unless_it_is_withdrawn_or_made_again() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let invite = async || {
        let new = invitation("zoe@example.com");
        library.invite_user(&ben, new).await.unwrap()
    };

    let (_, first) = invite().await;
    let (second, link) = invite().await;
    assert_eq!(library.find_invitation(&first).await.unwrap(), None);
    assert!(library.find_invitation(&link).await.unwrap().is_some());
    library.withdraw_invitation(&ben, second.id).await.unwrap();
    assert_eq!(library.find_invitation(&link).await.unwrap(), None);

    let (_, link) = invite().await;
    library.clock.advance(Duration::from_hours(7 * 24));
    let late = library
        .accept_invitation(&link, acceptance(), &at("192.0.2.1"))
        .await;
    assert_eq!(code(late), ProblemCode::NotFound);
}

#[tokio::test]
async fn links_of_who_may_make_none_any_more_work_no_longer() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ben = library.administrator("ben").await.user_id().unwrap();
    let agent = UserPatch {
        role: Some(Role::Agent),
        quota: None,
    };
    for is_disabled in [true, false] {
        let name = format!("eve{is_disabled}");
        let eve = library.administrator(&name).await;
        let invite = library.invite_user(&eve, invitation("zoe@example.com"));
        let (_, link) = invite.await.unwrap();
        let reset = library.create_password_reset(&eve, ben).await.unwrap();

        let id = eve.user_id().unwrap();
        if is_disabled {
            library.disable_user(&ada, id).await.unwrap();
        } else {
            library.update_user(&ada, id, agent).await.unwrap();
        }

        assert_eq!(library.find_invitation(&link).await.unwrap(), None);
        assert_eq!(library.find_password_reset(&reset).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_new_password_makes_the_link_for_one_worthless() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ben = library.agent("ben").await;
    let id = ben.user_id().unwrap();
    let link = library.create_password_reset(&ada, id).await.unwrap();

    let (old, new) = (Secret::new(PASSWORD), Secret::new("a new one, of my own"));
    library.change_password(&ben, &old, &new).await.unwrap();

    assert_eq!(library.find_password_reset(&link).await.unwrap(), None);
}

#[tokio::test]
async fn an_invitation_does_not_tell_who_is_elsewhere() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    library.stranger("mallory").await;

    let (_, link) = library
        .invite_user(&ben, invitation("mallory@example.com"))
        .await
        .unwrap();

    let here = at("192.0.2.1");
    let invited = library.list_invitations(&ben).await.unwrap().remove(0);
    assert_eq!(invited.refused_at, None);
    // Whoever has the link is told, and the administrators see that it was tried.
    for _ in 0..2 {
        let tried = library.accept_invitation(&link, acceptance(), &here).await;
        assert_eq!(problem(tried).reason, Some(Reason::AddressElsewhere));
    }
    let invited = library.list_invitations(&ben).await.unwrap().remove(0);
    assert!(invited.refused_at.is_some());
    let again = invitation("mallory@example.com");
    let (anew, _) = library.invite_user(&ben, again).await.unwrap();
    assert_eq!(anew.refused_at, None);
    let own = library
        .invite_user(&ben, invitation("ben@example.com"))
        .await;
    assert_eq!(code(own), ProblemCode::Conflict);
}

#[tokio::test]
async fn who_guesses_links_waits() {
    let library = fresh_library().await;
    let here = at("192.0.2.1");
    let new = Secret::new(PASSWORD);
    let mut answers = Vec::new();
    for n in 0..10 {
        let guess = Secret::new(format!("guess {n}"));
        let tried = library.reset_password(&guess, &new, &here);
        answers.push(code(tried.await));
    }

    assert_eq!(answers[0], ProblemCode::NotFound);
    assert_eq!(answers[9], ProblemCode::TooManyRequests);
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_began() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    library.agent("anna").await;
    let (old_session, anna) = library.signed_in("anna@example.com").await;
    let here = at("192.0.2.1");
    let new = Secret::new("penguins propose with pebbles");

    let link = library
        .create_password_reset(&ben, anna.user_id().unwrap())
        .await
        .unwrap();
    let welcome = library.find_password_reset(&link).await.unwrap();
    assert_eq!(welcome.unwrap().email.as_str(), "anna@example.com");
    library.reset_password(&link, &new, &here).await.unwrap();

    let found = library.find_actor_by_session(&old_session, &here).await;
    assert_eq!(found.unwrap(), None);
    let old = Secret::new(PASSWORD);
    let tried = library.sign_in("anna@example.com", &old, &here, None).await;
    assert_eq!(code(tried), ProblemCode::Unauthenticated);
    assert!(
        library
            .sign_in("anna@example.com", &new, &here, None)
            .await
            .is_ok()
    );
    let again = library.reset_password(&link, &new, &here).await;
    assert_eq!(code(again), ProblemCode::NotFound);
}

#[tokio::test]
async fn administrators_change_roles_but_not_their_own_and_no_operators() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let anna = library.agent("anna").await.user_id().unwrap();
    let olga = library.operator("olga").await.user_id().unwrap();
    let to = |role| UserPatch {
        role: Some(role),
        ..UserPatch::default()
    };

    let user = library
        .update_user(&ben, anna, to(Role::Administrator))
        .await;
    assert_eq!(user.unwrap().role, Role::Administrator);
    let own = library
        .update_user(&ben, ben.user_id().unwrap(), to(Role::Agent))
        .await;
    assert_eq!(code(own), ProblemCode::Conflict);
    let operator = library
        .update_user(&ben, olga, to(Role::Administrator))
        .await;
    assert_eq!(code(operator), ProblemCode::Forbidden);
    let reset = library.create_password_reset(&ben, olga).await;
    assert_eq!(code(reset), ProblemCode::Forbidden);
}

#[tokio::test]
async fn v7_4_5_an_administrator_ends_sessions_and_a_person_one_of_their_own() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let anna = library.agent("anna").await;
    let (other, _) = library.signed_in("anna@example.com").await;
    let own = library
        .list_sessions(&anna, None, Limit::default())
        .await
        .unwrap()
        .items;
    assert_eq!(own.len(), 2);

    library.end_session(&anna, own[0].id).await.unwrap();
    let here = at("192.0.2.7");
    let found = library.find_actor_by_session(&other, &here).await.unwrap();
    assert_eq!(found, None);
    assert!(library.is_still_let_in(&anna).await.unwrap());

    let id = anna.user_id().unwrap();
    let page = library.list_user_sessions(&ben, id, None, Limit::default());
    assert_eq!(page.await.unwrap().items.len(), 1);
    library.end_user_sessions(&ben, id).await.unwrap();
    assert!(!library.is_still_let_in(&anna).await.unwrap());
}

//! Sessions: begun by signing in, kept by use, ended by time, choice or an administrator.

use std::time::Duration;

use library::{
    sessions::{ABSOLUTE, IDLE},
    users::UserPatch,
};
use model::{Limit, ProblemCode, Role, Secret};

use crate::support::{PASSWORD, at, code, fresh_library, problem, system};

const EMAIL: &str = "anna@example.com";
const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn v7_2_3_every_sign_in_has_a_token_of_its_own() {
    let library = fresh_library().await;
    library.agent("anna").await;

    let (one, _) = library.signed_in(EMAIL).await;
    let (two, _) = library.signed_in(EMAIL).await;

    assert_ne!(one, two);
    assert_eq!(one.expose().len(), 43, "256 bits");
}

#[tokio::test]
async fn an_email_address_is_the_same_in_any_case() {
    let library = fresh_library().await;
    library.agent("anna").await;

    library.signed_in(" Anna@Example.COM ").await;
}

#[tokio::test]
async fn a_planted_session_dies_at_sign_in() {
    let library = fresh_library().await;
    let here = at("192.0.2.1");
    library.agent("anna").await;
    let (planted, _) = library.signed_in(EMAIL).await;

    let password = Secret::new(PASSWORD);
    let (_, session) = library
        .sign_in(EMAIL, &password, &here, Some(&planted))
        .await
        .unwrap();

    assert_ne!(session, planted);
    let found = library.find_actor_by_session(&planted, &here).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test]
async fn nobody_is_told_what_was_wrong() {
    let library = fresh_library().await;
    let here = at("192.0.2.1");
    let ben = library.administrator("ben").await;
    let gone = library.agent("gone").await;
    library.agent("anna").await;
    library
        .disable_user(&ben, gone.user_id().unwrap())
        .await
        .unwrap();
    let try_with = async |email: &str, password: &str| {
        let password = Secret::new(password);
        problem(library.sign_in(email, &password, &here, None).await)
    };

    let wrong = try_with(EMAIL, "not the password").await;

    assert_eq!(wrong.code, ProblemCode::Unauthenticated);
    assert_eq!(try_with("nobody@example.com", PASSWORD).await, wrong);
    assert_eq!(try_with("gone@example.com", PASSWORD).await, wrong);
    assert_eq!(try_with("no address\0\r\n", PASSWORD).await, wrong);
}

#[tokio::test]
async fn v6_3_8_somebody_unknown_is_refused_as_slowly_as_somebody_known() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let wrong = Secret::new("not the password");
    let mut times = [Vec::new(), Vec::new()];

    for round in 0..30 {
        let email = [EMAIL, "nobody@example.com"][round % 2];
        // Long enough for earlier tries not to count.
        library.clock.advance(Duration::from_hours(1));
        let began = std::time::Instant::now();
        let refused = library.sign_in(email, &wrong, &at("192.0.2.9"), None).await;
        times[round % 2].push(began.elapsed());
        assert_eq!(code(refused), ProblemCode::Unauthenticated);
    }

    let [known, unknown] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    });
    // Where one is told apart by a missing hash, the factor is above ten.
    assert!(
        (0.25..4.0).contains(&(known / unknown)),
        "{known} {unknown}"
    );
}

#[tokio::test]
async fn v7_3_a_session_ends_when_it_is_not_used() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let (session, _) = library.signed_in(EMAIL).await;
    let here = at("192.0.2.7");

    library.clock.advance(IDLE.saturating_sub(DAY));
    let found = library.find_actor_by_session(&session, &here).await;
    assert!(found.unwrap().is_some());

    library.clock.advance(IDLE + DAY);
    let found = library.find_actor_by_session(&session, &here).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test]
async fn v7_3_a_session_ends_however_much_it_is_used() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let (session, _) = library.signed_in(EMAIL).await;
    let here = at("192.0.2.7");
    let step = 10 * DAY;

    let mut age = Duration::ZERO;
    while age + step < ABSOLUTE {
        library.clock.advance(step);
        age += step;
        let found = library.find_actor_by_session(&session, &here).await;
        assert!(found.unwrap().is_some(), "after {age:?}");
    }

    library.clock.advance(step);
    let found = library.find_actor_by_session(&session, &here).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test]
async fn signing_out_ends_one_session_or_all() {
    let library = fresh_library().await;
    let here = at("192.0.2.7");
    library.agent("anna").await;
    let (desk, anna) = library.signed_in(EMAIL).await;
    let (phone, _) = library.signed_in(EMAIL).await;
    let (tablet, on_tablet) = library.signed_in(EMAIL).await;
    // The one with which the story made her, and these.
    assert_eq!(
        library
            .list_sessions(&anna, None, Limit::default())
            .await
            .unwrap()
            .items
            .len(),
        4
    );

    library.sign_out(&on_tablet).await.unwrap();
    let found = library.find_actor_by_session(&tablet, &here).await;
    assert_eq!(found.unwrap(), None);

    library.sign_out_everywhere(&anna).await.unwrap();
    for session in [desk, phone] {
        let found = library.find_actor_by_session(&session, &here).await;
        assert_eq!(found.unwrap(), None);
    }
}

#[tokio::test]
async fn v7_4_3_a_changed_password_gives_a_new_token_and_ends_the_other_sessions() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let (mine, anna) = library.signed_in(EMAIL).await;
    let (other, _) = library.signed_in(EMAIL).await;
    let (old, new) = (Secret::new(PASSWORD), Secret::new("ein Otter schläft 🦦"));
    let here = at("192.0.2.7");

    let guessed = library
        .change_password(&anna, &Secret::new("a guess"), &new)
        .await;
    assert_eq!(code(guessed), ProblemCode::Invalid);
    let weak = library
        .change_password(&anna, &old, &Secret::new("baseball"))
        .await;
    assert_eq!(code(weak), ProblemCode::Invalid);
    let renewed = library.change_password(&anna, &old, &new).await.unwrap();

    for ended in [&other, &mine] {
        let found = library.find_actor_by_session(ended, &here).await;
        assert_eq!(found.unwrap(), None);
    }
    let found = library.find_actor_by_session(&renewed, &here).await;
    assert_eq!(
        found.unwrap().unwrap().who,
        anna.who,
        "it is the same session"
    );
    assert!(library.is_still_let_in(&anna).await.unwrap());
    library.sign_in(EMAIL, &new, &here, None).await.unwrap();
    let past = library.sign_in(EMAIL, &old, &here, None).await;
    assert_eq!(code(past), ProblemCode::Unauthenticated);
}

#[tokio::test]
async fn who_was_signed_out_meanwhile_changes_no_password() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let (_, anna) = library.signed_in(EMAIL).await;
    let (old, new) = (Secret::new(PASSWORD), Secret::new("ein Otter schläft 🦦"));
    library.sign_out(&anna).await.unwrap();

    let changed = library.change_password(&anna, &old, &new).await;

    assert_eq!(code(changed), ProblemCode::Unauthenticated);
    library.signed_in(EMAIL).await;
}

#[tokio::test]
async fn who_may_more_signs_in_anew_and_who_may_less_need_not() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    library.agent("anna").await;
    let here = at("192.0.2.7");
    let becomes = async |role: Role| {
        let (session, anna) = library.signed_in(EMAIL).await;
        let patch = UserPatch {
            role: Some(role),
            ..UserPatch::default()
        };
        let id = anna.user_id().unwrap();
        library.update_user(&ben, id, patch).await.unwrap();
        let found = library.find_actor_by_session(&session, &here).await;
        found.unwrap().map(|anna| anna.role)
    };

    // Nothing changes for who is one already.
    assert_eq!(becomes(Role::Agent).await, Some(Role::Agent));
    assert_eq!(becomes(Role::Administrator).await, None);
    let again = becomes(Role::Administrator).await;
    assert_eq!(again, Some(Role::Administrator));
    assert_eq!(becomes(Role::Agent).await, Some(Role::Agent));
}

#[tokio::test]
async fn v8_3_2_a_role_that_another_process_changes_holds_within_moments() {
    let library = fresh_library().await;
    library.administrator("anna").await;
    let (session, _) = library.signed_in(EMAIL).await;

    library
        .database
        .execute("update users set role = 'agent'")
        .await;
    library.clock.advance(Duration::from_secs(2));

    let found = library
        .find_actor_by_session(&session, &at("192.0.2.7"))
        .await;
    let anna = found.unwrap().unwrap();
    assert_eq!(anna.role, Role::Agent);
    assert_eq!(
        code(library.list_users(&anna, None, Limit::default()).await),
        ProblemCode::Forbidden
    );
}

#[tokio::test]
async fn whoever_reads_the_database_can_act_as_nobody() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let (session, _) = library.signed_in(EMAIL).await;

    let digests = "select token_digest from sessions";
    let passwords = "select password from users";

    let digests = library.database.texts(digests).await;
    assert!(digests.iter().all(|digest| digest.len() == 64));
    assert!(!digests.contains(&session.expose().to_owned()));
    let passwords = library.database.texts(passwords).await;
    assert!(passwords[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

#[tokio::test]
async fn v8_3_2_what_this_process_changes_holds_from_the_next_request_on() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    library.agent("anna").await;
    let here = at("192.0.2.7");
    let who = async |session: &Secret| {
        // Asked twice, so that it is remembered.
        library.find_actor_by_session(session, &here).await.unwrap();
        library.find_actor_by_session(session, &here).await.unwrap()
    };

    let (session, anna) = library.signed_in(EMAIL).await;
    assert!(who(&session).await.is_some());
    library.sign_out(&anna).await.unwrap();
    assert_eq!(who(&session).await, None);

    let (session, anna) = library.signed_in(EMAIL).await;
    let (other, _) = library.signed_in(EMAIL).await;
    assert!(who(&session).await.is_some() && who(&other).await.is_some());
    library.sign_out_everywhere(&anna).await.unwrap();
    assert_eq!((who(&session).await, who(&other).await), (None, None));

    let (session, anna) = library.signed_in(EMAIL).await;
    let id = anna.user_id().unwrap();
    assert!(who(&session).await.is_some());
    library.disable_user(&ben, id).await.unwrap();
    assert_eq!(who(&session).await, None);
    library.enable_user(&ben, id).await.unwrap();

    let (session, anna) = library.signed_in(EMAIL).await;
    assert!(who(&session).await.unwrap().library_enabled);
    let off = library::accounts::AccountPatch {
        library_enabled: Some(false),
        ..library::accounts::AccountPatch::default()
    };
    library
        .set_account(&system(), anna.account_id, off)
        .await
        .unwrap();
    assert!(!who(&session).await.unwrap().library_enabled);
}

#[tokio::test]
async fn what_another_process_takes_away_is_gone_within_moments() {
    let library = fresh_library().await;
    let elsewhere = library.reopen().await;
    let (session, anna) = {
        library.agent("anna").await;
        library.signed_in(EMAIL).await
    };
    let here = at("192.0.2.7");
    let found = library.find_actor_by_session(&session, &here).await;
    assert_eq!(found.unwrap().unwrap().who, anna.who);

    elsewhere.sign_out_everywhere(&anna).await.unwrap();
    library.clock.advance(Duration::from_secs(2));

    let found = library.find_actor_by_session(&session, &here).await;
    assert_eq!(found.unwrap(), None);
}

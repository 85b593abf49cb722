//! People: added, listed, switched off and on.

use library::users::{NewUser, UserPatch};
use model::{
    ByteSize, EventKind, Language, Limit, MePatch, ProblemCode, Role, Secret, Theme, User,
};

use crate::support::{PASSWORD, at, code, fresh_library, system, text};

fn new_user(email: &str) -> NewUser {
    NewUser {
        email: email.parse().unwrap(),
        name: "Somebody".parse().unwrap(),
        role: Role::Agent,
        operator: false,
        password: Some(Secret::new(PASSWORD)),
    }
}

#[tokio::test]
async fn everybody_sees_who_has_added_something_to_the_own_account() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.agent("ben").await;
    let eve = library.stranger("eve").await;
    library.agent("carl").await;
    for (actor, seed) in [(&anna, 1), (&ben, 2), (&eve, 3)] {
        let name = format!("{seed}.txt");
        library.upload(actor, &name, &text(seed, 60)).await;
    }

    let seen = async |actor| {
        let people = library.list_adders(actor).await.unwrap();
        let ids: Vec<_> = people.into_iter().map(|(id, _)| Some(id)).collect();
        ids
    };
    assert_eq!(seen(&anna).await, [anna.user_id(), ben.user_id()]);
    assert_eq!(seen(&eve).await, [eve.user_id()]);
}

#[tokio::test]
async fn an_administrator_adds_people_to_the_own_account() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;

    let anna = new_user("anna@example.com");
    let (anna, made_up) = library
        .create_user(&ben, ben.account_id, anna)
        .await
        .unwrap();

    assert_eq!(made_up, None);
    let (_, actor) = library.signed_in("anna@example.com").await;
    assert_eq!(actor.user_id(), Some(anna.id));
    let all = library
        .list_users(&ben, None, Limit::default())
        .await
        .unwrap()
        .items;
    assert_eq!(all.len(), 2);
    assert_eq!(library.find_own_user(&actor).await.unwrap(), Some(anna));
}

#[tokio::test]
async fn a_password_is_made_up_where_none_is_given() {
    let library = fresh_library().await;
    let account = library.account("Acme").await;
    let anna = NewUser {
        password: None,
        ..new_user("anna@example.com")
    };

    let (_, made_up) = library
        .create_user(&system(), account.id, anna)
        .await
        .unwrap();

    let password = made_up.unwrap();
    assert_eq!(password.expose().len(), 20);
    let here = at("192.0.2.1");
    let signed_in = library
        .sign_in("anna@example.com", &password, &here, None)
        .await;
    assert!(signed_in.is_ok());
}

#[tokio::test]
async fn an_email_address_names_one_person_everywhere() {
    let library = fresh_library().await;
    library.agent("anna").await;
    let mallory = library.stranger("mallory").await;

    let again = new_user("ANNA@example.com");
    let again = library
        .create_user(&mallory, mallory.account_id, again)
        .await;

    assert_eq!(code(again), ProblemCode::Conflict);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let token = library.token("Acme", Role::Administrator, &[]).await;
    let id = ada.user_id().unwrap();

    let disabled = library.disable_user(&token, id).await;
    assert_eq!(code(disabled), ProblemCode::Conflict);

    for round in 0..10 {
        let name = format!("ben{round}");
        let ben = library.administrator(&name).await;
        let agent = UserPatch {
            role: Some(Role::Agent),
            quota: None,
        };
        let (one, other) = tokio::join!(
            library.update_user(&ben, id, agent),
            library.disable_user(&ada, ben.user_id().unwrap()),
        );
        assert!(one.is_err() || other.is_err());
        if one.is_ok() {
            let administrator = UserPatch {
                role: Some(Role::Administrator),
                quota: None,
            };
            library
                .update_user(&token, id, administrator)
                .await
                .unwrap();
            library
                .disable_user(&token, ben.user_id().unwrap())
                .await
                .unwrap();
        }
    }
}

#[tokio::test]
async fn who_takes_a_role_and_who_gives_a_quota_do_not_undo_each_other() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let ole = library.operator("ole").await;
    for round in 0..10 {
        let name = format!("ben{round}");
        let ben = library.administrator(&name).await.user_id().unwrap();
        let agent = UserPatch {
            role: Some(Role::Agent),
            quota: None,
        };
        let quota = UserPatch {
            role: None,
            quota: Some(Some(ByteSize::megabytes(5))),
        };
        let (one, other) = tokio::join!(
            library.update_user(&ada, ben, agent),
            library.update_user(&ole, ben, quota),
        );
        one.unwrap();
        other.unwrap();
        let ben = library.get_user(&ada, ben).await.unwrap();
        assert_eq!(ben.role, Role::Agent);
        assert_eq!(ben.quota, Some(ByteSize::megabytes(5)));
    }
}

#[tokio::test]
async fn nobody_gives_what_they_do_not_have() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let ben = library.administrator("ben").await;
    let mallory = library.stranger("mallory").await;
    let add = async |actor, account, operator| {
        let user = NewUser {
            operator,
            ..new_user("new@example.com")
        };
        code(library.create_user(actor, account, user).await)
    };

    assert_eq!(
        add(&anna, anna.account_id, false).await,
        ProblemCode::Forbidden
    );
    assert_eq!(
        add(&ben, ben.account_id, true).await,
        ProblemCode::Forbidden
    );
    assert_eq!(
        add(&mallory, ben.account_id, false).await,
        ProblemCode::NotFound
    );
}

#[tokio::test]
async fn v7_4_2_who_is_switched_off_is_out_at_once() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    library.agent("anna").await;
    let (session, anna) = library.signed_in("anna@example.com").await;
    let id = anna.user_id().unwrap();
    let here = at("192.0.2.7");

    let user = library.disable_user(&ben, id).await.unwrap();

    assert!(user.disabled_at.is_some());
    let found = library.find_actor_by_session(&session, &here).await;
    assert_eq!(found.unwrap(), None);
    let password = Secret::new(PASSWORD);
    let tried = library
        .sign_in("anna@example.com", &password, &here, None)
        .await;
    assert_eq!(code(tried), ProblemCode::Unauthenticated);

    library.enable_user(&ben, id).await.unwrap();
    library.signed_in("anna@example.com").await;
    let found = library.find_actor_by_session(&session, &here).await;
    assert_eq!(found.unwrap(), None, "an old session does not come back");
}

#[tokio::test]
async fn nobody_switches_themselves_or_an_operator_off() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let olga = library.operator("olga").await;

    let own = library.disable_user(&ben, ben.user_id().unwrap()).await;
    assert_eq!(code(own), ProblemCode::Conflict);
    let operator = library.disable_user(&ben, olga.user_id().unwrap()).await;
    assert_eq!(code(operator), ProblemCode::Forbidden);
}

#[tokio::test]
async fn a_person_says_how_they_want_the_interface() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let before = library.find_own_user(&anna).await.unwrap().unwrap();
    assert_eq!((before.language, before.theme), (None, Theme::System));

    let patch = MePatch {
        name: Some("Ana Souza".parse().unwrap()),
        language: Some(Some(Language::Portuguese)),
        theme: Some(Theme::Dark),
    };
    let after = library.update_me(&anna, patch).await.unwrap();

    assert_eq!(after.name, "Ana Souza");
    assert_eq!(after.language, Some(Language::Portuguese));
    assert_eq!(after.theme, Theme::Dark);
    assert_eq!(
        library.find_own_user(&anna).await.unwrap(),
        Some(after.clone())
    );

    let follows_the_browser = MePatch {
        language: Some(None),
        ..MePatch::default()
    };
    let back = library.update_me(&anna, follows_the_browser).await.unwrap();
    assert_eq!(
        back,
        User {
            language: None,
            ..after
        }
    );
}

#[tokio::test]
async fn a_profile_that_stays_as_it_is_leaves_no_trace() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let changed = async |patch: MePatch| {
        library.update_me(&ben, patch).await.unwrap();
        let lines = library
            .list_audit(&ben, &model::AuditFilter::default(), None, Limit::default())
            .await;
        let lines = lines.unwrap().items;
        lines
            .iter()
            .filter(|line| line.kind == EventKind::ProfileChanged)
            .count()
    };
    let dark = MePatch {
        theme: Some(Theme::Dark),
        ..MePatch::default()
    };

    assert_eq!(changed(MePatch::default()).await, 0);
    assert_eq!(changed(dark.clone()).await, 1);
    assert_eq!(changed(dark).await, 1);
}

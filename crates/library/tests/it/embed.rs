//! Embed sessions: a page of another program works here for a short while, and sees what it should.

mod ends;
mod inside;

use std::time::Duration;

use library::{
    Actor,
    embed::{LONGEST, MOST_LIVING, NewEmbedSession},
};
use model::{
    AuditFilter, EmbedScope, EmbedSession, EventKind, KnownBy, Limit, NewUsage, ProblemCode, Role,
    Scope, Secret, UsageKind,
};

use crate::support::{TestLibrary, at, code, fresh_library, meta, problem, text};

/// A session for everything, of an hour.
fn wide() -> NewEmbedSession {
    NewEmbedSession {
        origin: "https://desk.example.com".parse().unwrap(),
        scopes: EmbedScope::ALL.to_vec(),
        folder_id: None,
        kinds: Vec::new(),
        max_operations: None,
        lifetime: LONGEST,
        used_in: Some(letter()),
        user: None,
    }
}

/// What is written in the page.
fn letter() -> NewUsage {
    NewUsage {
        kind: UsageKind::Message,
        reference: "ticket-7".parse().unwrap(),
        title: Some("About your order".parse().unwrap()),
        url: None,
    }
}

/// A session that somebody makes, and its secret.
async fn made(
    library: &TestLibrary,
    maker: &Actor,
    wanted: NewEmbedSession,
) -> (EmbedSession, Secret) {
    let made = library.create_embed_session(maker, wanted).await;
    made.expect("a session is made")
}

/// Who a secret belongs to; nobody, where it opens nothing.
async fn find(library: &TestLibrary, secret: &Secret) -> Option<Actor> {
    let found = library.find_actor_by_token(secret, &at("192.0.2.9")).await;
    found.expect("a secret is looked up")
}

/// The picker in a page, with a session that somebody made.
async fn picker(library: &TestLibrary, maker: &Actor, wanted: NewEmbedSession) -> Actor {
    let (_, secret) = made(library, maker, wanted).await;
    find(library, &secret).await.expect("the session lives")
}

#[tokio::test]
async fn a_page_is_let_in_until_its_time_is_over() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let wanted = NewEmbedSession {
        lifetime: Duration::from_mins(15),
        ..wide()
    };

    let (session, secret) = made(&library, &shop, wanted).await;
    let frame = library.embed_frame(&session.id).await.unwrap();

    assert!(secret.expose().starts_with("sem_"));
    assert_eq!(frame.unwrap().origin.as_str(), "https://desk.example.com");
    let page = find(&library, &secret).await.unwrap();
    assert_eq!(page.account_id, shop.account_id);
    assert_eq!(page.who.to_string(), session.id.to_string());
    let own = library.get_own_embed_session(&page).await.unwrap();
    assert_eq!(own, (session.clone(), "Acme".to_owned()));

    library.clock.advance(Duration::from_secs(901));
    assert_eq!(find(&library, &secret).await, None);
    assert_eq!(library.embed_frame(&session.id).await.unwrap(), None);
}

#[tokio::test]
async fn of_two_who_claim_a_session_the_second_is_told() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let (session, spent) = made(&library, &shop, wide()).await;
    let page = find(&library, &spent).await.unwrap();

    let (claimed, fresh) = library.claim_embed_session(&page, &spent).await.unwrap();
    let again = library.claim_embed_session(&page, &spent).await;

    assert_eq!(claimed, session);
    assert_ne!(fresh, spent);
    assert_eq!(code(again), ProblemCode::Unauthenticated);
    assert_eq!(find(&library, &spent).await, None);
    let page = find(&library, &fresh).await.unwrap();
    let guessed = Secret::new("sem_guessed");
    let other = library.claim_embed_session(&page, &guessed).await;
    assert_eq!(code(other), ProblemCode::Unauthenticated);
    assert!(find(&library, &fresh).await.is_some());
}

#[tokio::test]
async fn nobody_makes_a_session_that_may_more_than_they() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let reader = library.token("Acme", Role::Agent, &[Scope::Read]).await;
    let writer = library.token("Acme", Role::Agent, &[Scope::Write]).await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let page = picker(&library, &shop, wide()).await;
    let make = async |maker: &Actor, scopes: &[EmbedScope]| {
        let wanted = NewEmbedSession {
            scopes: scopes.to_vec(),
            ..wide()
        };
        library.create_embed_session(maker, wanted).await
    };

    for refused in [&anna, &reader, &page] {
        let session = make(refused, &[EmbedScope::Browse]).await;
        assert_eq!(code(session), ProblemCode::Forbidden, "{}", refused.who);
    }
    let browse = make(&writer, &[EmbedScope::Browse]).await;
    assert_eq!(code(browse), ProblemCode::Forbidden);
    assert!(make(&writer, &[EmbedScope::Upload]).await.is_ok());
    let ben = library.administrator("ben").await;
    let (session, _) = make(&ben, &[EmbedScope::Share]).await.unwrap();
    assert_eq!(
        (session.token_id, session.created_by),
        (None, ben.user_id())
    );
}

#[tokio::test]
async fn a_session_that_nobody_could_use_is_refused() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let away = library.stranger("away").await;
    let theirs = library.create_folder(&away, None, "Theirs".parse().unwrap());
    let theirs = theirs.await.unwrap().id;
    let day = Duration::from_hours(24);

    for (wanted, field) in [
        (
            NewEmbedSession {
                scopes: Vec::new(),
                ..wide()
            },
            "scopes",
        ),
        (
            NewEmbedSession {
                max_operations: Some(0),
                ..wide()
            },
            "max_operations",
        ),
        (
            NewEmbedSession {
                lifetime: Duration::ZERO,
                ..wide()
            },
            "expires_in",
        ),
        (
            NewEmbedSession {
                lifetime: day,
                ..wide()
            },
            "expires_in",
        ),
    ] {
        let refused = problem(library.create_embed_session(&shop, wanted).await);
        assert_eq!(refused.field.as_deref(), Some(field));
    }
    let elsewhere = NewEmbedSession {
        folder_id: Some(theirs),
        ..wide()
    };
    let made = library.create_embed_session(&shop, elsewhere).await;
    assert_eq!(code(made), ProblemCode::NotFound);
}

#[tokio::test]
async fn an_account_has_so_many_sessions_at_once() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    for _ in 0..MOST_LIVING / 50 {
        let fifty = (0..50).map(|_| made(&library, &shop, wide()));
        futures::future::join_all(fifty).await;
    }

    let one_more = problem(library.create_embed_session(&shop, wide()).await);

    assert_eq!(one_more.code, ProblemCode::TooManyRequests);
    assert_eq!(one_more.most, Some(MOST_LIVING.unsigned_abs()));
    library.clock.advance(LONGEST);
    made(&library, &shop, wide()).await;
}

#[tokio::test]
async fn of_many_writes_at_once_none_is_one_too_many() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let wanted = NewEmbedSession {
        max_operations: Some(3),
        ..wide()
    };
    let page = picker(&library, &shop, wanted).await;

    let tries = (0..8).map(|seed| {
        let (library, page) = (&library, &page);
        async move {
            let name = format!("{seed}.txt");
            let metadata = meta(&name);
            library.try_upload(page, metadata, &text(seed, 40)).await
        }
    });
    let answers = futures::future::join_all(tries).await;

    let (kept, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((kept.len(), refused.len()), (3, 5));
    for refused in refused {
        let refused = problem(refused);
        assert_eq!(refused.code, ProblemCode::OperationsSpent);
        assert_eq!((refused.status, refused.most), (403, Some(3)));
    }
    // Looking is not counted.
    assert!(library.limits(&page).await.is_ok());
}

#[tokio::test]
async fn a_session_does_what_it_is_for_and_nothing_else() {
    let library = fresh_library().await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let note = library.upload(&shop, "note.txt", &text(1, 40)).await.id;
    let with = async |scope| {
        let wanted = NewEmbedSession {
            scopes: vec![scope],
            ..wide()
        };
        picker(&library, &shop, wanted).await
    };
    let browser = with(EmbedScope::Browse).await;
    let bringer = with(EmbedScope::Upload).await;
    let sharer = with(EmbedScope::Share).await;

    assert!(library.get_asset(&browser, note).await.is_ok());
    for (page, may_look, may_share) in [
        (&browser, true, false),
        (&bringer, false, false),
        (&sharer, false, true),
    ] {
        assert_eq!(library.get_asset(page, note).await.is_ok(), may_look);
        assert_eq!(library.share_asset(page, note).await.is_ok(), may_share);
        let brought = library.try_upload(page, meta("a.txt"), &text(2, 40)).await;
        assert_eq!(brought.is_ok(), page.who == bringer.who);
        assert!(library.trash_asset(page, note).await.is_err());
        assert!(
            library
                .list_audit(page, &AuditFilter::default(), None, Limit::default())
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn a_page_says_what_it_uses_of_its_own_place_alone() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let page = picker(&library, &shop, wide()).await;
    let nowhere = NewEmbedSession {
        used_in: None,
        ..wide()
    };
    let nowhere = picker(&library, &shop, nowhere).await;
    let note = library.upload(&anna, "note.txt", &text(1, 40)).await;
    let record = async |page: &Actor, place: NewUsage| {
        library
            .record_usage(page, note.id, place, KnownBy::Picker)
            .await
    };

    let elsewhere = NewUsage {
        reference: "ticket-8".parse().unwrap(),
        ..letter()
    };
    let other_kind = NewUsage {
        kind: UsageKind::Page,
        ..letter()
    };
    for (page, place) in [
        (&page, elsewhere),
        (&page, other_kind),
        (&nowhere, letter()),
    ] {
        assert_eq!(code(record(page, place).await), ProblemCode::Forbidden);
    }
    let forged = NewUsage {
        title: Some("Sign in here".parse().unwrap()),
        url: Some("https://evil.example.com/".parse().unwrap()),
        ..letter()
    };
    let recorded = record(&page, forged).await.unwrap();

    assert!(recorded.is_new);
    let usages = library.list_usages(&anna, note.id, None, Limit::default());
    let usages = usages.await.unwrap().items;
    assert_eq!(usages, [recorded.usage]);
    assert_eq!(usages[0].title.as_str(), "About your order");
    assert_eq!(usages[0].url, None);
    assert_eq!(usages[0].known_by, KnownBy::Picker);
}

#[tokio::test]
async fn the_trail_says_who_sat_there() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let shop = library.token("Acme", Role::Agent, &[]).await;
    let wanted = NewEmbedSession {
        user: Some("agent-17".parse().unwrap()),
        ..wide()
    };
    let (session, secret) = made(&library, &shop, wanted).await;
    let page = find(&library, &secret).await.unwrap();
    let note = library.upload(&page, "note.txt", &text(1, 40)).await;

    let all = AuditFilter::default();
    let lines = library.list_audit(&ben, &all, None, Limit::default());
    let lines = lines.await.unwrap().items;

    let line = |kind| lines.iter().find(|line| line.kind == kind).unwrap();
    let brought = line(EventKind::AssetCreated);
    assert_eq!(brought.subject, Some(note.id.to_string()));
    assert_eq!(brought.actor, session.id.to_string());
    assert_eq!(brought.actor_name.as_deref(), Some("agent-17"));
    let begun = line(EventKind::EmbedSessionCreated);
    assert_eq!(begun.actor, shop.who.to_string());
    assert_eq!(
        begun.subject_name.as_deref(),
        Some("https://desk.example.com")
    );
    assert_eq!(begun.detail.as_deref(), Some("agent-17"));
}

//! Webhooks looked after: refused, switched off, deleted, counted, and their log forgotten.

use std::{collections::BTreeSet, time::Duration};

use library::{Library, config::Egress, webhooks::WebhookPatch};
use model::{AuditFilter, EventKind, Limit, ProblemCode, WebhookDeliveryState, WebhookState};

use super::{set, webhook};
use crate::support::{Heard, Receiver, code, fresh_library, problem};

/// What the messages that came are called.
fn ids(heard: &[Heard]) -> BTreeSet<&str> {
    let ids = heard.iter().map(|heard| heard.header("webhook-id"));
    ids.collect()
}

#[tokio::test]
async fn private_places_are_refused_when_they_are_named_and_when_they_are_told() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    let strict = Library::open(
        library::Config {
            egress: Egress::default(),
            ..library.config.clone()
        },
        library.clock.clone(),
    );
    let strict = strict.await.unwrap();

    for url in [
        place.url.as_str(),
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/",
        "https://2130706433/",
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://ben:secret@hooks.example.com/",
        "hooks",
        "",
    ] {
        let made = strict.create_webhook(&ben, super::webhook(url, &[])).await;
        let refused = problem(made);
        assert_eq!(refused.code, ProblemCode::Invalid, "{url}");
        assert_eq!(refused.field.as_deref(), Some("url"), "{url}");
    }
    strict.test_webhook(&ben, webhook.id).await.unwrap();
    strict.run_due_jobs().await.unwrap();

    assert!(place.heard().is_empty());
    let log = library.log(&ben, webhook.id).await;
    assert!(log[0].error.is_some());
    assert_eq!((log[0].attempts, log[0].response_status), (1, None));
}

#[tokio::test]
async fn one_that_is_switched_off_or_deleted_is_told_nothing() {
    let (library, ben, place) = set().await;
    let (off, _) = library.tells(&ben, &place).await;
    let (deleted, _) = library.tells(&ben, &place).await;
    for id in [off.id, deleted.id] {
        library.test_webhook(&ben, id).await.unwrap();
    }

    let patch = WebhookPatch {
        enabled: Some(false),
        ..WebhookPatch::default()
    };
    let patched = library.update_webhook(&ben, off.id, patch).await.unwrap();
    assert_eq!(patched.state, WebhookState::Off);
    library.delete_webhook(&ben, deleted.id).await.unwrap();
    library.makes_folder(&ben, "Summer").await;
    library.run_due_jobs().await.unwrap();

    assert!(place.heard().is_empty());
    let log = library.log(&ben, off.id).await;
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].state, WebhookDeliveryState::Failed);
    let gone = library.get_webhook(&ben, deleted.id).await;
    assert_eq!(code(gone), ProblemCode::NotFound);
}

#[tokio::test]
async fn the_log_is_forgotten_after_thirty_days() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    library.test_webhook(&ben, webhook.id).await.unwrap();
    library.run_due_jobs().await.unwrap();
    // The first look only writes down when rounds begin.
    library.run_due_rounds().await.unwrap();
    let day = Duration::from_hours(24);

    for _ in 0..30 {
        assert_eq!(library.log(&ben, webhook.id).await.len(), 1);
        library.clock.advance(day);
        library.run_due_rounds().await.unwrap();
    }
    library.clock.advance(day);
    library.run_due_rounds().await.unwrap();

    assert!(library.log(&ben, webhook.id).await.is_empty());
}

#[tokio::test]
async fn what_is_done_to_webhooks_stands_in_the_trail_with_their_names() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let made = library.create_webhook(&ben, webhook("https://hooks.example.com/", &[]));
    let (made, _) = made.await.unwrap();
    library.rotate_webhook_secret(&ben, made.id).await.unwrap();
    library.delete_webhook(&ben, made.id).await.unwrap();

    let filter = AuditFilter {
        subject: Some(made.id.to_string()),
        ..AuditFilter::default()
    };
    let lines = library.list_audit(&ben, &filter, None, Limit::default());
    let lines = lines.await.unwrap().items;

    let kinds: Vec<_> = lines.iter().map(|line| line.kind).collect();
    assert_eq!(
        kinds,
        [
            EventKind::WebhookDeleted,
            EventKind::WebhookSecretRotated,
            EventKind::WebhookCreated
        ]
    );
    let named = |line: &model::AuditLine| line.subject_name.as_deref() == Some("Shop");
    assert!(lines.iter().all(named));
}

#[tokio::test]
async fn an_account_has_only_so_many() {
    let library = fresh_library().await;
    let ben = library.administrator("ben").await;
    let make = async || {
        let new = webhook("https://hooks.example.com/", &[]);
        library.create_webhook(&ben, new).await
    };
    for _ in 0..100 {
        make().await.unwrap();
    }

    let refused = problem(make().await);
    assert_eq!(
        (refused.code, refused.most),
        (ProblemCode::Conflict, Some(100))
    );
    let limit = Limit::new(60).unwrap();
    let first = library.list_webhooks(&ben, None, limit).await.unwrap();
    let cursor = first.next_cursor.as_ref();
    let rest = library.list_webhooks(&ben, cursor, limit).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len()), (60, 40));
}

#[tokio::test]
async fn a_place_that_is_busy_is_left_alone_as_long_as_it_asks() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    place.answers_with(503, "retry-after: 600\r\n", "");
    library.makes_folder(&ben, "One").await;
    library.run_due_jobs().await.unwrap();
    library.makes_folder(&ben, "Two").await;

    library.after(Duration::from_secs(599)).await;
    assert_eq!(place.heard().len(), 1, "neither the same again nor another");
    place.answers_with(429, "retry-after: 86400\r\n", "");
    library.after(Duration::from_secs(1)).await;
    assert_eq!(place.heard().len(), 2);
    let log = library.log(&ben, webhook.id).await;
    let tried = log.iter().find(|told| told.attempts > 0).unwrap();
    let hour = tried.tried_at.unwrap().after(Duration::from_hours(1));
    assert_eq!(tried.next_at, Some(hour), "never longer than an hour");
    library.after(Duration::from_hours(1)).await;

    assert_eq!(place.heard().len(), 4);
    let well = library.get_webhook(&ben, webhook.id).await.unwrap();
    assert_eq!(well.failing_since, None);
}

#[tokio::test]
async fn what_waits_for_one_that_rests_is_put_off_together() {
    let (library, ben, place) = set().await;
    library.tells(&ben, &place).await;
    place.answers(503, "");
    for number in 0..20 {
        library
            .makes_folder(&ben, &format!("Folder {number}"))
            .await;
    }

    let done = library.run_due_jobs().await.unwrap();

    let tried = place.heard().len();
    assert_eq!(
        (done, tried),
        (2, 1),
        "one is tried, one finds that it rests"
    );
    library.after(Duration::from_secs(6)).await;
    let heard = place.heard();
    let ids = ids(&heard);
    assert_eq!((heard.len(), ids.len()), (21, 20), "all, once it is back");
}

#[tokio::test]
async fn a_slow_place_holds_two_lines_and_others_are_told_meanwhile() {
    let (library, ben, slow) = set().await;
    library.tells(&ben, &slow).await;
    let works = || {
        let library = (*library).clone();
        tokio::spawn(async move { library.run_due_jobs().await.unwrap() })
    };
    let held = slow.hold().await;
    library.makes_folder(&ben, "Found to be slow").await;
    let worker = works();
    slow.has_heard(1).await;
    library.clock.advance(Duration::from_secs(2));
    drop(held);
    worker.await.unwrap();

    let held = slow.hold().await;
    for number in 0..5 {
        library
            .makes_folder(&ben, &format!("Folder {number}"))
            .await;
    }
    let workers = [works(), works()];
    slow.has_heard(3).await;
    let quick = Receiver::listen().await;
    library.tells(&ben, &quick).await;
    library.makes_folder(&ben, "For all").await;
    library.run_due_jobs().await.unwrap();

    assert_eq!(slow.heard().len(), 3);
    let told = quick.heard();
    assert!(told.iter().any(|heard| heard.body.contains("For all")));
    drop(held);
    for worker in workers {
        worker.await.unwrap();
    }
    library.after(Duration::from_secs(3)).await;
    let heard = slow.heard();
    let ids = ids(&heard);
    assert_eq!(heard.len(), ids.len(), "each once");
    for name in (0..5).map(|number| format!("Folder {number}")) {
        assert!(heard.iter().any(|heard| heard.body.contains(&name)));
    }
}

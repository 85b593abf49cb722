//! Places outside are told of what happens: signed, again until it arrives, and in a log.

mod care;

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use library::{
    Actor, Library,
    config::Egress,
    webhooks::{NewWebhook, WebhookPatch},
};
use model::{
    AuditFilter, EventKind, FileName, Limit, ProblemCode, Secret, Webhook, WebhookDelivery,
    WebhookDeliveryState, WebhookEvent, WebhookId, WebhookState,
};

use crate::support::{Heard, Receiver, TestLibrary, code, library_with};

/// A library that may tell this machine, with an administrator.
async fn set() -> (TestLibrary, Actor, Receiver) {
    let library = library_with(|config| {
        config.egress = Egress {
            allow: vec!["127.0.0.0/8".parse().unwrap()],
            http: true,
        };
    })
    .await;
    let ben = library.administrator("ben").await;
    (library, ben, Receiver::listen().await)
}

fn webhook(url: &str, events: &[WebhookEvent]) -> NewWebhook {
    NewWebhook {
        name: "Shop".parse().unwrap(),
        url: url.to_owned(),
        events: events.to_vec(),
    }
}

impl TestLibrary {
    /// A webhook that is told of everything at a place.
    async fn tells(&self, ben: &Actor, place: &Receiver) -> (Webhook, Secret) {
        let made = self.create_webhook(ben, webhook(&place.url, &[]));
        made.await.expect("a webhook is made")
    }

    async fn makes_folder(&self, actor: &Actor, name: &str) -> String {
        let made = self.create_folder(actor, None, FileName::clean(name));
        made.await.expect("a folder is made").id.to_string()
    }

    /// The log of a webhook, newest first.
    async fn log(&self, ben: &Actor, id: WebhookId) -> Vec<WebhookDelivery> {
        let listed = self.list_webhook_deliveries(ben, id, None, Limit::default());
        listed.await.expect("a log").items
    }

    /// Lets time pass, and does what is due then.
    async fn after(&self, duration: Duration) {
        self.clock.advance(duration);
        self.run_due_jobs().await.unwrap();
    }
}

/// What a message is signed with by a secret.
fn signature(secret: &Secret, heard: &Heard) -> String {
    let key = secret.expose().strip_prefix("whsec_").unwrap();
    let key = STANDARD.decode(key).unwrap();
    let (id, at) = (
        heard.header("webhook-id"),
        heard.header("webhook-timestamp"),
    );
    let signed = format!("{id}.{at}.{}", heard.body);
    let mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    let digest = mac.chain_update(signed).finalize().into_bytes();
    format!("v1,{}", STANDARD.encode(digest))
}

#[tokio::test]
async fn what_happens_is_told_once_and_signed() {
    let (library, ben, place) = set().await;
    let anna = library.agent("anna").await;
    library.makes_folder(&anna, "Before").await;
    let (webhook, secret) = library.tells(&ben, &place).await;
    let folder = library.makes_folder(&anna, "Summer").await;

    library.run_due_jobs().await.unwrap();
    library.run_due_jobs().await.unwrap();

    let heard = place.heard();
    assert_eq!(heard.len(), 1, "nothing of before, and nothing of webhooks");
    let told = heard[0].json();
    assert_eq!(told["type"], "folder.created");
    assert_eq!(told["data"]["id"], folder);
    assert_eq!(told["data"]["name"], "Summer");
    assert_eq!(told["data"]["kind"], "folder_created");
    assert_eq!(told["data"]["actor"], anna.user_id().unwrap().to_string());
    assert!(told["timestamp"].as_str().unwrap().ends_with('Z'));
    assert_eq!(heard[0].header("content-type"), "application/json");
    assert_eq!(
        heard[0].header("webhook-signature"),
        signature(&secret, &heard[0])
    );
    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].message_id.to_string(), heard[0].header("webhook-id"));
    assert_eq!(log[0].state, WebhookDeliveryState::Delivered);
    assert_eq!((log[0].attempts, log[0].response_status), (1, Some(200)));
    assert_eq!((log[0].next_at, &log[0].error), (None, &None));
    assert_eq!(log[0].payload, heard[0].body);
}

#[tokio::test]
async fn two_processes_tell_it_once() {
    let (library, ben, place) = set().await;
    let other = library.reopen().await;
    library.tells(&ben, &place).await;
    for name in ["One", "Two", "Three"] {
        library.makes_folder(&ben, name).await;
    }

    let (one, two) = tokio::join!(library.run_due_jobs(), other.run_due_jobs());

    assert_eq!(one.unwrap() + two.unwrap(), 3);
    assert_eq!(place.heard().len(), 3);
}

#[tokio::test]
async fn a_webhook_is_told_only_of_what_it_wants_and_of_its_own_account() {
    let (library, ben, place) = set().await;
    let wanted = [WebhookEvent::FolderTrashed, WebhookEvent::FolderTrashed];
    let made = library.create_webhook(&ben, webhook(&place.url, &wanted));
    assert_eq!(made.await.unwrap().0.events, wanted[..1]);
    let cora = library.stranger("cora").await;

    let folder = library.makes_folder(&ben, "Summer").await;
    let theirs = library.makes_folder(&cora, "Theirs").await;
    let id = folder.parse().unwrap();
    library.trash_folder(&ben, id).await.unwrap();
    let id = theirs.parse().unwrap();
    library.trash_folder(&cora, id).await.unwrap();
    library.run_due_jobs().await.unwrap();

    let heard = place.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].json()["type"], "folder.trashed");
    assert_eq!(heard[0].json()["data"]["id"], folder);
}

#[tokio::test]
async fn what_does_not_arrive_is_told_again_under_the_same_id() {
    let (library, ben, place) = set().await;
    let (webhook, secret) = library.tells(&ben, &place).await;
    place.answers(500, "not \0 now");
    library.makes_folder(&ben, "Summer").await;
    library.run_due_jobs().await.unwrap();

    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log[0].state, WebhookDeliveryState::Waiting);
    assert_eq!(log[0].response_status, Some(500));
    assert_eq!(log[0].response_body.as_deref(), Some("not \u{fffd} now"));
    assert_eq!(log[0].error.as_deref(), Some("It answered 500."));
    let failing = library.get_webhook(&ben, webhook.id).await.unwrap();
    assert_eq!(failing.failing_since, log[0].tried_at);
    library.after(Duration::from_secs(4)).await;
    assert_eq!(place.heard().len(), 1, "not at once");
    library.after(Duration::from_secs(1)).await;

    let heard = place.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    assert_eq!(heard[0].body, heard[1].body);
    assert_ne!(
        heard[0].header("webhook-timestamp"),
        heard[1].header("webhook-timestamp")
    );
    assert_eq!(
        heard[1].header("webhook-signature"),
        signature(&secret, &heard[1])
    );
    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log[0].state, WebhookDeliveryState::Delivered);
    assert_eq!((log[0].attempts, log[0].response_status), (2, Some(200)));
    let well = library.get_webhook(&ben, webhook.id).await.unwrap();
    assert_eq!(well.failing_since, None);
}

#[tokio::test]
async fn one_that_fails_is_asked_once_and_then_rests() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    place.answers(503, "");
    for name in ["One", "Two", "Three"] {
        library.makes_folder(&ben, name).await;
    }
    library.run_due_jobs().await.unwrap();

    assert_eq!(place.heard().len(), 1);
    let log = library.log(&ben, webhook.id).await;
    assert!(
        log.iter()
            .all(|delivery| delivery.state == WebhookDeliveryState::Waiting)
    );
    library.after(Duration::from_secs(6)).await;
    library.after(Duration::from_secs(6)).await;
    assert_eq!(place.heard().len(), 4, "all, once it is back");
}

#[tokio::test]
async fn who_answers_410_is_told_nothing_more() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    place.answers(410, "");
    library.makes_folder(&ben, "One").await;
    library.run_due_jobs().await.unwrap();
    library.makes_folder(&ben, "Two").await;
    library.after(Duration::from_hours(1)).await;

    assert_eq!(place.heard().len(), 1);
    let gone = library.get_webhook(&ben, webhook.id).await.unwrap();
    assert_eq!(gone.state, WebhookState::Gone);
    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log[0].state, WebhookDeliveryState::Failed);
    let told = library.test_webhook(&ben, webhook.id).await;
    assert_eq!(code(told), ProblemCode::Conflict);
    assert_eq!(
        switched_off(&library, &ben).await,
        [Some("gone".to_owned())]
    );

    let on = WebhookPatch {
        enabled: Some(true),
        ..WebhookPatch::default()
    };
    let on = library.update_webhook(&ben, webhook.id, on).await.unwrap();
    assert_eq!((on.state, on.failing_since), (WebhookState::On, None));
    library.makes_folder(&ben, "Three").await;
    library.run_due_jobs().await.unwrap();
    let heard = place.heard();
    assert_eq!(heard.len(), 2, "nothing of what happened in between");
    assert_eq!(heard[1].json()["data"]["name"], "Three");
}

/// Why webhooks were switched off by Satchel, as the trail says.
async fn switched_off(library: &Library, ben: &Actor) -> Vec<Option<String>> {
    let filter = AuditFilter {
        kind: Some(EventKind::WebhookSwitchedOff),
        ..AuditFilter::default()
    };
    let lines = library.list_audit(ben, &filter, None, Limit::default());
    let lines = lines.await.unwrap().items;
    lines.into_iter().map(|line| line.detail).collect()
}

#[tokio::test]
async fn where_nothing_arrives_for_days_it_is_given_up() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    for _ in 0..10 {
        place.answers(500, "");
    }
    library.makes_folder(&ben, "Summer").await;

    for tried in 0..9 {
        library.after(Duration::from_hours(24)).await;
        assert_eq!(place.heard().len(), tried + 1);
        let webhook = library.get_webhook(&ben, webhook.id).await.unwrap();
        assert_eq!(webhook.state, WebhookState::On);
    }
    library.after(Duration::from_hours(24)).await;
    library.after(Duration::from_hours(24)).await;

    assert_eq!(place.heard().len(), 10);
    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log[0].state, WebhookDeliveryState::Failed);
    assert_eq!((log[0].attempts, log[0].next_at), (10, None));
    let given_up = library.get_webhook(&ben, webhook.id).await.unwrap();
    assert_eq!(given_up.state, WebhookState::GivenUp);
    assert_eq!(
        switched_off(&library, &ben).await,
        [Some("given_up".to_owned())]
    );
}

#[tokio::test]
async fn for_a_day_messages_are_signed_with_the_secret_before_too() {
    let (library, ben, place) = set().await;
    let (webhook, old) = library.tells(&ben, &place).await;
    let (_, new) = library
        .rotate_webhook_secret(&ben, webhook.id)
        .await
        .unwrap();
    assert_ne!(old, new);

    library.makes_folder(&ben, "Today").await;
    library.after(Duration::from_hours(23)).await;
    library.makes_folder(&ben, "Tomorrow").await;
    library.after(Duration::from_hours(1)).await;

    let heard = place.heard();
    let both = [signature(&new, &heard[0]), signature(&old, &heard[0])];
    assert_eq!(heard[0].header("webhook-signature"), both.join(" "));
    assert_eq!(
        heard[1].header("webhook-signature"),
        signature(&new, &heard[1])
    );
}

#[tokio::test]
async fn what_was_told_is_told_again_on_request() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    let (other, _) = library.tells(&ben, &place).await;
    let test = library.test_webhook(&ben, webhook.id).await.unwrap();
    library.run_due_jobs().await.unwrap();

    let elsewhere = library.replay_webhook_delivery(&ben, other.id, test.id);
    assert_eq!(code(elsewhere.await), ProblemCode::NotFound);
    let again = library.replay_webhook_delivery(&ben, webhook.id, test.id);
    let again = again.await.unwrap();
    library.run_due_jobs().await.unwrap();

    let heard = place.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].json()["type"], "webhook.test");
    assert_eq!(heard[0].body, heard[1].body);
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    assert_ne!(again.id, test.id);
    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log.len(), 2);
    assert_eq!(log[0].id, again.id);
}

#[tokio::test]
async fn an_answer_is_kept_to_a_kilobyte_and_a_redirect_is_not_followed() {
    let (library, ben, place) = set().await;
    let (webhook, _) = library.tells(&ben, &place).await;
    let elsewhere = Receiver::listen().await;
    let to = format!("location: {}\r\n", elsewhere.url);
    place.answers_with(307, &to, &"long ".repeat(100_000));
    library.test_webhook(&ben, webhook.id).await.unwrap();

    library.run_due_jobs().await.unwrap();

    let log = library.log(&ben, webhook.id).await;
    assert_eq!(log[0].response_status, Some(307));
    assert_eq!(log[0].response_body.as_ref().unwrap().len(), 1_024);
    assert_eq!(log[0].state, WebhookDeliveryState::Waiting);
    assert!(elsewhere.heard().is_empty());
}

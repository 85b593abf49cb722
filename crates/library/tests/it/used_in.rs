//! Where files are used outside: recorded, read from what is written there, and counted before
//! they go.

use std::time::Duration;

use library::Actor;
use model::{
    Asset, AssetFilter, AssetId, AuditFilter, EventKind, FileName, KnownBy, Limit, NewUsage,
    ProblemCode, Reason, ScannedUsages, Selection, UsageCount, UsageKind, UsageScan, id::Id as _,
};

use crate::support::{TestLibrary, code, fresh_library, jpeg, problem, text};

fn template(reference: &str) -> NewUsage {
    NewUsage {
        kind: UsageKind::Template,
        reference: reference.parse().unwrap(),
        title: Some(format!("Template {reference}").parse().unwrap()),
        url: Some(format!("https://crm.example/{reference}").parse().unwrap()),
    }
}

async fn record(library: &TestLibrary, actor: &Actor, id: AssetId, reference: &str) -> bool {
    let recorded = library.record_usage(actor, id, template(reference), KnownBy::Api);
    recorded.await.unwrap().is_new
}

async fn scan(library: &TestLibrary, actor: &Actor, html: &str) -> ScannedUsages {
    let scan = UsageScan {
        kind: UsageKind::Template,
        reference: "welcome".parse().unwrap(),
        title: None,
        url: None,
        html: html.to_owned(),
    };
    library.scan_usages(actor, scan).await.unwrap()
}

async fn places(library: &TestLibrary, actor: &Actor, id: AssetId) -> Vec<String> {
    let page = library.list_usages(actor, id, None, Limit::MOST).await;
    let usages = page.unwrap().items.into_iter();
    usages.map(|usage| usage.title.to_string()).collect()
}

async fn count(library: &TestLibrary, actor: &Actor, ids: &[AssetId]) -> UsageCount {
    let among = Selection::Ids(ids.to_vec());
    library.count_usages(actor, &among).await.unwrap()
}

/// What the audit trail says of usages, the latest first.
async fn told(library: &TestLibrary) -> Vec<(EventKind, String)> {
    let admin = library.administrator("olga").await;
    let all = AuditFilter::default();
    let page = library.list_audit(&admin, &all, None, Limit::MOST);
    let lines = page.await.unwrap().items.into_iter();
    let lines = lines.filter(|line| {
        matches!(
            line.kind,
            EventKind::UsageRecorded | EventKind::UsageRemoved | EventKind::UsagesScanned
        )
    });
    lines
        .map(|line| (line.kind, line.subject.unwrap()))
        .collect()
}

async fn photos(library: &TestLibrary, actor: &Actor, count: u8) -> Vec<Asset> {
    let mut photos = Vec::new();
    for seed in 0..count {
        let name = format!("{seed}.jpg");
        photos.push(library.upload(actor, &name, &jpeg(seed)).await);
        library.clock.advance(Duration::from_secs(1));
    }
    photos
}

#[tokio::test]
async fn a_place_is_recorded_once_and_said_anew() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = photos(&library, &anna, 1).await.remove(0);
    let first = library.record_usage(&anna, photo.id, template("welcome"), KnownBy::Picker);
    let first = first.await.unwrap();
    library.clock.advance(Duration::from_mins(1));

    let moved = NewUsage {
        title: Some("Welcome, again".parse().unwrap()),
        url: None,
        ..template("welcome")
    };
    let again = library.record_usage(&anna, photo.id, moved, KnownBy::Api);
    let again = again.await.unwrap();

    assert!(first.is_new && !again.is_new);
    assert_eq!(again.usage.id, first.usage.id);
    assert_eq!(again.usage.known_by, KnownBy::Picker);
    assert_eq!(again.usage.title.as_str(), "Welcome, again");
    assert_eq!(again.usage.url, None);
    assert_eq!(again.usage.created_by, anna.user_id());
    assert!(again.usage.seen_at > first.usage.seen_at);
    let page = library.list_usages(&anna, photo.id, None, Limit::default());
    assert_eq!(page.await.unwrap().items, [again.usage]);
    assert_eq!(
        told(&library).await,
        [(EventKind::UsageRecorded, photo.id.to_string())]
    );
}

#[tokio::test]
async fn places_come_a_page_at_a_time_and_go_one_by_one() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photo = photos(&library, &anna, 1).await.remove(0);
    for reference in ["a", "b", "c"] {
        assert!(record(&library, &anna, photo.id, reference).await);
        library.clock.advance(Duration::from_secs(1));
    }

    let two = Limit::new(2).unwrap();
    let first = library.list_usages(&anna, photo.id, None, two);
    let first = first.await.unwrap();
    let rest = library.list_usages(&anna, photo.id, first.next_cursor.as_ref(), two);
    let rest = rest.await.unwrap();
    let names = |usages: &[model::AssetUsage]| -> Vec<String> {
        usages.iter().map(|it| it.reference.to_string()).collect()
    };
    assert_eq!(names(&first.items), ["c", "b"]);
    assert_eq!(
        (names(&rest.items), rest.next_cursor),
        (vec!["a".to_owned()], None)
    );

    let gone = first.items[0].id;
    library.remove_usage(&anna, photo.id, gone).await.unwrap();
    assert_eq!(
        places(&library, &anna, photo.id).await,
        ["Template b", "Template a"]
    );
    let twice = library.remove_usage(&anna, photo.id, gone).await;
    assert_eq!(code(twice), ProblemCode::NotFound);
    assert_eq!(
        told(&library).await[0],
        (EventKind::UsageRemoved, photo.id.to_string())
    );
}

#[tokio::test]
async fn what_is_written_in_a_place_says_which_files_it_uses() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photos = photos(&library, &anna, 3).await;
    let shared = library.share_asset(&anna, photos[0].id).await.unwrap();
    let url = shared.url.unwrap();
    let html = format!(
        "<img src='{url}'><img src='{url}' data-satchel-asset='{}'>",
        photos[1].id
    );

    let first = scan(&library, &anna, &html).await;
    assert_eq!(first.added, [photos[0].id, photos[1].id]);
    let same = scan(&library, &anna, &html).await;
    assert_eq!(same.kept, first.added);
    assert!(same.added.is_empty() && same.removed.is_empty());
    let address = format!(
        "https://media.example.com/api/v1/assets/{}/content {}",
        photos[2].id, url
    );
    let changed = scan(&library, &anna, &address).await;
    assert_eq!(
        (changed.added, changed.kept, changed.removed),
        (vec![photos[2].id], vec![photos[0].id], vec![photos[1].id])
    );
    assert_eq!(places(&library, &anna, photos[0].id).await, ["welcome"]);
    assert!(places(&library, &anna, photos[1].id).await.is_empty());

    let emptied = scan(&library, &anna, "").await;
    assert_eq!(emptied.removed, [photos[0].id, photos[2].id]);
    assert!(places(&library, &anna, photos[0].id).await.is_empty());
    // One line a scan, and none where nothing changed.
    let scanned = (EventKind::UsagesScanned, "template welcome".to_owned());
    assert_eq!(
        told(&library).await,
        [scanned.clone(), scanned.clone(), scanned]
    );
}

#[tokio::test]
async fn links_of_another_account_are_not_found() {
    let library = fresh_library().await;
    let (anna, stranger) = (library.agent("anna").await, library.stranger("zoe").await);
    let theirs = library.upload(&stranger, "a.jpg", &jpeg(1)).await;
    let shared = library.share_asset(&stranger, theirs.id).await.unwrap();
    record(&library, &stranger, theirs.id, "welcome").await;
    let nobodys = AssetId::from_parts(1, 2);
    let html = format!(
        "{} data-satchel-asset={} data-satchel-asset={nobodys}",
        shared.url.unwrap(),
        theirs.id
    );

    let scanned = scan(&library, &anna, &html).await;

    assert_eq!(scanned, ScannedUsages::default());
    assert_eq!(places(&library, &stranger, theirs.id).await.len(), 1);
    let counted = count(&library, &anna, &[theirs.id]).await;
    assert_eq!(counted, UsageCount::default());
    let listed = library.list_usages(&anna, theirs.id, None, Limit::default());
    assert_eq!(code(listed.await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_place_that_uses_a_file_is_a_use_of_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photos = photos(&library, &anna, 3).await;
    let unused = AssetFilter {
        used: Some(false),
        ..AssetFilter::default()
    };
    assert_eq!(library.count_assets(&anna, &unused).await.unwrap(), 3);

    record(&library, &anna, photos[0].id, "welcome").await;
    scan(
        &library,
        &anna,
        &format!("data-satchel-asset={}", photos[1].id),
    )
    .await;

    assert_eq!(library.count_assets(&anna, &unused).await.unwrap(), 1);
}

#[tokio::test]
async fn it_is_known_in_how_many_places_files_are_used_before_they_go() {
    let library = fresh_library().await;
    let admin = library.administrator("ben").await;
    let folder = library.create_folder(&admin, None, FileName::clean("Summer"));
    let folder = folder.await.unwrap().id;
    let photos = photos(&library, &admin, 3).await;
    let ids: Vec<_> = photos.iter().map(|photo| photo.id).collect();
    let moved = model::BatchAction::Move {
        folder_id: Some(folder),
    };
    let inside = Selection::Ids(ids[..2].to_vec());
    library.change_assets(&admin, moved, inside).await.unwrap();
    for (photo, reference) in [(0, "a"), (1, "a"), (0, "b"), (1, "c"), (2, "d"), (2, "a")] {
        record(&library, &admin, ids[photo], reference).await;
        library.clock.advance(Duration::from_secs(1));
    }

    let all = count(&library, &admin, &ids).await;
    let contents = library.folder_contents(&admin, folder).await.unwrap();
    let shown = Selection::Filter(Box::new(AssetFilter {
        folder_id: Some(folder),
        q: Some("1".to_owned()),
        ..AssetFilter::default()
    }));
    let shown = library.count_usages(&admin, &shown).await.unwrap();

    assert_eq!(all.places, 4);
    assert_eq!(all.latest, ["Template a", "Template d", "Template c"]);
    assert_eq!(shown.latest, ["Template c", "Template a"]);
    assert_eq!(contents.used_in.places, 3);
    assert_eq!(
        contents.used_in.latest,
        ["Template c", "Template b", "Template a"]
    );
    let none = count(&library, &admin, &[]).await;
    assert_eq!(none, UsageCount::default());
}

#[tokio::test]
async fn what_is_gone_for_good_is_used_nowhere() {
    let library = fresh_library().await;
    let admin = library.administrator("ben").await;
    let photo = photos(&library, &admin, 1).await.remove(0);
    record(&library, &admin, photo.id, "welcome").await;

    // What only lies in the trash may come back.
    library.trash_asset(&admin, photo.id).await.unwrap();
    assert_eq!(places(&library, &admin, photo.id).await.len(), 1);
    library.purge_asset(&admin, photo.id).await.unwrap();

    let left = count(&library, &admin, &[photo.id]).await;
    assert_eq!(left.places, 0);
    let scanned = scan(&library, &admin, "").await;
    assert!(scanned.removed.is_empty());
}

#[tokio::test]
async fn a_file_is_known_in_a_thousand_places_and_no_more() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = library.upload(&anna, "note.txt", &text(1, 100)).await;
    for number in 0..1_000 {
        assert!(record(&library, &anna, note.id, &number.to_string()).await);
    }

    let more = library.record_usage(&anna, note.id, template("more"), KnownBy::Api);
    let refused = problem(more.await);
    assert_eq!(refused.code, ProblemCode::Conflict);
    assert_eq!(
        (refused.reason, refused.most, refused.name.as_deref()),
        (Some(Reason::TooManyUsages), Some(1_000), Some("note.txt"))
    );
    let scan = UsageScan {
        kind: UsageKind::Page,
        reference: "more".parse().unwrap(),
        title: None,
        url: None,
        html: format!("data-satchel-asset={}", note.id),
    };
    let refused = problem(library.scan_usages(&anna, scan).await);
    assert_eq!(refused.reason, Some(Reason::TooManyUsages));
    // What is known is still said anew.
    assert!(!record(&library, &anna, note.id, "7").await);
}

#[tokio::test]
async fn a_place_that_claims_thousands_of_files_is_refused() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let links = |count: u128| {
        let links = (0..count).map(|chance| AssetId::from_parts(1, chance));
        let links = links.map(|id| format!("data-satchel-asset={id}"));
        links.collect::<Vec<_>>().join(" ")
    };
    let scan = |html: String| UsageScan {
        kind: UsageKind::Page,
        reference: "x".parse().unwrap(),
        title: None,
        url: None,
        html,
    };

    let many = library.scan_usages(&anna, scan(links(1_001))).await;
    assert_eq!(problem(many).reason, Some(Reason::TooManyUsages));
    let most = library.scan_usages(&anna, scan(links(1_000))).await;
    assert_eq!(most.unwrap(), ScannedUsages::default());
    let long = library
        .scan_usages(&anna, scan(" ".repeat(1_000_001)))
        .await;
    assert_eq!(problem(long).field.as_deref(), Some("html"));
}

#[tokio::test]
async fn of_two_who_read_a_place_at_once_one_is_right() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let photos = photos(&library, &anna, 2).await;
    let html = |photo: &Asset| format!("data-satchel-asset={}", photo.id);

    for _ in 0..5 {
        let (one, two) = (html(&photos[0]), html(&photos[1]));
        tokio::join!(scan(&library, &anna, &one), scan(&library, &anna, &two));
        let ids = [photos[0].id, photos[1].id];
        let used = [
            places(&library, &anna, ids[0]).await.len(),
            places(&library, &anna, ids[1]).await.len(),
        ];
        assert_eq!(used.iter().sum::<usize>(), 1, "{used:?}");
    }
}

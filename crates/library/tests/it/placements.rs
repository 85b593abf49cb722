//! Placements: the catalogue, and how files would do there.

use std::collections::HashMap;

use model::{
    ByteSize, Limit, ProblemCode, Verdict,
    placement::{Bound, BoundName, Found, Outcome},
};

use crate::support::{code, fresh_library, jpeg, text};

async fn verdicts(
    library: &library::Library,
    actor: &library::Actor,
    id: model::AssetId,
) -> HashMap<String, Verdict> {
    let page = library.judge_asset(actor, id, None, Limit::new(200).unwrap());
    let verdicts = page.await.unwrap().items.into_iter();
    verdicts
        .map(|one| (one.placement.to_string(), one))
        .collect()
}

#[tokio::test]
async fn the_catalogue_comes_in_pages_without_a_gap() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        let page = library.list_placements(&anna, cursor.as_ref(), Limit::new(7).unwrap());
        let page = page.await.unwrap();
        ids.extend(page.items.into_iter().map(|one| one.id.to_string()));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }

    let known: Vec<_> = model::placement::catalogue()
        .iter()
        .map(|one| one.id.to_string())
        .collect();
    assert_eq!(ids, known);
}

#[tokio::test]
async fn a_file_is_judged_in_every_placement() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let note = library.upload(&anna, "note.txt", &text(1, 50)).await;

    let verdicts = verdicts(&library, &anna, note.id).await;

    assert_eq!(verdicts.len(), model::placement::catalogue().len());
    assert_eq!(verdicts["whatsapp-document"].outcome, Outcome::Fits);
    let Outcome::Refused { broken } = &verdicts["push-ios"].outcome else {
        panic!("{:?}", verdicts["push-ios"]);
    };
    assert_eq!(broken[0].limit.name(), BoundName::Types);
    assert_eq!(broken[0].found, Found::Type(note.mime.clone()));
}

#[tokio::test]
async fn a_picture_is_told_what_would_be_cut_and_what_is_missing() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let picture = library.upload(&anna, "photo.jpg", &jpeg(1)).await;
    let (width, height) = (picture.width.unwrap(), picture.height.unwrap());

    let verdicts = verdicts(&library, &anna, picture.id).await;

    let Outcome::Cut { region } = verdicts["push-web-image"].outcome else {
        panic!("{:?}", verdicts["push-web-image"]);
    };
    assert!(region.x + region.width <= width && region.y + region.height <= height);
    assert_eq!(region.width, 2 * region.height);
    let Outcome::Refused { .. } = &verdicts["whatsapp-sticker"].outcome else {
        panic!("{:?}", verdicts["whatsapp-sticker"]);
    };
}

#[tokio::test]
async fn what_is_another_account_s_is_not_judged() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let other = library.stranger("zoe").await;
    let note = library.upload(&anna, "note.txt", &text(2, 50)).await;

    let judged = library.judge_asset(&other, note.id, None, Limit::default());

    assert_eq!(code(judged.await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_file_that_came_before_anybody_asked_is_looked_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let picture = library.upload(&anna, "photo.jpg", &jpeg(2)).await;
    let facts = "select coalesce(facts, 'none') from blobs";
    let first = library.database.texts(facts).await;
    let forget = "update blobs set facts = null";
    library.database.execute(forget).await;

    let known = verdicts(&library, &anna, picture.id).await;
    assert_eq!(known["whatsapp-image"].outcome, Outcome::Fits);
    assert_eq!(library.database.texts(facts).await, first);

    // What is kept is believed: nobody looks again.
    let nothing = "update blobs set facts = '{}'";
    library.database.execute(nothing).await;
    let unsure = verdicts(&library, &anna, picture.id).await;
    assert_eq!(unsure["whatsapp-image"].outcome, Outcome::Unsure);
    assert_eq!(unsure["whatsapp-image"].unknown, [BoundName::Color]);
}

#[tokio::test]
async fn the_same_bytes_again_tell_what_nobody_had_asked_them() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let picture = library.upload(&anna, "photo.jpg", &jpeg(2)).await;
    let facts = "select coalesce(facts, 'none') from blobs";
    let first = library.database.texts(facts).await;
    let forget = "update blobs set facts = null";
    library.database.execute(forget).await;

    let again = library.upload(&anna, "again.jpg", &jpeg(2)).await;

    assert_eq!(library.database.texts(facts).await, first);
    for id in [picture.id, again.id] {
        let known = verdicts(&library, &anna, id).await;
        assert_eq!(known["whatsapp-image"].outcome, Outcome::Fits);
    }
}

#[tokio::test]
async fn an_operator_overrides_a_placement_for_one_account() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let zoe = library.stranger("zoe").await;
    let op = library.operator("op").await;
    let note = library.upload(&anna, "note.txt", &text(3, 50)).await;
    let theirs = library.upload(&zoe, "note.txt", &text(3, 50)).await;
    let known = model::placement::catalogue().iter();
    let mut own = known
        .clone()
        .find(|one| one.id.as_str() == "email-attachment")
        .unwrap()
        .clone();
    own.rules[0].limit = Bound::Bytes {
        max: ByteSize::bytes(49),
    };

    let set = library.set_placement(&op, anna.account_id, own.clone());
    assert!(set.await.unwrap().is_own);
    let ours = verdicts(&library, &anna, note.id).await;
    assert!(!ours["email-attachment"].outcome.is_taken());
    let others = verdicts(&library, &zoe, theirs.id).await;
    assert!(others["email-attachment"].outcome.is_taken());

    own.rules.clear();
    let wrong = library.set_placement(&op, anna.account_id, own).await;
    assert_eq!(code(wrong), ProblemCode::Invalid);
    let id = "email-attachment".parse().unwrap();
    library
        .remove_placement(&op, anna.account_id, &id)
        .await
        .unwrap();
    let back = verdicts(&library, &anna, note.id).await;
    assert!(back["email-attachment"].outcome.is_taken());
}

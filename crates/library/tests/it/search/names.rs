//! Names of tags, teams and folders find what has them, also while very many documents learn them.

use library::teams::TeamPatch;
use model::{AssetFilter, AssetPatch, FileName, FolderPatch, TagPatch};

use super::{described, found, photo, search};
use crate::support::fresh_library;

#[tokio::test]
async fn what_is_renamed_is_found_by_its_new_name_at_once() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "a.jpg", described("", &["Beach"])).await;
    photo(&library, &anna, "b.jpg", described("", &["Strand"])).await;
    let tags = library.suggest_tags(&anna, "bea").await.unwrap();
    let beach = tags[0].id;
    let strand = library.suggest_tags(&anna, "strand").await.unwrap()[0].id;

    let coast = TagPatch {
        name: Some("Côte d'Azur".to_owned()),
        ..TagPatch::default()
    };
    library.update_tag(&anna, beach, coast).await.unwrap();

    assert_eq!(found(&library, &anna, "azur").await, ["a.jpg"]);
    assert_eq!(found(&library, &anna, "beach").await, [""; 0]);
    library.merge_tag(&anna, strand, beach).await.unwrap();
    assert_eq!(found(&library, &anna, "cote").await, ["b.jpg", "a.jpg"]);
    assert_eq!(found(&library, &anna, "strand").await, [""; 0]);
    library.delete_tag(&anna, beach).await.unwrap();
    assert_eq!(found(&library, &anna, "cote").await, [""; 0]);
    let asset = search(&library, &anna, "b").await.items.remove(0);
    assert!(asset.tags.is_empty());
    let renamed = AssetPatch {
        name: Some("pebbles.jpg".parse().unwrap()),
        ..AssetPatch::default()
    };
    library
        .update_asset(&anna, asset.id, renamed)
        .await
        .unwrap();
    assert_eq!(found(&library, &anna, "pebb").await, ["pebbles.jpg"]);
}

#[tokio::test]
async fn names_from_before_there_was_a_search_are_found() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let party = library
        .create_folder(&anna, None, FileName::clean("Summer party"))
        .await
        .unwrap();
    let into = AssetPatch {
        folder_id: Some(Some(party.id)),
        ..described("", &["Old friends"])
    };
    photo(&library, &anna, "a.jpg", into).await;
    let more = "insert into tags (id, account_id, name, name_key) \
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1200) \
        select 'tag_' || substr('00000000000000000000000000', 1, 22) || (1000 + n), \
               folders.account_id, 'old ' || n, 'old ' || n from numbers, folders";
    assert_eq!(library.database.execute(more).await, 1_200);
    library.database.execute("delete from search_names").await;
    let anew = "update assets set alt_words = alt_words || ' x'";
    assert_eq!(library.database.execute(anew).await, 1);
    assert_eq!(found(&library, &anna, "party").await, [""; 0]);

    // They are looked for once in the life of a database, not at each start.
    library.reopen().await;
    assert_eq!(found(&library, &anna, "party").await, [""; 0]);

    let forget = "delete from settings where name = 'names'";
    assert_eq!(library.database.execute(forget).await, 1);
    library.reopen().await;

    // At once by their ids, and from then on by the words in the documents.
    for is_in_documents in [false, true] {
        assert_eq!(found(&library, &anna, "party").await, ["a.jpg"]);
        assert_eq!(found(&library, &anna, "friends").await, ["a.jpg"]);
        library.run_due_jobs().await.unwrap();
        let left = library
            .database
            .texts("select ref from search_spreads")
            .await;
        assert_eq!(left, [""; 0], "{is_in_documents}");
    }
    let last = library.suggest_tags(&anna, "1200").await.unwrap();
    assert_eq!(last.len(), 1);
}

#[tokio::test]
async fn a_word_in_the_names_of_hundreds_of_folders_finds_what_lies_in_each() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut last = None;
    for number in 0..150 {
        let name = FileName::clean(&format!("Beach {number}"));
        last = Some(library.create_folder(&anna, None, name).await.unwrap().id);
    }
    let into = AssetPatch {
        folder_id: Some(last),
        ..AssetPatch::default()
    };
    photo(&library, &anna, "a.jpg", into).await;

    assert_eq!(found(&library, &anna, "beach").await, ["a.jpg"]);
    assert_eq!(found(&library, &anna, "149 bea").await, ["a.jpg"]);
}

/// As many assets like the only one, with its tag and for its team.
const COPIES: [&str; 3] = [
    "insert into assets (id, account_id, blob_id, folder_id, name, name_key, name_words, alt_text, \
            kind, source, state, version, mime, size, sha256, has_renditions, created_at, updated_at) \
     with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 450) \
     select 'ast_' || substr('00000000000000000000000000', 1, 22) || (1000 + n), account_id, blob_id, \
            folder_id, name, name_key, name_words, alt_text, kind, source, state, version, mime, size, \
            sha256, has_renditions, created_at - n, updated_at from assets, numbers",
    "insert into asset_tags (asset_id, tag_id, created_at) \
     select assets.id, tag_id, assets.created_at from assets, asset_tags where id <> asset_id",
    "insert into asset_teams (asset_id, team_id, created_at) \
     select assets.id, team_id, assets.created_at from assets, asset_teams where id <> asset_id",
];

#[tokio::test]
async fn a_name_that_very_many_files_have_is_found_while_it_goes_into_their_documents() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let folder = library
        .create_folder(&ada, None, FileName::clean("Beach"))
        .await
        .unwrap();
    let team = library.create_team(&ada, "Harbor", &[]).await.unwrap();
    let into = AssetPatch {
        folder_id: Some(Some(folder.id)),
        teams: Some(vec![team.name.clone()]),
        ..described("", &["Summer"])
    };
    photo(&library, &ada, "a.jpg", into).await;
    for copies in COPIES {
        assert_eq!(library.database.execute(copies).await, 450);
    }
    library.run_due_jobs().await.unwrap();
    let count = async |words: &str| {
        let filter = AssetFilter {
            q: Some(words.to_owned()),
            ..AssetFilter::default()
        };
        library.count_assets(&ada, &filter).await.unwrap()
    };
    assert_eq!(count("beach harbor summer").await, 451);

    let name = |name: &str| Some(name.to_owned());
    let tag = library.suggest_tags(&ada, "summer").await.unwrap()[0].id;
    let winter = TagPatch {
        name: name("Winter"),
        ..TagPatch::default()
    };
    library.update_tag(&ada, tag, winter).await.unwrap();
    let bridge = TeamPatch {
        name: name("Bridge"),
        ..TeamPatch::default()
    };
    library.update_team(&ada, team.id, bridge).await.unwrap();
    let strand = FolderPatch {
        name: Some(FileName::clean("Strand")),
        ..FolderPatch::default()
    };
    library
        .update_folder(&ada, folder.id, strand)
        .await
        .unwrap();

    assert_eq!(count("strand bridge winter").await, 451);
    library.run_due_jobs().await.unwrap();
    assert_eq!(count("strand bridge winter").await, 451);
    for gone in ["beach", "harbor", "summer"] {
        assert_eq!(count(gone).await, 0, "{gone}");
    }
}

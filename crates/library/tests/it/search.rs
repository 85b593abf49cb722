//! Words find files: by name, alt text, tag, team, folder and what documents say.

use library::{Actor, teams::TeamPatch};
use model::{
    AssetFilter, AssetPage, AssetPatch, AssetSort, AssetState, FileName, FolderPatch, HitField,
    Kind, Limit, ProblemCode, TagPatch,
};
use proptest::strategy::{Strategy as _, ValueTree as _};

use crate::support::{TestLibrary, code, fresh_library, jpeg, meta, text};

async fn search(library: &TestLibrary, actor: &Actor, words: &str) -> AssetPage {
    let filter = AssetFilter {
        q: Some(words.to_owned()),
        sort: AssetSort::Relevance,
        ..AssetFilter::default()
    };
    page(library, actor, &filter).await
}

async fn page(library: &TestLibrary, actor: &Actor, filter: &AssetFilter) -> AssetPage {
    library
        .list_assets(actor, filter, None, Limit::default())
        .await
        .expect("a list is shown")
}

async fn found(library: &TestLibrary, actor: &Actor, words: &str) -> Vec<String> {
    let page = search(library, actor, words).await;
    page.items
        .iter()
        .map(|asset| asset.name.to_string())
        .collect()
}

/// Gives an asset an alt text and tags.
fn described(alt: &str, tags: &[&str]) -> AssetPatch {
    AssetPatch {
        alt_text: Some(alt.parse().unwrap()),
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        ..AssetPatch::default()
    }
}

/// A photo of this name, with an alt text and tags.
async fn photo(library: &TestLibrary, actor: &Actor, name: &str, patch: AssetPatch) {
    let seed = name.bytes().fold(0_u8, u8::wrapping_add);
    let asset = library.upload(actor, name, &jpeg(seed)).await;
    library.update_asset(actor, asset.id, patch).await.unwrap();
}

#[tokio::test]
async fn the_best_match_comes_first_and_of_equals_the_newest() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "seaside.jpg", AssetPatch::default()).await;
    photo(&library, &anna, "old sea.jpg", AssetPatch::default()).await;
    photo(
        &library,
        &anna,
        "waves.jpg",
        described("The sea at noon", &[]),
    )
    .await;
    photo(&library, &anna, "sand.jpg", described("", &["Seashells"])).await;
    photo(&library, &anna, "new sea.jpg", AssetPatch::default()).await;
    photo(&library, &anna, "hills.jpg", AssetPatch::default()).await;

    assert_eq!(
        found(&library, &anna, "sea").await,
        [
            "new sea.jpg",
            "old sea.jpg",
            "seaside.jpg",
            "sand.jpg",
            "waves.jpg"
        ]
    );
    assert_eq!(found(&library, &anna, "sea jpg").await.len(), 5);
    assert_eq!(found(&library, &anna, "old seas").await, [""; 0]);
    assert_eq!(found(&library, &anna, "SÉA óld").await, ["old sea.jpg"]);
}

#[tokio::test]
async fn pages_of_a_search_hold_everything_once_in_every_order() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for (seed, name) in (1..).zip(["sea b.txt", "seaside.txt", "a sea.txt", "c.txt", "sea.txt"]) {
        let asset = library
            .upload(&anna, name, &text(seed, 60 + name.len()))
            .await;
        let patch = described("the sea", &[]);
        library.update_asset(&anna, asset.id, patch).await.unwrap();
    }
    for sort in AssetSort::ALL {
        let filter = AssetFilter {
            q: Some("sea".to_owned()),
            sort,
            ..AssetFilter::default()
        };
        let whole = page(&library, &anna, &filter).await.items;
        assert_eq!(whole.len(), 5, "{sort:?}");
        let (mut walked, mut cursor) = (Vec::new(), None);
        loop {
            let two = Limit::new(2).unwrap();
            let page = library
                .list_assets(&anna, &filter, cursor.as_ref(), two)
                .await
                .unwrap();
            walked.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(walked, whole, "{sort:?}");
        assert_eq!(library.count_assets(&anna, &filter).await.unwrap(), 5);
    }
}

#[tokio::test]
async fn every_hit_says_where_its_words_stand() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut note = meta("Notes.txt");
    note.relative_path = Some("São Paulo/Notes.txt".to_owned());
    let body = b"We met at the harbor.\nThe otter slept on the pier.";
    library.try_upload(&anna, note, body).await.unwrap();
    photo(
        &library,
        &anna,
        "Otter.jpg",
        described("An otter asleep", &["River otters"]),
    )
    .await;
    library.run_due_jobs().await.unwrap();

    let page = search(&library, &anna, "otter").await;
    let fields: Vec<Vec<_>> = page
        .items
        .iter()
        .map(|asset| asset.hits.iter().map(|hit| hit.field).collect())
        .collect();
    assert_eq!(
        fields,
        [
            vec![HitField::Name, HitField::Tag, HitField::AltText],
            vec![HitField::Content]
        ]
    );
    let marked: Vec<_> = page.items[1].hits[0]
        .snippet
        .iter()
        .map(|span| (span.text.as_str(), span.is_match))
        .collect();
    assert_eq!(
        marked,
        [
            ("We met at the harbor. The ", false),
            ("otter", true),
            (" slept on the pier.", false)
        ]
    );
    let page = search(&library, &anna, "paulo sao").await;
    assert_eq!(page.items[0].hits[0].field, HitField::Folder);
    assert!(search(&library, &anna, "harbor otter").await.items.len() == 1);
}

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
async fn a_slip_of_the_pen_still_finds_and_says_so() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "Beach holiday.jpg", AssetPatch::default()).await;
    photo(
        &library,
        &anna,
        "City.jpg",
        described("", &["Architecture"]),
    )
    .await;

    // No job has run yet: as while many others come in.
    for (words, instead) in [
        ("baech", "beach"),
        ("beach holyday", "beach holiday"),
        ("arhcitec", "architecture"),
    ] {
        let page = search(&library, &anna, words).await;
        assert_eq!(page.searched_instead.as_deref(), Some(instead), "{words}");
        assert_eq!(page.items.len(), 1, "{words}");
    }
    let right = search(&library, &anna, "beach").await;
    assert_eq!(right.searched_instead, None);
    let nothing = search(&library, &anna, "zzzzzz").await;
    assert_eq!((nothing.items.len(), nothing.searched_instead), (0, None));
    // A word that others have is no hint to anybody else.
    let eve = library.stranger("eve").await;
    assert_eq!(search(&library, &eve, "baech").await, AssetPage::default());
    assert_eq!(search(&library, &eve, "beach").await, AssetPage::default());
}

#[tokio::test]
async fn words_and_filters_narrow_together() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    photo(&library, &anna, "sea.jpg", described("", &["Blue"])).await;
    let note = library.upload(&anna, "sea.txt", &text(1, 50)).await;
    let gone = library.upload(&anna, "sea gone.txt", &text(2, 50)).await;
    library.trash_asset(&anna, gone.id).await.unwrap();
    let of = |filter: AssetFilter| AssetFilter {
        q: Some("sea".to_owned()),
        ..filter
    };
    let all = AssetFilter::default;
    for (filter, expected) in [
        (
            AssetFilter {
                kind: Some(Kind::Document),
                ..all()
            },
            "sea.txt",
        ),
        (
            AssetFilter {
                tags: vec!["blue".to_owned()],
                ..all()
            },
            "sea.jpg",
        ),
        (
            AssetFilter {
                state: AssetState::Trashed,
                ..all()
            },
            "sea gone.txt",
        ),
        (
            AssetFilter {
                created_after: Some(note.created_at),
                ..all()
            },
            "",
        ),
    ] {
        let page = page(&library, &anna, &of(filter.clone())).await;
        let names: Vec<_> = page.items.iter().map(|asset| asset.name.as_str()).collect();
        assert_eq!(names.join(","), expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_question_is_malformed() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    for seed in 1..4 {
        library.upload(&anna, "sea.txt", &text(seed, 50)).await;
    }
    let one = Limit::new(1).unwrap();
    let all = AssetFilter::default();
    let words = AssetFilter {
        q: Some("sea".to_owned()),
        ..AssetFilter::default()
    };
    let plain = library.list_assets(&anna, &all, None, one).await.unwrap();
    let asked = library.list_assets(&anna, &words, None, one).await.unwrap();

    let crossed = library
        .list_assets(&anna, &words, plain.next_cursor.as_ref(), one)
        .await;
    assert_eq!(code(crossed), ProblemCode::Malformed);
    let crossed = library
        .list_assets(&anna, &all, asked.next_cursor.as_ref(), one)
        .await;
    assert_eq!(code(crossed), ProblemCode::Malformed);
}

#[tokio::test]
async fn no_words_are_too_strange_to_look_for() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    library.upload(&anna, "NEAR or AND.txt", &text(1, 50)).await;
    let operators = [
        "\"",
        "*",
        "-",
        "(",
        ")",
        ":",
        "^",
        "'",
        "\\",
        "&",
        "|",
        "!",
        "<->",
        "%",
        "_",
        "\0",
        "🏖",
        "AND",
        "OR",
        "NOT",
        "NEAR(a b)",
        "name:x",
        "{refs}: a",
        "a*b",
        "\"a",
        "a'b\\",
        "x:*ABC",
    ];
    for words in operators {
        search(&library, &anna, words).await;
        search(&library, &anna, &format!("near {words} or")).await;
        search(&library, &anna, &format!("{words}near{words}")).await;
    }
    assert_eq!(found(&library, &anna, "near AND or").await.len(), 1);

    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60 {
        let words = "[\\PC\"'*()^:&|!\\\\-]{0,40}"
            .new_tree(&mut runner)
            .unwrap()
            .current();
        search(&library, &anna, &words).await;
    }
}

#[tokio::test]
async fn a_file_that_is_gone_for_good_is_not_found() {
    let library = fresh_library().await;
    let ada = library.administrator("ada").await;
    let note = library.upload(&ada, "sea.txt", &text(1, 50)).await;
    let kept = library.upload(&ada, "sea too.txt", &text(1, 50)).await;
    library.run_due_jobs().await.unwrap();
    library.trash_asset(&ada, note.id).await.unwrap();
    library.purge_asset(&ada, note.id).await.unwrap();

    assert_eq!(found(&library, &ada, "sea").await, ["sea too.txt"]);
    library.trash_asset(&ada, kept.id).await.unwrap();
    library.restore_asset(&ada, kept.id).await.unwrap();
    assert_eq!(found(&library, &ada, "sea").await, ["sea too.txt"]);
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

#[tokio::test]
async fn the_beginning_of_a_very_long_word_finds_it() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let long = "Donaudampfschifffahrtsgesellschaftskapitän.txt";
    library.upload(&anna, long, &text(1, 50)).await;
    library
        .upload(&anna, "Donaudampfer.txt", &text(2, 50))
        .await;
    library.run_due_jobs().await.unwrap();

    assert_eq!(found(&library, &anna, "donaudampf").await.len(), 2);
    assert_eq!(found(&library, &anna, "donaudampfschifff").await, [long]);
    // What came a moment ago is found before its words are learned.
    library
        .upload(&anna, "Donaudampfbad.txt", &text(3, 50))
        .await;
    assert_eq!(found(&library, &anna, "donaudampf").await.len(), 3);
}

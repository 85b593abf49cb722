//! Every list is walked along an index.

use model::{AssetState, FolderId, Secret, id::Id as _};
use sqlx::AssertSqlSafe;

use super::{
    conditions::{Value, bound},
    walk::{Walk, among, of_assets, of_common_words, of_kept, of_words},
    *,
};
use crate::db::{
    Db, Dialect, connect::connect, migrate::migrate, plans::Ground, search::Word, tx::fetch_all,
};

async fn fresh(folder: &std::path::Path) -> Db {
    let path = folder.join("plan.db");
    let db = connect(&Secret::new(format!("sqlite://{}", path.display())))
        .await
        .unwrap();
    migrate(&db).await.unwrap();
    db
}

/// How the database means to run a statement, in its own words.
async fn plan(db: &Db, walk: &Walk) -> String {
    let (sql, values): (String, Vec<Value>) = walk.statement();
    let mut tx = db.read().await.unwrap();
    let explain = format!("explain query plan {sql}");
    let steps: Vec<(i64, i64, i64, String)> = fetch_all!(
        &mut tx,
        bound!(sqlx::query_as(AssertSqlSafe(explain.clone())), values)
    )
    .unwrap();
    let steps: Vec<_> = steps.into_iter().map(|step| step.3).collect();
    steps.join("; ")
}

pub(super) fn narrowed(filter: &AssetFilter) -> Narrowed<'_> {
    Narrowed {
        account: AccountId::from_parts(1, 1),
        filter,
        tags: Vec::new(),
        teams: None,
        question: None,
        fence: None,
    }
}

#[tokio::test]
async fn every_order_walks_along_an_index_and_sorts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let db = fresh(folder.path()).await;
    let id = AssetId::from_parts(1, 1);
    for sort in AssetSort::ALL {
        for folder_id in [None, Some(FolderId::from_parts(1, 1))] {
            let filter = AssetFilter {
                folder_id,
                sort,
                ..AssetFilter::default()
            };
            let key = match sort {
                AssetSort::Name => Key::Text("a".to_owned(), id),
                _ => Key::Number(1, id),
            };
            for after in [None, Some(key)] {
                let mut tx = db.read().await.unwrap();
                let walk = of_assets(&mut tx, &narrowed(&filter), after, 50)
                    .await
                    .unwrap();
                let plan = plan(&db, &walk).await;
                assert!(plan.contains("INDEX assets_"), "{sort:?}: {plan}");
                assert!(!plan.contains("TEMP B-TREE"), "{sort:?}: {plan}");
            }
        }
    }
}

#[tokio::test]
async fn postgres_walks_along_the_same_indexes() {
    let Some(ground) = Ground::postgres().await else {
        return;
    };
    let id = AssetId::from_parts(1, 1);
    let narrow: [fn(AssetFilter) -> AssetFilter; 4] = [
        |all| all,
        |all| AssetFilter {
            folder_id: Some(FolderId::from_parts(1, 1)),
            ..all
        },
        |all| AssetFilter {
            kind: Some(model::Kind::Image),
            ..all
        },
        |all| AssetFilter {
            used: Some(false),
            ..all
        },
    ];
    for sort in AssetSort::ALL {
        for narrow in narrow {
            let filter = narrow(AssetFilter {
                sort,
                ..AssetFilter::default()
            });
            let key = match sort {
                AssetSort::Name => Key::Text("a".to_owned(), id),
                _ => Key::Number(1, id),
            };
            for after in [None, Some(key)] {
                let mut tx = ground.db.read().await.unwrap();
                let walk = of_assets(&mut tx, &narrowed(&filter), after, 50).await;
                let statement = walk.unwrap().statement().0;
                drop(tx);
                let plan = ground.assert_walks("assets", &statement).await;
                assert!(plan.contains("using assets_"), "{filter:?}: {plan}");
            }
        }
    }
}

#[tokio::test]
async fn what_was_never_opened_is_walked_largest_first() {
    let filter = AssetFilter {
        used: Some(false),
        sort: AssetSort::Largest,
        ..AssetFilter::default()
    };
    let mut grounds = vec![Ground::sqlite().await];
    grounds.extend(Ground::postgres().await);
    for ground in grounds {
        let mut tx = ground.db.read().await.unwrap();
        let walk = of_assets(&mut tx, &narrowed(&filter), None, 50).await;
        let statement = walk.unwrap().statement().0;
        drop(tx);
        let plan = ground.assert_walks("assets", &statement).await;
        assert!(plan.contains("assets_unused"), "{plan}");
    }
}

#[tokio::test]
async fn a_batch_goes_on_among_what_words_found_without_looking_for_them_again() {
    let folder = tempfile::tempdir().unwrap();
    let db = fresh(folder.path()).await;
    let filter = AssetFilter {
        q: Some("sea".to_owned()),
        ..AssetFilter::default()
    };
    let after = AssetId::from_parts(1, 1).to_string();

    let walk = of_kept(&narrowed(&filter), (BatchId::from_parts(1, 1), &after), 200);

    let plan = plan(&db, &walk).await;
    assert!(
        plan.contains("INDEX sqlite_autoindex_batch_targets"),
        "{plan}"
    );
    assert!(plan.contains("batch_id=? AND asset_id>?"), "{plan}");
    assert!(!plan.contains("search_index"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[tokio::test]
async fn words_that_very_many_have_are_walked_in_the_order_asked_for() {
    let mut grounds = vec![Ground::sqlite().await];
    grounds.extend(Ground::postgres().await);
    for ground in grounds {
        for (sort, state) in [
            (AssetSort::Name, AssetState::Active),
            (AssetSort::Largest, AssetState::Trashed),
        ] {
            let filter = AssetFilter {
                sort,
                state,
                ..AssetFilter::default()
            };
            let question = Question {
                words: vec![Word {
                    text: "sea".to_owned(),
                    whole: Vec::new(),
                    refs: Vec::new(),
                }],
                refs: vec![vec!["acc_01".to_owned()]],
            };
            let narrowed = Narrowed {
                question: Some(question),
                ..narrowed(&filter)
            };
            let mut tx = ground.db.read().await.unwrap();
            let walk = of_common_words(&mut tx, &narrowed, None, 50).await;
            let statement = walk.unwrap().statement().0;
            drop(tx);

            let plan = ground.assert_walks("a common word", &statement).await;
            assert!(plan.contains("assets_by_"), "{sort:?}: {plan}");
        }
    }
}

#[tokio::test]
async fn of_some_assets_each_is_looked_up_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let db = fresh(folder.path()).await;
    let question = Question {
        words: vec![Word {
            text: "sea".to_owned(),
            whole: Vec::new(),
            refs: Vec::new(),
        }],
        refs: vec![vec!["acc_01".to_owned()]],
    };
    let filter = AssetFilter {
        folder_id: Some(FolderId::from_parts(1, 1)),
        ..AssetFilter::default()
    };
    let narrowed = Narrowed {
        tags: vec![TagId::from_parts(1, 1)],
        question: Some(question),
        ..narrowed(&filter)
    };
    let ids = [1, 2, 3].map(|n| AssetId::from_parts(1, n));

    let walk = among(Dialect::Sqlite, &narrowed, &ids);

    let plan = plan(&db, &walk).await;
    let by_id = "assets_by_id (account_id=? AND state=? AND id=?)";
    assert!(plan.contains(by_id), "{plan}");
    assert!(plan.contains("asset_id=? AND tag_id=?"), "{plan}");
    // The index of words is met at one place, which the equals sign says.
    assert!(
        plan.contains("SCAN search_index VIRTUAL TABLE INDEX 0:="),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[tokio::test]
async fn every_filter_walks_along_an_index_and_sorts_nothing() {
    use model::{Kind, Orientation, Source, UserId};
    let folder = tempfile::tempdir().unwrap();
    let db = fresh(folder.path()).await;
    let all = AssetFilter::default;
    let cases = [
        (
            AssetFilter {
                kind: Some(Kind::Image),
                ..all()
            },
            "assets_by_kind",
        ),
        (
            AssetFilter {
                source: Some(Source::Upload),
                ..all()
            },
            "assets_by_source",
        ),
        (
            AssetFilter {
                created_by: Some(UserId::from_parts(1, 1)),
                ..all()
            },
            "assets_by_person",
        ),
        (
            AssetFilter {
                described: Some(false),
                ..all()
            },
            "assets_undescribed",
        ),
        (
            AssetFilter {
                orientation: Some(Orientation::Square),
                width_min: Some(100),
                size_min: Some(model::ByteSize::bytes(7)),
                ..all()
            },
            "COVERING INDEX assets_by_time",
        ),
    ];
    for (filter, index) in cases {
        let mut tx = db.read().await.unwrap();
        let walk = of_assets(&mut tx, &narrowed(&filter), None, 50)
            .await
            .unwrap();
        let plan = plan(&db, &walk).await;
        assert!(plan.contains(index), "{filter:?}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{filter:?}: {plan}");
    }
}

#[tokio::test]
async fn words_walk_along_their_own_index_in_the_order_of_time() {
    let folder = tempfile::tempdir().unwrap();
    let db = fresh(folder.path()).await;
    let question = Question {
        words: vec![Word {
            text: "sea".to_owned(),
            whole: Vec::new(),
            refs: Vec::new(),
        }],
        refs: vec![vec!["acc_01".to_owned()]],
    };
    for sort in [AssetSort::Newest, AssetSort::Oldest, AssetSort::Relevance] {
        let filter = AssetFilter {
            sort,
            ..AssetFilter::default()
        };
        let narrowed = Narrowed {
            question: Some(question.clone()),
            ..narrowed(&filter)
        };
        for after in [None, Some(Key::Found(7))] {
            let asked = question.at(Tier::Described, Dialect::Sqlite).unwrap();
            let walk = of_words(Dialect::Sqlite, &narrowed, &asked, after, 50);
            let plan = plan(&db, &walk).await;
            assert!(
                plan.starts_with("SCAN search_index VIRTUAL TABLE"),
                "{plan}"
            );
            assert!(!plan.contains("TEMP B-TREE"), "{sort:?}: {plan}");
            assert!(!plan.contains("; SCAN"), "{sort:?}: {plan}");
        }
    }
}

#[tokio::test]
async fn words_walk_along_an_index_of_postgres_too() {
    let Some(ground) = Ground::postgres().await else {
        return;
    };
    let word = |text: &str| Word {
        text: text.to_owned(),
        whole: Vec::new(),
        refs: Vec::new(),
    };
    let question = Question {
        words: vec![word("sea"), word("sun")],
        refs: vec![vec!["acc_01".to_owned()]],
    };
    for sort in [AssetSort::Newest, AssetSort::Oldest] {
        let filter = AssetFilter {
            sort,
            ..AssetFilter::default()
        };
        for after in [None, Some(Key::Found(7))] {
            let asked = question.whole(Dialect::Postgres);
            let walk = of_words(Dialect::Postgres, &narrowed(&filter), &asked, after, 50);

            let plan = ground.assert_walks("words", &walk.statement().0).await;

            assert!(plan.contains("search_documents_"), "{plan}");
        }
    }
}

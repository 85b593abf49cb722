//! What very many have is ranked among the newest, and listed whole all the same.

use model::{AccountId, AssetFilter, AssetSort, id::Id as _};

use super::*;
use crate::db::{asset_list::tests::narrowed, plans::Ground, search::Word, tx::execute};

/// A file that has the word; the last is the newest.
fn by_the_sea(number: u8) -> AssetId {
    AssetId::from_parts(1, number.into())
}

/// Sixty files that have one word: each fourth in its name, the one after that in its alt text, and
/// the others in what they say.
async fn sixty_by_the_sea(ground: &Ground) {
    const ADD: &str = "\
        insert into assets (id, account_id, name, name_key, name_words, alt_text, kind, state, \
            source, blob_id, mime, size, sha256, has_renditions, version, created_at, updated_at) \
        values ($1, $2, 'sea', 'sea', 'sea', '', 'image', 'active', 'upload', 'blb_1', \
            'image/jpeg', 1, 'x', true, 1, $3, $3)";
    const INDEX: &str = "\
        insert into search_documents (number, asset_id, account_id, is_learned, vector) \
        values ($1, $2, $3, true, cast($4 as tsvector))";
    // Without the triggers, which would index it as what it is.
    const ALONE: &str = "set local session_replication_role = replica";
    let account = AccountId::from_parts(1, 1);
    let mut tx = ground.db.write().await.unwrap();
    execute!(&mut tx, sqlx::query(ALONE)).unwrap();
    for number in 1..=60_u8 {
        let (id, place) = (by_the_sea(number), i64::from(number));
        let vector = match number % 4 {
            0 => "sea:1A",
            1 => "sea:1C",
            _ => "sea:1D",
        };
        execute!(&mut tx, sqlx::query(ADD).bind(id).bind(account).bind(place)).unwrap();
        execute!(
            &mut tx,
            sqlx::query(INDEX)
                .bind(place)
                .bind(id)
                .bind(account)
                .bind(vector)
        )
        .unwrap();
    }
    tx.commit().await.unwrap();
}

fn question() -> Question {
    Question {
        words: vec![Word {
            text: "sea".to_owned(),
            whole: vec!["sea".to_owned()],
            refs: Vec::new(),
        }],
        refs: Vec::new(),
    }
}

fn best_first() -> AssetFilter {
    AssetFilter {
        sort: AssetSort::Relevance,
        ..AssetFilter::default()
    }
}

/// All pages of some rows, by number, and how the first of them ended.
async fn ranked(ground: &Ground, rows: usize, most: Most) -> (Vec<u8>, Key) {
    let (question, filter) = (question(), best_first());
    let narrowed = narrowed(&filter);
    let one_more = i64::try_from(rows).unwrap() + 1;
    let (mut all, mut first, mut after) = (Vec::new(), None, None);
    loop {
        let mut tx = ground.db.read().await.unwrap();
        let page = list(&mut tx, &narrowed, &question, after.clone(), one_more, most);
        let page = page.await.unwrap();
        let is_last = page.len() <= rows;
        for (id, key) in page.into_iter().take(rows) {
            all.extend((1..=60_u8).find(|number| by_the_sea(*number) == id));
            after = key;
        }
        first = first.or_else(|| after.clone());
        if is_last {
            return (all, first.unwrap());
        }
    }
}

/// Those from a number on whose number leaves such a rest, the newest first.
fn with_rest(from: u8, rests: &[u8]) -> Vec<u8> {
    let numbers = (from..=60).rev();
    numbers
        .filter(|number| rests.contains(&(number % 4)))
        .collect()
}

#[tokio::test]
async fn of_what_very_many_have_the_newest_are_ranked_and_all_are_listed_once() {
    let Some(ground) = Ground::postgres().await else {
        return;
    };
    sixty_by_the_sea(&ground).await;
    let best = |from| {
        [
            with_rest(from, &[0]),
            with_rest(from, &[1]),
            with_rest(from, &[2, 3]),
        ]
        .concat()
    };
    let most = |first, counted, newest| Most {
        first,
        counted,
        newest,
    };

    // So few that all are ranked: that is seen at once, or once they are counted. The fifteen names
    // do not fill the page.
    for most in [most(61, 61, 12), most(4, 61, 12)] {
        let (all, first) = ranked(&ground, 20, most).await;
        assert_eq!(all, best(1), "{most:?}");
        assert!(matches!(first, Key::Among(.., ALL)), "{first:?}");
    }

    // More: the newest twelve are ranked, which begin with the 49th.
    let (all, first) = ranked(&ground, 7, most(4, 20, 12)).await;
    let expected: Vec<u8> = best(49).into_iter().chain((1..49).rev()).collect();
    assert_eq!(all, expected);
    assert!(matches!(first, Key::Among(.., 49)), "{first:?}");

    // Where names fill the page, nothing else is looked at; in the end all have come, each once.
    let (mut all, first) = ranked(&ground, 2, most(20, 20, 12)).await;
    assert!(
        matches!(first, Key::Ranked(Tier::WholeName, 56)),
        "{first:?}"
    );
    assert_eq!(all[..14], with_rest(8, &[0]));
    all.sort_unstable();
    assert_eq!(all, (1..=60).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_ranked_is_found_along_an_index() {
    let Some(ground) = Ground::postgres().await else {
        return;
    };
    let (question, filter) = (question(), best_first());
    let newest = Window::Newest { before: 7, most: 5 };
    for (window, after) in [(newest, None), (Window::From(7), Some((Tier::Name, 9)))] {
        let (statement, _) = statement(&narrowed(&filter), &question, window, after, 50);

        let plan = ground.plan(&statement).await;

        assert!(plan.contains("search_documents_"), "{plan}");
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }
}

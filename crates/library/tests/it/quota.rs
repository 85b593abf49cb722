//! The quota holds, however many come at once.

use futures::future::join_all;
use library::{Actor, accounts::AccountPatch, uploads::NewUpload};
use model::{AccountLimits, ByteSize, ProblemCode};

use crate::support::{TestLibrary, body, code, fresh_library, meta, problem, system, text};

async fn limit(library: &TestLibrary, actor: &Actor, quota: u64) {
    let limits = AccountLimits {
        quota: Some(ByteSize::bytes(quota)),
        ..AccountLimits::default()
    };
    let patch = AccountPatch {
        limits: limits.into(),
        ..AccountPatch::default()
    };
    library
        .set_account(&system(), actor.account_id, patch)
        .await
        .expect("the quota is set");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_cannot_pass_the_quota() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 10_000).await;

    let tries = (0..50).map(|seed| {
        let (library, anna) = (&library, &anna);
        async move {
            let note = text(seed, 1_000);
            match seed % 4 {
                0 => library
                    .try_upload(anna, meta("form.txt"), &note)
                    .await
                    .map(|_| ()),
                1 => {
                    let upload = library.try_begin(anna, "tus.txt", note.len()).await?;
                    library.append(anna, upload.id, 0, &note).await.map(|_| ())
                }
                2 => {
                    let (length, body) = (ByteSize::bytes(1_000), body(&note));
                    let meta = meta("whole.txt");
                    let whole = library.create_whole_upload(anna, length, meta, body);
                    whole.await.map(|_| ())
                }
                _ => {
                    let new = NewUpload {
                        metadata: meta("late.txt"),
                        ..NewUpload::default()
                    };
                    let upload = library.create_upload(anna, new).await?;
                    library.append(anna, upload.id, 0, &note).await.map(|_| ())
                }
            }
        }
    });
    let done = join_all(tries).await;

    let won = done.iter().filter(|done| done.is_ok()).count();
    assert_eq!(won, 10);
    for refused in done.into_iter().filter(Result::is_err) {
        assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    }
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!((usage.used + usage.reserved).as_u64(), 10_000);
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_refusal_tells_the_figures() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 1_500).await;
    library.upload(&anna, "a.txt", &text(1, 1_000)).await;

    let problem = problem(library.try_begin(&anna, "b.txt", 501).await);

    assert_eq!(problem.code, ProblemCode::QuotaExceeded);
    assert_eq!(problem.limit, Some(ByteSize::bytes(1_500)));
    assert_eq!(problem.size, Some(ByteSize::bytes(501)));
    assert!(
        problem.detail.contains("of 1.5 KB are used"),
        "{}",
        problem.detail
    );
    library.begin(&anna, "c.txt", 500).await;
}

#[tokio::test]
async fn a_body_of_unknown_length_stops_at_the_quota() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 1_000).await;
    let note = text(1, 1_001);

    let refused = library
        .upload_asset(&anna, meta("a.txt"), None, body(&note))
        .await;

    assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    assert_eq!(library.usage(&anna).await.unwrap().used, ByteSize::ZERO);
    assert_eq!(library.staged(), Vec::<String>::new());
    assert_eq!(library.stored().await, 0);
}

#[tokio::test]
async fn a_refused_upload_gives_back_what_it_held() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 1_000).await;
    let upload = library.begin(&anna, "a.bin", 600).await;
    let refused = library.append(&anna, upload.id, 0, &[0; 600]).await;

    assert_eq!(code(refused), ProblemCode::UnsupportedKind);
    let usage = library.usage(&anna).await.unwrap();
    assert_eq!(
        (usage.used, usage.reserved),
        (ByteSize::ZERO, ByteSize::ZERO)
    );
    assert_eq!(
        code(library.get_upload(&anna, upload.id).await),
        ProblemCode::Gone
    );
}

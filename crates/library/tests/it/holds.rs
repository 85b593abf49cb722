//! Room held back for large files that come in one request.

use std::{io, mem::ManuallyDrop, time::Duration};

use bytes::Bytes;
use futures::{SinkExt as _, Stream, channel::mpsc, future::join_all, poll, stream};
use library::{Actor, Library, Result};
use model::{Asset, ByteSize, ProblemCode};
use tokio::task::JoinHandle;

use crate::{
    quota::limit,
    support::{TestLibrary, code, fresh_library, meta, text},
};

const HOUR: Duration = Duration::from_hours(1);
/// One piece of a body.
const PIECE: usize = 1_000_000;

/// A large file on its way: each piece is taken before the next one goes.
struct Sending {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    upload: JoinHandle<Result<Asset>>,
}

impl Sending {
    /// Begins to send a file; what is announced are megabytes.
    fn begin(library: &TestLibrary, actor: &Actor, announced: Option<u64>) -> Self {
        let (pieces, body) = mpsc::channel(0);
        let (library, actor) = (library.library.clone(), actor.clone());
        let announced = announced.map(ByteSize::megabytes);
        let upload = tokio::spawn(async move {
            let upload = library.upload_asset(&actor, meta("long.txt"), announced, body);
            upload.await
        });
        Self { pieces, upload }
    }

    /// Sends pieces; all but the last one have been taken then.
    async fn send(&mut self, pieces: usize) {
        for _ in 0..pieces {
            let piece = Bytes::from(text(7, PIECE));
            self.pieces.send(Ok(piece)).await.expect("somebody reads");
        }
    }

    async fn end(self) -> Result<Asset> {
        drop(self.pieces);
        self.upload.await.unwrap()
    }
}

/// A body that nobody may ask for.
fn untouched() -> impl Stream<Item = io::Result<Bytes>> + Unpin {
    stream::poll_fn(|_| panic!("a byte was taken"))
}

/// What is used and what is held back, in megabytes.
async fn meter(library: &Library, actor: &Actor) -> (u64, u64) {
    let usage = library.usage(actor).await.unwrap();
    let [used, reserved] = [usage.used, usage.reserved].map(ByteSize::as_u64);
    (used / 1_000_000, reserved / 1_000_000)
}

#[tokio::test]
async fn those_too_late_are_refused_before_a_byte_is_taken() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 30_000_000).await;
    let mut first = Sending::begin(&library, &anna, Some(20));
    first.send(2).await;
    assert_eq!(meter(&library, &anna).await, (0, 20));

    let late = (0..5).map(|_| {
        let announced = Some(ByteSize::megabytes(20));
        library.upload_asset(&anna, meta("late.txt"), announced, untouched())
    });
    for refused in join_all(late).await {
        assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    }
    first.send(18).await;
    first.end().await.unwrap();

    assert_eq!(meter(&library, &anna).await, (20, 0));
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_body_of_unknown_length_holds_room_as_it_grows() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    limit(&library, &anna, 40_000_000).await;
    let mut long = Sending::begin(&library, &anna, None);
    long.send(12).await;
    assert_eq!(
        meter(&library, &anna).await,
        (0, 0),
        "it may be a small one"
    );
    long.send(20).await;

    let (_, reserved) = meter(&library, &anna).await;
    assert!((16..=32).contains(&reserved), "{reserved}");
    let refused = library.try_begin(&anna, "late.txt", 25_000_000).await;
    assert_eq!(code(refused), ProblemCode::QuotaExceeded);
    long.end().await.unwrap();

    assert_eq!(meter(&library, &anna).await, (32, 0));
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn what_breaks_off_or_is_refused_gives_its_room_back() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let mut broken = Sending::begin(&library, &anna, Some(20));
    broken.send(17).await;
    let failed = Err(io::Error::other("the line is dead"));
    broken.pieces.send(failed).await.unwrap();
    assert_eq!(code(broken.end().await), ProblemCode::Malformed);
    assert_eq!(meter(&library, &anna).await, (0, 0));

    let zeros = stream::iter((0..20).map(|_| Ok(Bytes::from(vec![0; PIECE]))));
    let announced = Some(ByteSize::megabytes(20));
    let refused = library.upload_asset(&anna, meta("a.bin"), announced, zeros);
    assert_eq!(code(refused.await), ProblemCode::UnsupportedKind);
    assert_eq!(meter(&library, &anna).await, (0, 0));

    let mut gone = Sending::begin(&library, &anna, Some(20));
    gone.send(2).await;
    assert_eq!(meter(&library, &anna).await, (0, 20));
    gone.upload.abort();
    while meter(&library, &anna).await != (0, 0) {
        tokio::task::yield_now().await;
    }
    assert_eq!(library.staged(), Vec::<String>::new());
    assert!(library.fsck(true).await.unwrap().is_clean());
}

#[tokio::test]
async fn what_a_process_held_that_died_is_free_after_an_hour() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let announced = Some(ByteSize::megabytes(20));
    let silent = stream::pending::<io::Result<Bytes>>();
    let upload = library.upload_asset(&anna, meta("long.txt"), announced, silent);
    // Who dies cleans nothing up.
    let mut upload = ManuallyDrop::new(Box::pin(upload));
    while meter(&library, &anna).await != (0, 20) {
        assert!(poll!(&mut *upload).is_pending());
    }
    let restarted = library.reopen().await;

    restarted.run_due_rounds().await.unwrap();
    assert_eq!(meter(&restarted, &anna).await, (0, 20));
    library.clock.advance(HOUR * 2);
    restarted.run_due_rounds().await.unwrap();

    assert_eq!(meter(&restarted, &anna).await, (0, 0));
    assert_eq!(library.staged(), Vec::<String>::new());
}

#[tokio::test]
async fn a_slow_upload_keeps_its_room_while_bytes_come() {
    let library = fresh_library().await;
    let anna = library.agent("anna").await;
    let elsewhere = library.reopen().await;
    let mut slow = Sending::begin(&library, &anna, Some(20));
    for _ in 0..2 {
        slow.send(10).await;
        library.clock.advance(HOUR * 3 / 4);
        elsewhere.run_due_rounds().await.unwrap();
        assert_eq!(meter(&library, &anna).await, (0, 20));
    }

    slow.end().await.unwrap();

    assert_eq!(meter(&library, &anna).await, (20, 0));
    assert!(library.fsck(true).await.unwrap().is_clean());
}

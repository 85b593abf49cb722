//! Makes the thumbnail and the preview of each file as an import does, two at a time; prints as JSON
//! what `make bench` measures.

use std::{fs, process::ExitCode};

use futures::StreamExt as _;
use library::decoder::{DecodeSource, DecoderConfig, DecoderPool, Rank, ThumbSpec, run_child};
use model::{Preset, RenditionFormat};

/// Pictures under way at once.
const AT_ONCE: usize = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "decoder") {
        return run_child();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(AT_ONCE)
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(make_all(arguments));
    ExitCode::SUCCESS
}

async fn make_all(files: Vec<String>) {
    let pool = DecoderPool::with(DecoderConfig::default());
    let making = files.into_iter().map(|file| {
        let pool = pool.ranked(Rank::Upload, None);
        async move { make(&pool, &file).await }
    });
    let made = futures::stream::iter(making).buffer_unordered(AT_ONCE);
    let refused = made.filter(|made| std::future::ready(!made)).count().await;
    let cpu = cpu_milliseconds(&pool);
    println!(r#"{{"cpu":{cpu},"refused":{refused}}}"#);
}

/// The thumbnail and the preview of a file; whether there are any.
async fn make(pool: &DecoderPool, file: &str) -> bool {
    let open = || DecodeSource::open(file).expect("the file opens");
    let found = pool.inspect(open(), Some(file), ThumbSpec::default()).await;
    if !found.is_ok_and(|found| found.thumb.is_some()) {
        return false;
    }
    let preview = ThumbSpec::of(Preset::Preview, RenditionFormat::Webp);
    pool.render(open(), preview).await.is_ok()
}

/// User and system time of this process and of its children, living and gone.
fn cpu_milliseconds(pool: &DecoderPool) -> u64 {
    let living = pool.worker_pids().into_iter().map(|pid| ticks(pid, 11));
    let own = std::process::id();
    (living.sum::<u64>() + ticks(own, 11) + ticks(own, 13)) * 10
}

/// Two fields of a process's `stat` together, in hundredths of a second.
fn ticks(pid: u32, at: usize) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let wanted = fields.split_whitespace().skip(at).take(2);
    wanted.filter_map(|field| field.parse::<u64>().ok()).sum()
}

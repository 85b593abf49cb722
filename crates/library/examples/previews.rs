//! Makes the thumbnail and the preview of each file as an import does, two at a time, or makes each
//! fit a push message (`fit`), one after the other; prints as JSON what `make bench` measures.

use std::{
    fs,
    process::ExitCode,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use futures::StreamExt as _;
use library::decoder::{
    DecodeSource, DecoderConfig, DecoderPool, Format, Rank, Recipe, ThumbSpec, run_child,
};
use model::{
    Edit, Preset, RenditionFormat,
    placement::{Extent, Region},
};

/// Pictures under way at once.
const AT_ONCE: usize = 2;
/// What a push message takes: twice as wide as high, and so many bytes.
const PUSH: Extent = Extent {
    width: 1440,
    height: 720,
};
const PUSH_BYTES: u64 = 300_000;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "decoder") {
        return run_child();
    }
    let fits = arguments.first().is_some_and(|first| first == "fit");
    if fits {
        arguments.remove(0);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(AT_ONCE)
        .enable_all()
        .build()
        .expect("a runtime starts");
    if fits {
        runtime.block_on(fit_all(&arguments));
    } else {
        runtime.block_on(make_all(arguments));
    }
    ExitCode::SUCCESS
}

async fn make_all(files: Vec<String>) {
    let pool = DecoderPool::with(DecoderConfig::default());
    let begun = Instant::now();
    let (refused, peak) = watched(&pool, async {
        let making = files.into_iter().map(|file| {
            let pool = pool.ranked(Rank::Upload, None);
            async move { make(&pool, &file).await }
        });
        let made = futures::stream::iter(making).buffer_unordered(AT_ONCE);
        made.filter(|made| std::future::ready(!made)).count().await
    })
    .await;
    let wall = begun.elapsed().as_millis();
    let cpu = cpu_milliseconds(&pool);
    println!(r#"{{"cpu":{cpu},"wall":{wall},"peak":{peak},"refused":{refused}}}"#);
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

/// The most kilobytes that this process and its children held together while a work was done.
async fn watched<T>(pool: &DecoderPool, work: impl Future<Output = T>) -> (T, u64) {
    let (peak, done) = (AtomicU64::new(0), AtomicBool::new(false));
    let watch = async {
        while !done.load(Ordering::Relaxed) {
            let all = pool.worker_pids().into_iter().chain([std::process::id()]);
            peak.fetch_max(all.map(resident).sum(), Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let work = async {
        let made = work.await;
        done.store(true, Ordering::Relaxed);
        made
    };
    let (made, ()) = futures::future::join(work, watch).await;
    (made, peak.into_inner())
}

/// Kilobytes a process holds; none where it is gone.
fn resident(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
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

async fn fit_all(files: &[String]) {
    let pool = DecoderPool::with(DecoderConfig::default());
    let (mut times, mut above) = (Vec::new(), 0);
    for file in files {
        let open = || DecodeSource::open(file).expect("the file opens");
        let found = pool.inspect(open(), Some(file), ThumbSpec::default()).await;
        let size = found.ok().and_then(|found| {
            let (width, height) = (found.facts.width?, found.facts.height?);
            Some(Extent { width, height })
        });
        let Some(recipe) = size.and_then(push) else {
            continue;
        };
        let begun = Instant::now();
        let Ok(made) = pool.transform(open(), recipe).await else {
            continue;
        };
        times.push(begun.elapsed().as_millis());
        above += usize::from(made.bytes.len() as u64 > PUSH_BYTES);
    }
    times.sort_unstable();
    let count = times.len();
    let at = |percent: usize| times.get(count * percent / 100).copied().unwrap_or(0);
    let (median, p95) = (at(50), at(95));
    println!(r#"{{"count":{count},"median":{median},"p95":{p95},"above":{above}}}"#);
}

/// The middle of a picture, as a push message takes it.
fn push(size: Extent) -> Option<Recipe> {
    let width = size.width.min(size.height * 2);
    let height = width / 2;
    let region = Region {
        x: (size.width - width) / 2,
        y: (size.height - height) / 2,
        width,
        height,
    };
    let edit = Edit {
        region: Some(region),
        ..Edit::default()
    };
    (width >= PUSH.width).then_some(Recipe {
        format: Some(Format::Jpeg),
        size: Some(PUSH),
        max_bytes: Some(PUSH_BYTES),
        still: true,
        ..Recipe::of(edit)
    })
}

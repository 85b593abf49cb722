//! Makes a thumbnail of each file, one after the other, through the decoder's child process, and
//! prints the CPU time that took in milliseconds: what `make bench` measures.

use std::{fs, process::ExitCode};

use library::decoder::{DecodeSource, DecoderConfig, DecoderPool, ThumbSpec, run_child};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "decoder") {
        return run_child();
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(make_all(&arguments));
    ExitCode::SUCCESS
}

async fn make_all(files: &[String]) {
    let pool = DecoderPool::with(DecoderConfig::default());
    for file in files {
        let source = DecodeSource::open(file).expect("the file opens");
        let found = pool.inspect(source, Some(file), ThumbSpec::default()).await;
        assert!(
            found.expect("it decodes").thumb.is_some(),
            "{file} has a thumbnail"
        );
    }
    let all = pool.worker_pids().into_iter().chain([std::process::id()]);
    println!("{}", all.map(cpu_milliseconds).sum::<u64>());
}

/// User and system time of a process: fields 14 and 15 of its `stat`, in hundredths of a second.
fn cpu_milliseconds(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process lives");
    let (_, fields) = stat.rsplit_once(')').expect("a name in parentheses");
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<u64>().expect("a number");
    (ticks(11) + ticks(12)) * 10
}

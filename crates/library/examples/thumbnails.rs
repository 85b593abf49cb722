//! Makes a thumbnail of each file, one after the other, through the decoder's child process: what `make bench` measures.

use std::process::ExitCode;

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
}

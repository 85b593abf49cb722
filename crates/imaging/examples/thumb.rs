//! Prints what a thumbnail costs in milliseconds of processor time: `cargo run --release -p imaging --example thumb -- FILE…`.

use std::{fs, io::Cursor};

use imaging::{Budget, ThumbSpec, inspect};

/// Processor time of this thread so far, as the kernel counts it.
fn cpu_millis() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text
        .split(' ')
        .next()
        .and_then(|first| first.parse::<f64>().ok());
    nanos.unwrap_or_default() / 1e6
}

fn main() -> std::io::Result<()> {
    let mut total = 0.0;
    let mut count = 0.0;
    for path in std::env::args().skip(1) {
        let bytes = fs::read(&path)?;
        let size = bytes.len();
        let begun = cpu_millis();
        let done = inspect(
            &mut Cursor::new(bytes),
            Some(&path),
            &Budget::default(),
            ThumbSpec::default(),
        );
        let millis = cpu_millis() - begun;
        total += millis;
        count += 1.0;
        match done {
            Ok(done) => println!(
                "{millis:8.2} ms  {size:>9} bytes  {:?} {:?}x{:?}  thumb {} bytes  {}  {path}",
                done.facts.format,
                done.facts.width,
                done.facts.height,
                done.thumb.map_or(0, |thumb| thumb.bytes.len()),
                done.color.unwrap_or_default(),
            ),
            Err(error) => println!("{millis:8.2} ms  {size:>9} bytes  refused: {error}  {path}"),
        }
    }
    println!("{:8.2} ms a file", total / f64::max(count, 1.0));
    Ok(())
}

//! How many children decode, and what each may take.

use std::{path::PathBuf, time::Duration};

/// How many children there are, and what each may take.
#[derive(Clone, Debug)]
pub struct DecoderConfig {
    /// The program that is run.
    pub program: PathBuf,
    /// What it is told.
    pub args: Vec<String>,
    /// Children at work at once.
    pub workers: usize,
    /// The most address space of a child, in bytes.
    pub memory: u64,
    /// The longest that a look at a file may take, however busy the machine is; what is made of a
    /// file may take longer.
    pub wall: Duration,
    /// The most processor time of what is made of a file, in whole seconds.
    pub cpu: Duration,
    /// The most processor time of a look at a file that comes in, in whole seconds.
    pub look: Duration,
    /// The most pixels that a picture may have.
    pub max_pixels: u64,
    /// Whether drawings in SVG are kept; they are never opened.
    pub drawings: bool,
    /// How long a child without work is kept.
    pub idle: Duration,
}

impl Default for DecoderConfig {
    fn default() -> Self {
        Self {
            program: this_program(),
            args: vec!["decoder".to_owned()],
            workers: 2,
            memory: 448 << 20,
            wall: Duration::from_secs(10),
            cpu: Duration::from_secs(10),
            look: Duration::from_secs(4),
            max_pixels: 64_000_000,
            drawings: false,
            idle: Duration::from_mins(1),
        }
    }
}

/// The running program, even where an upgrade has put another in its place.
fn this_program() -> PathBuf {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() {
        running
    } else {
        std::env::current_exe().unwrap_or(running)
    }
}

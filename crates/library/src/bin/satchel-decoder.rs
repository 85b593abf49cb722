//! The decoder alone, so that the library's tests need no server to start one.

use std::process::ExitCode;

fn main() -> ExitCode {
    library::decoder::run_child()
}

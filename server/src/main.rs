//! The program `satchel`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::main()
}

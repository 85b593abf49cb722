//! `satchel decoder`: the child process that looks at untrusted bytes, started by a server.

use std::process::ExitCode;

/// Decodes until the server that started this goes away.
pub fn run() -> ExitCode {
    library::decoder::run_child()
}

//! Where things lie, and how cargo is called from inside cargo.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The client's platform.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The folders of this checkout.
pub struct Workspace {
    /// The checkout itself.
    pub root: PathBuf,
    /// Where cargo builds; it may lie outside the checkout.
    pub target: PathBuf,
}

impl Workspace {
    /// Looks around from where cargo started us.
    pub fn find() -> Result<Self> {
        let package = env::var("CARGO_MANIFEST_DIR").context("start this as `cargo xtask`")?;
        let root = Path::new(&package)
            .parent()
            .context("xtask lies in a workspace")?;
        let exe = env::current_exe()?;
        // `{target}/debug/xtask`: true whatever moved the target folder.
        let target = exe
            .ancestors()
            .nth(2)
            .context("xtask runs from a target folder")?;
        Ok(Self {
            root: root.to_path_buf(),
            target: target.to_path_buf(),
        })
    }

    /// The finished site, where the server looks for it.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// What bundling remembers between runs.
    pub fn bundle_cache(&self) -> PathBuf {
        self.target.join("bundle")
    }

    /// A `cargo` of the toolchain the workspace builds with.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        self.start_afresh(&mut cargo);
        cargo
    }

    /// A `cargo` whose toolchain can compile the client.
    pub fn cargo_for_wasm(&self) -> Result<Command> {
        let mut cargo = self.cargo();
        match self.wasm_toolchain()? {
            Toolchain::Active => {}
            Toolchain::Debian => {
                cargo.arg("+debian").env_remove("RUSTUP_TOOLCHAIN");
            }
        }
        Ok(cargo)
    }

    fn wasm_toolchain(&self) -> Result<Toolchain> {
        if self.compiles_wasm(&["rustc"])? {
            return Ok(Toolchain::Active);
        }
        if self.compiles_wasm(&["rustc", "+debian"])? {
            return Ok(Toolchain::Debian);
        }
        bail!("no Rust toolchain here compiles for {WASM}: run `scripts/setup`")
    }

    fn compiles_wasm(&self, rustc: &[&str]) -> Result<bool> {
        let mut command = Command::new(rustc[0]);
        self.start_afresh(&mut command);
        let output = command
            .args(&rustc[1..])
            .args(["--print", "target-libdir", "--target", WASM])
            .output()
            .context("rustc does not start")?;
        let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        Ok(output.status.success() && holds_std(&folder))
    }

    /// Forgets what the cargo around us says about xtask: build scripts would
    /// read it as news and everything would be compiled again.
    fn start_afresh(&self, command: &mut Command) {
        for (name, _) in env::vars() {
            let is_ours = [
                "CARGO_PKG_",
                "CARGO_MANIFEST_",
                "CARGO_BIN_",
                "CARGO_CRATE_",
            ]
            .iter()
            .any(|prefix| name.starts_with(prefix));
            if is_ours || name == "CARGO" || name == "LD_LIBRARY_PATH" {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.root);
    }
}

enum Toolchain {
    Active,
    Debian,
}

fn holds_std(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// Runs a command to its end; a failure names it.
pub fn succeed(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{name} does not start"))?;
    if status.success() {
        Ok(())
    } else {
        bail!("{name} failed ({status})")
    }
}

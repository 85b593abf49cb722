//! Cuts the client in two: what every page needs, and parts that come when they are first drawn.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::bundle::trim;

/// The script that fetches parts, until it becomes one with the main script.
const LOADER: &str = "parts.js";

/// Writes the parts and their script into a folder; gives back the main module.
///
/// A part is every function that `#[wasm_split]` marks, with all that it alone needs.
pub fn split(wasm: &Path, folder: &Path) -> Result<PathBuf> {
    eprintln!("bundle: splitting it into parts");
    fs::create_dir_all(folder)?;
    let input = trim::forget_unused(&fs::read(wasm)?)?;
    let main = folder.join("main.wasm");
    let link = format!("./{LOADER}");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = "./app.js";
    transform(options).map_err(|error| anyhow!("cannot split the client: {error:?}"))?;
    Ok(main)
}

/// The modules of the parts, in the order of their names.
pub fn parts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "wasm") {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

/// Makes the script of the parts and the main script one: each needs the other.
pub fn join_scripts(main: &Path, folder: &Path) -> Result<()> {
    let loader = folder.join(LOADER);
    let joined = joined(&fs::read_to_string(main)?, &fs::read_to_string(&loader)?)?;
    fs::write(main, bare(&joined))?;
    fs::remove_file(loader).context("cannot tidy up the script of the parts")
}

fn joined(main: &str, loader: &str) -> Result<String> {
    let (mut names, mut kept) = (Vec::new(), Vec::new());
    for line in main.lines() {
        match imported_as(line) {
            Some(name) => names.push(name),
            None => kept.push(line),
        }
    }
    let body: Vec<_> = loader
        .lines()
        .filter(|line| !line.starts_with("import "))
        .collect();
    let body = body.join("\n");
    ensure!(
        !body.contains("import {"),
        "the script of the parts imports more than it did"
    );
    let offers = offers(&body);
    let body = body.replace("export const ", "const ");
    // Each import of the module brings the same script once more, under one key.
    let again = names.split_off(names.len().min(1));
    kept.retain(|line| !again.iter().any(|name| gives(line, name)));
    let mut script = kept.join("\n");
    script.push('\n');
    script.push_str(&body);
    let offers = offers.join(", ");
    for name in names {
        write!(script, "\nconst {name} = {{ {offers} }};")?;
    }
    script.push('\n');
    Ok(script)
}

/// Whether a line gives the module the script of the parts under this name.
fn gives(line: &str, name: &str) -> bool {
    let given = line.trim().trim_end_matches(',').split_once(": ");
    given.is_some_and(|(key, value)| key.contains(LOADER) && value == name)
}

/// The script without the lines that only people read, and without what indents the others.
fn bare(script: &str) -> String {
    let is_comment =
        |line: &str| line.starts_with("//") || line.starts_with("/*") || line.starts_with('*');
    let lines = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !is_comment(line));
    lines.fold(String::with_capacity(script.len()), |text, line| {
        text + line + "\n"
    })
}

/// The name under which a line imports the script of the parts.
fn imported_as(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("import * as ")?;
    let (name, from) = rest.split_once(" from ")?;
    from.contains(LOADER).then_some(name)
}

/// What the script of the parts exports.
fn offers(loader: &str) -> Vec<&str> {
    loader
        .lines()
        .filter_map(|line| line.strip_prefix("export const ")?.split_once(' '))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_its_comments_and_keeps_its_statements() {
        let script =
            "/**\n * Says hello.\n */\nfunction hello() {\n    // Really.\n    return 2;\n}\n";

        assert_eq!(bare(script), "function hello() {\nreturn 2;\n}\n");
    }

    #[test]
    fn the_script_of_the_parts_moves_into_the_main_script() {
        let main = "import * as import1 from \"./parts.js\"\n\
                    import * as import2 from \"./parts.js\"\nfunction initSync() {}\n\
                    return {\n\"./parts.js\": import1,\n\"./parts.js\": import2,\n};\n";
        let loader = "import { initSync } from \"./app.js\";\n\
                      export const __wasm_split_load_tray = load(\"./split_tray.wasm\");\n";

        let script = joined(main, loader).unwrap();

        assert!(
            !script.contains("import *") && !script.contains("import {"),
            "{script}"
        );
        assert!(
            script.contains("\nconst __wasm_split_load_tray = load("),
            "{script}"
        );
        assert!(
            script.contains("\nconst import1 = { __wasm_split_load_tray };"),
            "{script}"
        );
        assert!(
            script.contains("{\n\"./parts.js\": import1,\n};"),
            "{script}"
        );
    }
}

//! The script for the pages of other programs: its parts joined into one.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::bundle::Quality;
use crate::bundle::tools::Tools;
use crate::tree;
use crate::workspace::Workspace;

/// The script as it is served: small, where it is worth the time and there is something to do it.
pub fn make(workspace: &Workspace, quality: Quality) -> Result<String> {
    let script = join(&workspace.root.join("embed"))?;
    if quality == Quality::Dev {
        return Ok(script);
    }
    let place = workspace.bundle_cache().join("embed.js");
    fs::write(&place, script)?;
    Tools::find(workspace).minify_classic(&place)?;
    Ok(fs::read_to_string(place)?)
}

/// Joins the parts in the order of their names into a script that names nothing but `Satchel`.
///
/// No bundler is needed for that: where there is none, the script is small enough without comments.
fn join(folder: &Path) -> Result<String> {
    let mut script = "(() => {\n\"use strict\";\nif (window.Satchel) return;\n".to_owned();
    for part in tree::files(folder)? {
        if part.extension().is_some_and(|ending| ending == "js") {
            without_comments(&fs::read_to_string(part)?, &mut script);
        }
    }
    script.push_str("})();\n");
    Ok(script)
}

/// Takes the lines that are more than a comment.
fn without_comments(text: &str, into: &mut String) {
    let is_comment = |line: &str| {
        let starts = ["//", "/**", "* ", "*/"];
        line.is_empty() || line == "*" || starts.iter().any(|start| line.starts_with(start))
    };
    for line in text.lines().filter(|line| !is_comment(line.trim())) {
        into.push_str(line);
        into.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_by_name_and_without_comments() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tsconfig.json"), "{}").unwrap();
        let last = "/**\n * Why.\n *\n * @type {A}\n */\nwindow.Satchel = 1; // once\n";
        fs::write(folder.path().join("window.js"), last).unwrap();
        fs::write(folder.path().join("about.js"), "// What.\n\nconst A = 1;\n").unwrap();

        let script = join(folder.path()).unwrap();

        assert_eq!(
            script,
            "(() => {\n\"use strict\";\nif (window.Satchel) return;\n\
             const A = 1;\nwindow.Satchel = 1; // once\n})();\n"
        );
    }
}

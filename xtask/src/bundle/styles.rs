//! The styles: one file from many, for the browsers of the last two years.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

/// Follows a style sheet's imports and writes it all as one small sheet.
pub fn bundle(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(main)
        .map_err(|error| anyhow!("{error}"))?;
    sheet
        .minify(MinifyOptions {
            targets: targets(),
            ..MinifyOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    let printer = PrinterOptions {
        minify: true,
        targets: targets(),
        ..PrinterOptions::default()
    };
    Ok(sheet
        .to_css(printer)
        .map_err(|error| anyhow!("{error}"))?
        .code)
}

fn targets() -> Targets {
    Targets::from(Browsers {
        chrome: Some(130 << 16),
        edge: Some(130 << 16),
        // The long-term release.
        firefox: Some(128 << 16),
        safari: Some((17 << 16) | (6 << 8)),
        ios_saf: Some((17 << 16) | (6 << 8)),
        ..Browsers::default()
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn imports_become_one_sheet_and_keep_their_layers() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(
            &main,
            "@layer base, parts;\n@import 'base.css' layer(base);",
        )
        .unwrap();
        fs::write(folder.path().join("base.css"), "a { color: #ff0000; }").unwrap();

        assert_eq!(
            bundle(&main).unwrap(),
            "@layer base{a{color:red}}@layer parts;"
        );
    }

    #[test]
    fn a_mistake_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(&main, "@import 'gone.css';").unwrap();

        let mistake = bundle(&main).unwrap_err().to_string();
        assert!(mistake.contains("main.css:"), "{mistake}");
    }
}

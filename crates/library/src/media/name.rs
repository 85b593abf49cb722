//! The name bytes are served under: a person's own, unless its ending would make them run.

use model::FileName;

use crate::decoder::{KNOWN, Known};

/// Endings of what a system would run or a browser would draw as a page, none of which is kept but
/// drawings, where the operator allows them.
const DANGEROUS: &[&str] = &[
    "action",
    "apk",
    "app",
    "appimage",
    "appx",
    "asp",
    "aspx",
    "bash",
    "bat",
    "cgi",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "dll",
    "dmg",
    "exe",
    "fish",
    "gadget",
    "hta",
    "htm",
    "html",
    "inf",
    "ipa",
    "jar",
    "js",
    "jse",
    "jsp",
    "ksh",
    "lnk",
    "mht",
    "mhtml",
    "mjs",
    "msc",
    "msh",
    "msi",
    "msix",
    "msp",
    "mst",
    "phar",
    "php",
    "php3",
    "php4",
    "php5",
    "phtml",
    "pif",
    "pkg",
    "pl",
    "ps1",
    "psd1",
    "psm1",
    "py",
    "pyc",
    "pyw",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sct",
    "settingcontent-ms",
    "sh",
    "shb",
    "shs",
    "shtml",
    "svg",
    "svgz",
    "swf",
    "sys",
    "url",
    "vb",
    "vbe",
    "vbs",
    "wasm",
    "webarchive",
    "webloc",
    "workflow",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xht",
    "xhtml",
    "xml",
    "xsl",
    "xslt",
    "zsh",
];

/// A person's name for a file; where its ending is dangerous, one of its media type follows.
pub(crate) fn served_name(name: &FileName, mime: &str) -> FileName {
    // Windows drops dots and spaces at the end, and what stands before them becomes the ending.
    let whole = name.as_str().trim_end_matches(['.', ' ']);
    let ending = whole.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_lowercase();
    match known(mime) {
        Some(known)
            if DANGEROUS.contains(&ending.as_str())
                && !known.extensions.contains(&ending.as_str()) =>
        {
            FileName::clean(&format!("{whole}.{}", known.extensions[0]))
        }
        _ => name.clone(),
    }
}

/// The name of something made of a file, with an ending of its own.
pub(super) fn made_name(name: &FileName, mime: &str, extension: &str) -> FileName {
    let ending = name.extension();
    let is_told = known(mime).is_some_and(|known| known.extensions.contains(&ending.as_str()));
    let stem = if is_told { name.stem() } else { name.as_str() };
    FileName::clean(&format!("{stem}.{extension}"))
}

fn known(mime: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.mime == mime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decoder::Format;

    fn served(name: &str, mime: &str) -> String {
        served_name(&FileName::clean(name), mime).to_string()
    }

    #[test]
    fn an_ending_that_would_run_is_followed_by_a_true_one() {
        for (name, mime, as_served) in [
            ("page.html", "image/jpeg", "page.html.jpg"),
            ("photo.php.", "image/png", "photo.php.png"),
            ("photo.EXE. .", "image/png", "photo.EXE.png"),
            ("deploy.sh", "text/plain", "deploy.sh.txt"),
            ("drawing.svg", "text/plain", "drawing.svg.txt"),
            (".js", "text/plain", ".js.txt"),
        ] {
            assert_eq!(served(name, mime), as_served);
        }
    }

    #[test]
    fn all_other_names_stay_as_they_were_written() {
        for (name, mime) in [
            ("Photo.JPEG", "image/jpeg"),
            ("photo", "image/png"),
            ("v1.2", "application/pdf"),
            ("notes", "text/plain"),
            ("notes.md", "text/plain"),
            ("README.rst", "text/plain"),
            ("backup.sql", "text/plain"),
            ("data.json", "text/plain"),
            ("desktop.ini", "text/plain"),
            (".htaccess", "text/plain"),
            ("trailing.", "text/plain"),
            ("file.php.jpg", "image/jpeg"),
            ("logo.svg", "image/svg+xml"),
            ("Отчёт.2026", "text/plain"),
        ] {
            assert_eq!(served(name, mime), name);
        }
    }

    #[test]
    fn no_ending_that_is_kept_is_dangerous() {
        // Drawings are only ever saved.
        let shown = KNOWN.iter().filter(|known| known.format != Format::Svg);
        let kept = shown.flat_map(|known| known.extensions);
        assert_eq!(kept.filter(|kept| DANGEROUS.contains(kept)).count(), 0);
    }

    #[test]
    fn what_is_made_of_a_file_loses_only_the_ending_of_its_type() {
        let made = |name: &str| made_name(&FileName::clean(name), "image/jpeg", "webp").to_string();

        assert_eq!(made("Photo.JPEG"), "Photo.webp");
        assert_eq!(made("v1.2"), "v1.2.webp");
        assert_eq!(made("photo"), "photo.webp");
    }
}

//! Compresses a site's texts once, so that the server never has to.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::tree;

const TEXTS: &[&str] = &[
    "css",
    "html",
    "js",
    "json",
    "mjs",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// Below this a header costs more than compression saves.
const WORTH_IT: usize = 256;

/// Puts a `.br` and a `.gz` beside every text of a folder, from the cache where it can.
pub fn folder(site: &Path, cache: &Path) -> Result<()> {
    fs::create_dir_all(cache)?;
    let mut used = Vec::new();
    for file in tree::files(site)?.into_iter().filter(|file| is_text(file)) {
        let bytes = fs::read(&file)?;
        if bytes.len() < WORTH_IT {
            continue;
        }
        let key = tree::digest(&bytes);
        for (extension, compress) in [("br", brotli as Compressor), ("gz", gzip)] {
            let cached = cache.join(format!("{key}.{extension}"));
            if !cached.exists() {
                fs::write(&cached, compress(&bytes)?)?;
            }
            fs::copy(&cached, beside(&file, extension))?;
            used.push(cached);
        }
    }
    forget_all_but(&used, cache)
}

type Compressor = fn(&[u8]) -> Result<Vec<u8>>;

/// Where a file's compressed twin lies: `app.js` has `app.js.br`.
pub fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn is_text(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| TEXTS.iter().any(|text| extension == *text))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &params).context("brotli failed")?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn forget_all_but(used: &[PathBuf], cache: &Path) -> Result<()> {
    for file in tree::files(cache)? {
        if !used.contains(&file) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn texts_get_twins_that_open_to_the_same_bytes() {
        let (site, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let text = "a{color:red}".repeat(100);
        fs::write(site.path().join("app.css"), &text).unwrap();
        fs::write(site.path().join("cat.png"), &text).unwrap();

        folder(site.path(), cache.path()).unwrap();

        let mut opened = String::new();
        let gzipped = fs::File::open(site.path().join("app.css.gz")).unwrap();
        flate2::read::GzDecoder::new(gzipped)
            .read_to_string(&mut opened)
            .unwrap();
        assert_eq!(opened, text);

        let mut opened = Vec::new();
        let brotlied = fs::read(site.path().join("app.css.br")).unwrap();
        brotli::BrotliDecompress(&mut &brotlied[..], &mut opened).unwrap();
        assert_eq!(opened, text.as_bytes());

        assert!(!site.path().join("cat.png.br").exists());
    }
}

//! The site folder: script, client and styles under names that carry hashes, precompressed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use axum::{
    body::Body,
    extract::{Path as InPath, State as Extract},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{
            ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING,
            CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
        },
    },
    response::Response,
};
use model::Problem;
use serde::Deserialize;
use tokio_util::io::ReaderStream;

use crate::{
    failure::Result, media::conditional, middleware::security::RESOURCE_POLICY, state::State,
};

/// Where script and styles lie, and what they are called.
#[derive(Clone, Debug, Default)]
pub struct Site {
    folder: Option<PathBuf>,
    /// What identifies the script for other sites; empty where nobody said.
    embed: String,
    /// The addresses that pages load.
    pub addresses: app::Site,
    /// The addresses that the picker loads.
    pub picker: Picker,
}

/// Addresses of what the picker loads; empty where the site has none.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

#[derive(Deserialize)]
struct Manifest {
    /// What identifies the script for other sites.
    #[serde(default)]
    embed: String,
    js: String,
    wasm: String,
    css: String,
    plain_css: String,
    late_css: String,
    // A site that was built before there was a picker does without.
    #[serde(default)]
    picker_js: String,
    #[serde(default)]
    picker_wasm: String,
    #[serde(default)]
    picker_css: String,
}

impl Site {
    /// Finds the site: where the settings say, or beside the program.
    ///
    /// Without one, pages are plain and work without script.
    pub fn find(configured: &Path) -> Self {
        let found = candidates(configured)
            .into_iter()
            .find_map(|folder| Self::open(folder).ok());
        found.unwrap_or_else(|| {
            tracing::warn!("there is no site folder: pages are served without script and styles");
            Self::default()
        })
    }

    /// Whether pages have script and styles.
    pub fn is_there(&self) -> bool {
        self.folder.is_some()
    }

    fn open(folder: PathBuf) -> std::io::Result<Self> {
        let text = fs::read_to_string(folder.join("manifest.json"))?;
        let manifest: Manifest = serde_json::from_str(&text)?;
        let address = |name: String| match name.as_str() {
            "" => name,
            _ => format!("/{}", name.trim_start_matches('/')),
        };
        Ok(Self {
            embed: manifest.embed,
            addresses: app::Site {
                js: address(manifest.js),
                wasm: address(manifest.wasm),
                css: address(manifest.css),
                plain_css: address(manifest.plain_css),
                late_css: address(manifest.late_css),
            },
            picker: Picker {
                js: address(manifest.picker_js),
                wasm: address(manifest.picker_wasm),
                css: address(manifest.picker_css),
            },
            folder: Some(folder),
        })
    }

    /// The file of an address, where there is one; never outside the folder.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains('\\');
        let inside = path.split('/').all(plain) && path != "manifest.json";
        let file = self.folder.as_ref()?.join(path);
        (inside && file.is_file()).then_some(file)
    }
}

fn candidates(configured: &Path) -> Vec<PathBuf> {
    if !configured.as_os_str().is_empty() {
        return vec![configured.to_owned()];
    }
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.parent().map(Path::to_owned).unwrap_or_default();
    vec![beside.join("site"), beside.join("../site")]
}

/// Serves a file whose name carries its hash: it never changes.
pub async fn hashed(
    Extract(state): Extract<State>,
    InPath(path): InPath<String>,
    headers: HeaderMap,
) -> Result<Response> {
    serve(
        &state.site,
        &format!("pkg/{path}"),
        "public, max-age=31536000, immutable",
        &headers,
    )
    .await
}

/// Serves a file of the site's top, such as the icon; `None` where there is none.
pub async fn public(site: &Site, path: &str, headers: &HeaderMap) -> Option<Response> {
    serve(
        site,
        path.trim_start_matches('/'),
        "public, max-age=3600",
        headers,
    )
    .await
    .ok()
}

/// Serves the script that the pages of other programs load.
pub async fn embed(
    Extract(state): Extract<State>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    const ANYBODY: HeaderValue = HeaderValue::from_static("*");
    const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");
    let path = uri.path().trim_start_matches('/');
    let mut response = serve(&state.site, path, "public, max-age=3600", &headers).await?;
    let set = response.headers_mut();
    // Other pages may load it, and may check that it is what they know (`integrity`).
    set.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
    set.insert(RESOURCE_POLICY, CROSS_ORIGIN);
    if state.site.embed.is_empty() {
        return Ok(response);
    }
    let encoding = set.get(CONTENT_ENCODING).and_then(|it| it.to_str().ok());
    let tag = conditional::quoted(&format!(
        "{}-{}",
        state.site.embed,
        encoding.unwrap_or("plain")
    ));
    set.insert(ETAG, tag.clone());
    if conditional::is_named(&headers, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(CONTENT_LENGTH);
        *response.body_mut() = Body::empty();
    }
    Ok(response)
}

async fn serve(
    site: &Site,
    path: &str,
    caching: &'static str,
    headers: &HeaderMap,
) -> Result<Response> {
    let plain = site.file(path).ok_or_else(Problem::not_found)?;
    let (file, encoding) = encoded(&plain, headers);
    let gone = |_| Problem::not_found();
    let file = tokio::fs::File::open(file).await.map_err(gone)?;
    let length = file.metadata().await.map_err(gone)?.len();
    let mut response = Response::new(Body::from_stream(ReaderStream::with_capacity(
        file,
        64 << 10,
    )));
    let set = response.headers_mut();
    set.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    set.insert(CONTENT_LENGTH, HeaderValue::from(length));
    set.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    set.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        set.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// The smallest twin of a file that the client reads.
fn encoded(plain: &Path, headers: &HeaderMap) -> (PathBuf, Option<&'static str>) {
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        let mut twin = plain.as_os_str().to_owned();
        twin.push(".");
        twin.push(ending);
        let twin = PathBuf::from(twin);
        if accepts(accepted, encoding) && twin.is_file() {
            return (twin, Some(encoding));
        }
    }
    (plain.to_owned(), None)
}

/// Whether `Accept-Encoding` takes an encoding.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim().eq_ignore_ascii_case(encoding)
            && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt" | "ts") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_as_the_client_says() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.9", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "br"));
    }

    #[test]
    fn a_site_from_before_the_picker_is_a_site() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = r#"{"js":"a.js","wasm":"a.wasm","css":"a","plain_css":"","late_css":""}"#;
        fs::write(folder.path().join("manifest.json"), manifest).unwrap();

        let site = Site::open(folder.path().to_owned()).unwrap();

        assert_eq!(site.addresses.js, "/a.js");
        assert_eq!(site.picker.js, "");
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        fs::write(folder.path().join("secret.txt"), "s").unwrap();
        fs::write(folder.path().join("site/robots.txt"), "r").unwrap();
        let site = Site {
            folder: Some(folder.path().join("site")),
            ..Site::default()
        };

        assert!(site.file("robots.txt").is_some());
        for path in [
            "../secret.txt",
            "..",
            "",
            "/etc/passwd",
            "a/../../secret.txt",
        ] {
            assert!(site.file(path).is_none(), "{path}");
        }
    }
}

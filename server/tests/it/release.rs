//! A release is a folder with the program and its site, and needs no word about where they are.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Place, Server, files};

/// The program under test, where cargo has put it.
const PROGRAM: &str = env!("CARGO_BIN_EXE_satchel");

/// A folder as `cargo xtask release` packs it, with a site given by its files.
fn release(site: &[(&str, &str)]) -> TempDir {
    // On the file system of the program, so that it need not be copied.
    let folder = TempDir::with_prefix_in("release-", env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::hard_link(PROGRAM, folder.path().join("satchel")).expect("the program lies there too");
    for (name, text) in site {
        let path = folder.path().join("site").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The program of a folder, run elsewhere and told nothing of a site.
fn serve(folder: &Path) -> Server {
    let place = Place::empty().with(&[("SATCHEL_SITE_DIR", "")]);
    place.running(folder.join("satchel")).serve()
}

#[tokio::test]
async fn a_program_finds_the_site_beside_itself() {
    let manifest = r#"{"js":"pkg/app.1.js","wasm":"pkg/app.2.wasm","css":"pkg/app.3.css","plain_css":"pkg/app.4.css","late_css":"pkg/app.5.css"}"#;
    let folder = release(&[
        ("manifest.json", manifest),
        ("pkg/app.1.js", "export default 1;"),
        ("pkg/app.1.js.br", "br"),
        ("pkg/app.1.js.gz", "gz"),
        ("robots.txt", "User-agent: *"),
    ]);
    let server = serve(folder.path());

    let page = server.get("/sign-in").header("accept", "text/html");
    let page = page.send().await.expect(200).text();
    assert!(page.contains("/pkg/app.1.js"), "{page}");
    is_served(&server, "/pkg/app.1.js", b"export default 1;", b"br", b"gz").await;
    let robots = server.get("/robots.txt").send().await.expect(200);
    assert_eq!(robots.text(), "User-agent: *");
}

#[tokio::test]
async fn a_program_without_a_site_still_serves_pages() {
    let folder = release(&[]);
    let server = serve(folder.path());

    let page = server.get("/sign-in").header("accept", "text/html");
    let page = page.send().await.expect(200).text();
    assert!(page.contains("action=\"/sign-in\"") && !page.contains("/pkg/"));
    server.get("/pkg/app.1.js").send().await.expect(404);
}

/// What `cargo xtask bundle` has left beside the program's folder; `make test` bundles before.
#[tokio::test]
async fn the_bundled_site_is_served_as_a_release_packs_it() {
    let bundled = Path::new(PROGRAM).parent().unwrap().join("../site");
    let Ok(manifest) = fs::read(bundled.join("manifest.json")) else {
        println!("skipped: the client is not bundled, see `make test`");
        return;
    };
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let script = manifest["js"].as_str().unwrap();
    if !twin(&bundled.join(script), "br").exists() {
        println!("skipped: the client is bundled for a developer, see `make test`");
        return;
    }
    let site = bundled.canonicalize().unwrap();
    let folder = release(&[]);
    std::os::unix::fs::symlink(&site, folder.path().join("site")).unwrap();
    let server = serve(folder.path());

    for what in ["js", "wasm", "css", "plain_css", "late_css"] {
        let name = manifest[what].as_str().unwrap();
        assert!(site.join(name).is_file(), "{what} is {name}");
    }
    for file in files::under(&site.join("pkg")) {
        let name = file.strip_prefix(&site).unwrap().to_str().unwrap();
        let Some((_, "js" | "wasm" | "css")) = name.rsplit_once('.') else {
            continue;
        };
        let plain = fs::read(&file).unwrap();
        if name.starts_with("pkg/app.") {
            let digest = &files::sha256(&plain)[..16];
            assert!(name.contains(digest), "{name} is not named after {digest}");
        }
        let (br, gz) = (fs::read(twin(&file, "br")), fs::read(twin(&file, "gz")));
        let (Ok(br), Ok(gz)) = (br, gz) else {
            assert!(plain.len() < 256, "{name} is not compressed");
            continue;
        };
        is_served(&server, &format!("/{name}"), &plain, &br, &gz).await;
    }
}

/// What the pages of other programs load costs them little, under each of its names.
#[tokio::test]
async fn the_bundled_script_for_others_is_small() {
    let site = Path::new(PROGRAM).parent().unwrap().join("../site");
    let Ok(small) = fs::read(twin(&site.join("embed.js"), "br")) else {
        println!("skipped: the client is not bundled for a release, see `make test`");
        return;
    };
    let script = fs::read(site.join("embed.js")).unwrap();
    let folder = release(&[]);
    std::os::unix::fs::symlink(site.canonicalize().unwrap(), folder.path().join("site")).unwrap();
    let server = serve(folder.path());

    assert!(small.len() <= 8_000, "{} bytes", small.len());
    let tag = format!("\"{}-br\"", &files::sha256(&script)[..16]);
    for path in ["/embed.js", "/embed/v1.js"] {
        let reply = server.get(path).header("accept-encoding", "br");
        let reply = reply.send().await.expect(200);
        assert!(reply.body == small, "{path}");
        assert_eq!(reply.header("etag"), tag, "{path}");
    }
}

/// The compressed twin of a file.
fn twin(file: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}.{ending}", file.display()))
}

/// Each form of a file goes to whoever reads it, for good.
async fn is_served(server: &Server, path: &str, plain: &[u8], br: &[u8], gz: &[u8]) {
    for (accepted, encoding, bytes) in [
        ("identity", "", plain),
        ("gzip, deflate, br", "br", br),
        ("gzip", "gzip", gz),
    ] {
        let reply = server.get(path).header("accept-encoding", accepted);
        let reply = reply.send().await.expect(200);
        assert_eq!(reply.header("content-encoding"), encoding, "{path}");
        assert!(reply.body == bytes, "{path} as {encoding:?}");
        assert_eq!(
            reply.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(reply.header("vary"), "Accept-Encoding");
        assert!(!reply.header("content-type").is_empty());
    }
}

//! Behind nginx as `docs/operate.md` sets it up, but for certificates: media comes from its cache.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::support::{Part, Place, Reply, Request, Server, files, multipart, people::id_of};

/// nginx in front of a server, until it is dropped.
struct Nginx {
    process: Child,
    /// Where pages and interfaces are.
    public: String,
    /// Where media is.
    cdn: String,
}

impl Nginx {
    fn before(server: &Server) -> Self {
        let folder = server.place.folder().join("nginx");
        std::fs::create_dir_all(folder.join("cache")).expect("a folder");
        let ports = [free_port(), free_port()];
        let config = folder.join("nginx.conf");
        std::fs::write(&config, settings(&folder, server, ports)).expect("settings");
        let mut process = Command::new("nginx")
            .args(["-e", "stderr", "-c"])
            .arg(&config)
            .arg("-p")
            .arg(&folder)
            .stderr(Stdio::piped())
            .spawn()
            .expect("nginx: scripts/setup test installs it");
        let said = BufReader::new(process.stderr.take().expect("what it says"));
        let mut said = said.lines().map_while(Result::ok);
        // By then it listens.
        assert!(said.any(|line| line.contains("using the")), "nginx starts");
        std::thread::spawn(move || said.for_each(drop));
        Self {
            process,
            public: format!("http://127.0.0.1:{}", ports[0]),
            cdn: format!("http://127.0.0.1:{}", ports[1]),
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// The settings of the documentation, with what is here in place of what is there.
fn settings(folder: &Path, server: &Server, ports: [u16; 2]) -> String {
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operate.md");
    let text = std::fs::read_to_string(text).expect("the documentation");
    let told = text.split("```nginx\n").nth(1).expect("settings of nginx");
    let told = told.split("```").next().unwrap_or_default();
    let told = told
        .lines()
        .filter(|line| !line.trim_start().starts_with("ssl_"))
        .collect::<Vec<_>>()
        .join("\n");
    let told = told
        .replacen("443 ssl", &format!("127.0.0.1:{}", ports[0]), 1)
        .replacen("443 ssl", &format!("127.0.0.1:{}", ports[1]), 1)
        .replace("127.0.0.1:3000", server.authority())
        .replace("/var/cache/nginx/satchel", "cache");
    let temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temp = temp.map(|name| format!("{name}_temp_path {};\n", folder.join(name).display()));
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr notice;\n\
         events {{}}\nhttp {{\naccess_log off;\n{}{told}}}\n",
        temp.concat()
    )
}

/// A server with a shared photo behind nginx, the photo, and who brought it.
async fn with_shared_photo() -> (
    Server,
    Nginx,
    serde_json::Value,
    crate::support::people::Who,
) {
    let server = Place::empty()
        .with(&[("SATCHEL_MEDIA_URL", "https://cdn.example.com")])
        .serve();
    server.account("Acme");
    let agent = server.token("Acme", "agent");
    let id = id_of(&server.upload(&agent, "photo.jpg", &files::photo()).await);
    let shared = server.post(&format!("/api/v1/assets/{id}/share"));
    let asset = shared.by(&agent).send().await.expect(200).json();
    let nginx = Nginx::before(&server);
    (server, nginx, asset, agent)
}

#[tokio::test]
async fn shared_media_comes_from_the_cache() {
    let (server, nginx, asset, _agent) = with_shared_photo().await;
    let url = asset["url"].as_str().unwrap();
    let media = url.strip_prefix("https://cdn.example.com").unwrap();
    let known = format!("{media}?v={}", &asset["sha256"].as_str().unwrap()[..12]);
    let there = |path: &str| -> Request {
        let request = server.get(&format!("{}{path}", nginx.cdn));
        request.header("host", "cdn.example.com")
    };
    let cached = |reply: &Reply| reply.header("x-cache").to_owned();

    for path in [media, &known] {
        let first = there(path).send().await.expect(200);
        let second = there(path).send().await.expect(200);
        assert_eq!(
            (cached(&first), cached(&second)),
            ("MISS".into(), "HIT".into())
        );
        assert_eq!(first.body, second.body);
        assert_eq!(second.header("etag"), first.header("etag"));
        assert!(!second.header("surrogate-key").is_empty());

        let part = there(path).header("range", "bytes=2-11").send().await;
        let part = part.expect(206);
        assert_eq!(
            (cached(&part).as_str(), &part.body[..]),
            ("HIT", &first.body[2..12])
        );
        let same = there(path).header("if-none-match", first.header("etag"));
        assert_eq!(cached(&same.send().await.expect(304)), "HIT");
    }

    let (base, name) = media.rsplit_once('/').unwrap();
    let tile = format!("{base}/r/tile/{name}");
    for (takes, mime) in [("image/webp", "image/webp"), ("image/png", "image/jpeg")] {
        for expected in ["MISS", "HIT"] {
            let reply = there(&tile)
                .header("accept", takes)
                .send()
                .await
                .expect(200);
            assert_eq!(
                (cached(&reply).as_str(), reply.header("content-type")),
                (expected, mime)
            );
        }
    }
}

#[tokio::test]
async fn what_was_replaced_is_new_at_the_address_that_names_the_bytes() {
    let (server, nginx, asset, agent) = with_shared_photo().await;
    let url = asset["url"].as_str().unwrap();
    let media = url.strip_prefix("https://cdn.example.com").unwrap();
    let known = |asset: &serde_json::Value| {
        let digest = asset["sha256"].as_str().unwrap();
        format!("{media}?v={}", &digest[..12])
    };
    let there = |path: &str| -> Request {
        let request = server.get(&format!("{}{path}", nginx.cdn));
        request.header("host", "cdn.example.com")
    };
    let before = there(&known(&asset)).send().await.expect(200);

    let path = format!("/api/v1/assets/{}/versions", id_of(&asset));
    let form = multipart(&[Part::File("other.jpg", &files::sample("chelsea.jpg"))]);
    let replaced = server.post(&path).by(&agent).typed(form).send();
    let replaced = replaced.await.expect(201).json();

    assert_eq!(replaced["url"], url);
    let after = there(&known(&replaced)).send().await.expect(200);
    assert_eq!(after.header("x-cache"), "MISS");
    assert_ne!(after.body, before.body);
    let ours = server.get(media).send().await.expect(200);
    assert_eq!(after.body, ours.body);
    let part = there(&known(&replaced)).header("range", "bytes=2-11");
    let other = there(&known(&replaced)).header("range", "bytes=2-11");
    let part = part.header("if-range", after.header("etag"));
    assert_eq!(part.send().await.expect(206).body[..], after.body[2..12]);
    let other = other.header("if-range", before.header("etag"));
    assert_eq!(other.send().await.expect(200).body, after.body);
    let changed = there(&known(&replaced)).header("if-none-match", before.header("etag"));
    assert_eq!(changed.send().await.expect(200).body, after.body);
    let head = server.head(&format!("{}{}", nginx.cdn, known(&replaced)));
    let head = head
        .header("host", "cdn.example.com")
        .send()
        .await
        .expect(200);
    assert_eq!(head.header("etag"), after.header("etag"));
}

#[tokio::test]
async fn what_is_no_media_is_on_the_public_address_alone() {
    let (server, nginx, asset, agent) = with_shared_photo().await;
    let on = |origin: &str, host: &str, path: &str| -> Request {
        let request = server.get(&format!("{origin}{path}")).by(&agent);
        request.header("host", host)
    };

    for path in ["/", "/api/v1/me", "/sign-in"] {
        let there = on(&nginx.cdn, "cdn.example.com", path);
        there.send().await.expect(404);
    }
    let me = on(&nginx.public, "media.example.com", "/api/v1/me");
    me.send().await.expect(200);

    let id = id_of(&asset);
    let unshared = server.delete(&format!("/api/v1/assets/{id}/share"));
    unshared.by(&agent).send().await.expect(200);
    let url = asset["url"].as_str().unwrap();
    let media = url.strip_prefix("https://cdn.example.com").unwrap();
    for _ in 0..2 {
        let gone = on(&nginx.cdn, "cdn.example.com", media);
        gone.send().await.expect(404);
    }
}

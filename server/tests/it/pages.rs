//! Pages as a browser without script sees them, and the files they load.

use crate::support::{Place, Server, files, form, people::Who};

#[tokio::test]
async fn a_stranger_is_shown_the_way_in() {
    let server = Server::fresh();

    let page = server
        .get("/sign-in")
        .header("accept", "text/html")
        .send()
        .await
        .expect(200);
    assert!(page.text().contains("action=\"/sign-in\""));
    let home = server.get("/").header("accept", "text/html").send().await;
    let led = home.status == 302 && home.header("location").starts_with("/sign-in");
    assert!(
        led || home.text().contains("/sign-in"),
        "{} {}",
        home.status,
        home.text()
    );
}

#[tokio::test]
async fn the_library_is_rendered_with_what_is_in_it() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    server.upload(&anna, "astronaut.jpg", &files::photo()).await;

    let page = server
        .get("/")
        .by(&anna)
        .header("accept", "text/html")
        .send()
        .await
        .expect(200);
    assert!(page.text().contains("astronaut.jpg"), "{}", page.text());
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_a_page_that_says_so() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;

    let page = server
        .get("/folders/fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD")
        .by(&anna)
        .header("accept", "text/html")
        .send()
        .await
        .expect(404);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    server.get("/").by(&anna).send().await.expect(200);
}

#[tokio::test]
async fn an_address_nobody_knows_is_a_page_for_people_and_a_problem_for_programs() {
    let server = Server::fresh();

    let page = server
        .get("/nowhere")
        .header("accept", "text/html")
        .send()
        .await
        .expect(404);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let problem = server.get("/nowhere").send().await.expect(404);
    assert_eq!(problem.code(), "not_found");
    let api = server
        .get("/api/v1/nowhere")
        .header("accept", "text/html")
        .send()
        .await;
    assert_eq!(api.expect(404).code(), "not_found");
}

#[tokio::test]
async fn site_files_are_served_small_and_for_good() {
    let place = Place::empty();
    let site = place.folder().join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    let manifest = r#"{"js":"pkg/app.1.js","wasm":"pkg/app.2.wasm","css":"pkg/app.3.css","plain_css":"pkg/app.4.css","late_css":"pkg/app.5.css"}"#;
    for (name, text) in [
        ("manifest.json", manifest),
        ("pkg/app.1.js", "export default 1;"),
        ("pkg/app.1.js.br", "br"),
        ("pkg/app.1.js.gz", "gz"),
        ("robots.txt", "User-agent: *"),
    ] {
        std::fs::write(site.join(name), text).unwrap();
    }
    let server = place.serve();

    let plain = server.get("/pkg/app.1.js").send().await.expect(200);
    assert_eq!(plain.text(), "export default 1;");
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        plain.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    for (accepted, encoding) in [
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
    ] {
        let reply = server
            .get("/pkg/app.1.js")
            .header("accept-encoding", accepted)
            .send()
            .await;
        assert_eq!(reply.header("content-encoding"), encoding);
        assert_eq!(reply.header("vary"), "Accept-Encoding");
    }
    server.get("/robots.txt").send().await.expect(200);
    server.get("/manifest.json").send().await.expect(404);
    for path in [
        "/pkg/../manifest.json",
        "/pkg/%2e%2e/manifest.json",
        "/pkg/..%2fmanifest.json",
    ] {
        server.get(path).send().await.expect(404);
    }
    let page = server
        .get("/sign-in")
        .header("accept", "text/html")
        .send()
        .await;
    assert!(page.text().contains("/pkg/app.1.js"), "{}", page.text());
}

#[tokio::test]
async fn pages_of_others_load_the_script_for_them() {
    let place = Place::empty();
    let site = place.folder().join("site");
    std::fs::create_dir_all(site.join("embed")).unwrap();
    let manifest =
        r#"{"js":"","wasm":"","css":"","plain_css":"","late_css":"","embed":"0123456789abcdef"}"#;
    for (name, text) in [
        ("manifest.json", manifest),
        ("embed.js", "window.Satchel = 1;"),
        ("embed.js.br", "br"),
        ("embed/v1.js", "window.Satchel = 1;"),
        ("embed.d.ts", "declare const Satchel: 1;"),
    ] {
        std::fs::write(site.join(name), text).unwrap();
    }
    let server = place.serve();

    for path in ["/embed.js", "/embed/v1.js"] {
        let reply = server
            .get(path)
            .header("origin", "https://desk.example.com")
            .send()
            .await
            .expect(200);
        assert_eq!(reply.text(), "window.Satchel = 1;");
        for (name, value) in [
            ("content-type", "text/javascript; charset=utf-8"),
            ("cache-control", "public, max-age=3600"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("x-content-type-options", "nosniff"),
            ("vary", "Accept-Encoding"),
            ("etag", "\"0123456789abcdef-plain\""),
            ("set-cookie", ""),
        ] {
            assert_eq!(reply.header(name), value, "{path} {name}");
        }
        let known = server
            .get(path)
            .header("if-none-match", reply.header("etag"))
            .send()
            .await
            .expect(304);
        assert!(known.body.is_empty());
        assert_eq!(known.header("etag"), reply.header("etag"));
        assert_eq!(known.header("access-control-allow-origin"), "*");
        let head = server.head(path).send().await.expect(200);
        assert!(head.body.is_empty());
    }
    let small = server.get("/embed.js").header("accept-encoding", "br");
    let small = small.send().await.expect(200);
    assert_eq!(small.text(), "br");
    assert_eq!(small.header("etag"), "\"0123456789abcdef-br\"");
    let types = server.get("/embed.d.ts").send().await.expect(200);
    assert_eq!(types.header("content-type"), "text/plain; charset=utf-8");
    server.post("/embed.js").send().await.expect(405);
    server.get("/embed/v2.js").send().await.expect(404);
}

#[tokio::test]
async fn without_a_site_there_is_no_script_for_others() {
    let server = Server::fresh();

    server.get("/embed.js").send().await.expect(404);
    server.get("/embed/v1.js").send().await.expect(404);
}

#[tokio::test]
async fn of_many_those_are_changed_that_can_be() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let kept = server.upload(&anna, "a.txt", b"a note").await;
    let gone = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    let trash = |ids: &[&str]| {
        let fields: Vec<_> = ids
            .iter()
            .enumerate()
            .map(|(at, id)| (format!("ids[{at}]"), *id))
            .collect();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, id)| (name.as_str(), *id))
            .collect();
        server
            .post("/rpc/trash_assets")
            .by(&anna)
            .typed(form(&fields))
            .send()
    };

    let some = trash(&[kept["id"].as_str().unwrap(), gone])
        .await
        .expect(200)
        .json();
    let none = trash(&[gone]).await;

    assert_eq!(some["assets"].as_array().unwrap().len(), 1);
    let asset = &some["assets"][0];
    assert_eq!(
        (&asset["id"], &asset["state"]),
        (&kept["id"], &"trashed".into())
    );
    assert_eq!(some["undo"].as_array().unwrap().len(), 1);
    assert_eq!(none.expect(404).code(), "not_found");
}

#[tokio::test]
async fn doors_that_pages_call_answer_with_the_problem_they_met() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let ask = |path: &str, who: &Who| server.post(path).by(who);
    let id = form(&[("id", "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD"), ("name", "b.txt")]);

    let stranger = ask("/rpc/rename_asset", &Who::Nobody)
        .typed(id.clone())
        .send()
        .await;
    assert_eq!(stranger.expect(401).code(), "unauthenticated");
    let missing = ask("/rpc/rename_asset", &anna).typed(id).send().await;
    assert_eq!(missing.expect(404).code(), "not_found");
    let nonsense = ask("/rpc/rename_asset", &anna)
        .typed(form(&[("id", "nonsense")]))
        .send()
        .await;
    assert_eq!(nonsense.expect(400).code(), "malformed");
    ask("/rpc/nothing", &anna).send().await.expect(404);
    server.get("/rpc/rename_asset").send().await.expect(405);
}

//! Plain forms: set-up, signing in and out, and uploads without any script.

use serde_json::json;

use crate::support::{
    Part, Place, Server, files, form, multipart,
    people::{PASSWORD, Who, cookie_of},
};

fn setup_path(server: &Server) -> String {
    let link = server
        .printed
        .iter()
        .find_map(|line| line.strip_prefix("set up at "))
        .expect("a set-up link");
    link.strip_prefix(&server.url)
        .expect("our own address")
        .to_owned()
}

const FORM: [(&str, &str); 4] = [
    ("account", "Acme"),
    ("name", "Anna"),
    ("email", "anna@example.com"),
    ("password", PASSWORD),
];

#[tokio::test]
async fn a_form_is_read_as_it_was_sent() {
    let server = Server::fresh();
    let path = setup_path(&server);
    let kind = "application/x-www-form-urlencoded".to_owned();
    // As `curl -d` sends it, with nothing hidden but the address's sign.
    let password = "a#b c?d/e f 1234";
    let fields = "account=Acme&name=Anna&email=anna%40example.com&password=";
    let body = format!("{fields}{password}");

    let unread = server
        .post(&path)
        .typed(("text/plain".to_owned(), body.clone().into()));
    unread.send().await.expect(415);
    let made = server.post(&path).typed((kind, body.into())).send().await;

    assert_eq!(made.expect(303).header("location"), "/");
    let signed_in = server.try_sign_in("anna@example.com", password).await;
    assert!(cookie_of(&signed_in.expect(303)).is_some());
    let cut = server.try_sign_in("anna@example.com", "a").await;
    assert_eq!(cookie_of(&cut), None);
}

#[tokio::test]
async fn the_set_up_link_works_once() {
    let server = Server::fresh();
    let path = setup_path(&server);
    server
        .get(&path)
        .header("accept", "text/html")
        .send()
        .await
        .expect(200);

    let made = server
        .post(&path)
        .typed(form(&FORM))
        .send()
        .await
        .expect(303);
    assert_eq!(made.header("location"), "/");
    let anna = Who::Cookie(cookie_of(&made).expect("a session"));
    let me = server.reads(&anna, "/api/v1/me").await;
    assert_eq!(me["user"]["role"], "administrator");
    assert_eq!(me["rights"]["operate"], true);
    assert_eq!(me["account"]["name"], "Acme");

    let again = server
        .post(&path)
        .typed(form(&FORM))
        .send()
        .await
        .expect(303);
    assert!(again.header("location").contains("problem="), "{again:?}");
    assert_eq!(cookie_of(&again), None);
}

#[tokio::test]
async fn a_wrong_set_up_link_opens_nothing() {
    let server = Server::fresh();

    let reply = server
        .post("/setup/guessed")
        .typed(form(&FORM))
        .send()
        .await
        .expect(303);
    assert!(
        reply
            .header("location")
            .starts_with("/setup/guessed?problem=")
    );
    assert_eq!(cookie_of(&reply), None);
}

#[tokio::test]
async fn what_a_form_gets_wrong_is_told_on_its_page() {
    let server = Server::fresh();
    let path = setup_path(&server);
    let mut fields = FORM;
    fields[2].1 = "no address";

    let reply = server
        .post(&path)
        .typed(form(&fields))
        .send()
        .await
        .expect(303);
    let location = reply.header("location");
    assert!(
        location.starts_with(&format!("{path}?problem=invalid&detail=")),
        "{location}"
    );
    assert!(location.ends_with("&field=email"), "{location}");
    server
        .post(&path)
        .typed(form(&FORM))
        .send()
        .await
        .expect(303);
}

#[tokio::test]
async fn signing_in_leads_on_and_signing_out_ends_it() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let fields = [
        ("email", "Anna@Example.com"),
        ("password", PASSWORD),
        ("next", "/folders/x"),
    ];
    let reply = server
        .post("/sign-in")
        .typed(form(&fields))
        .send()
        .await
        .expect(303);
    assert_eq!(reply.header("location"), "/folders/x");
    let second = Who::Cookie(cookie_of(&reply).unwrap());

    let reply = server
        .post("/sign-out")
        .by(&second)
        .send()
        .await
        .expect(303);
    assert!(reply.header("set-cookie").contains("Max-Age=0"));
    server
        .get("/api/v1/me")
        .by(&second)
        .send()
        .await
        .expect(401);
    server.get("/api/v1/me").by(&anna).send().await.expect(200);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_read_the_same() {
    let server = Server::fresh();
    server.account("Acme");
    server
        .person("Acme", "anna@example.com", "agent", false)
        .await;

    let wrong = server
        .try_sign_in("anna@example.com", "not her password")
        .await
        .expect(303);
    let unknown = server
        .try_sign_in("zoe@example.com", "not her password")
        .await
        .expect(303);
    assert_eq!(wrong.header("location"), unknown.header("location"));
    assert!(wrong.header("location").starts_with("/sign-in?problem="));
    assert_eq!(cookie_of(&wrong), None);
}

#[tokio::test]
async fn several_files_come_by_one_form() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;
    let folder = server.folder(&anna, "Summer").await;
    let (first, second) = (files::note("first", 300), files::note("second", 400));
    let parts = [
        Part::Field("folder_id", &folder),
        Part::File("a.txt", &first),
        Part::File("b.txt", &second),
    ];

    let reply = server
        .post("/upload")
        .by(&anna)
        .typed(multipart(&parts))
        .send()
        .await;
    let reply = reply.expect(303);
    assert_eq!(
        reply.header("location"),
        format!("/folders/{folder}?uploaded=2")
    );
    let listed = server
        .reads(
            &anna,
            &format!("/api/v1/assets?folder_id={folder}&sort=name"),
        )
        .await;
    let names: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["name"])
        .collect();
    assert_eq!(names, [&json!("a.txt"), &json!("b.txt")]);
}

#[tokio::test]
async fn a_refused_file_is_told_on_the_page() {
    let server = Server::fresh();
    server.account("Acme");
    let anna = server
        .person("Acme", "anna@example.com", "agent", false)
        .await;

    let parts = [Part::File(
        "page.html",
        b"<!doctype html><script>alert(1)</script>",
    )];
    let reply = server
        .post("/upload")
        .by(&anna)
        .typed(multipart(&parts))
        .send()
        .await;
    let location = reply.expect(303).header("location").to_owned();
    assert!(location.starts_with("/?problem="), "{location}");
    let reply = server
        .post("/upload")
        .by(&anna)
        .typed(multipart(&[]))
        .send()
        .await;
    assert!(
        reply
            .expect(303)
            .header("location")
            .starts_with("/?problem=invalid")
    );
}

#[tokio::test]
async fn a_link_that_only_this_machine_can_open_says_what_to_set() {
    let server = Place::empty()
        .with(&[("SATCHEL_LISTEN", "0.0.0.0:0")])
        .serve();

    let hint = server
        .printed
        .iter()
        .find(|line| line.contains("SATCHEL_PUBLIC_URL"));
    assert!(hint.is_some(), "{:?}", server.printed);
}

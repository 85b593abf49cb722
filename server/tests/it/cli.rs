//! The command line: what it does, what it prints, which exit code answers.

use serde_json::Value;

use crate::support::{Place, Server, files, people::with_agent};

#[test]
fn help_names_the_commands_and_hides_the_inner_one() {
    let place = Place::empty();
    let said = place.run(&["--help"]);

    for command in [
        "serve", "migrate", "account", "user", "token", "doctor", "fsck", "gc", "openapi",
    ] {
        assert!(said.out.contains(&format!("\n  {command} ")), "{command}");
    }
    assert!(!said.out.contains("\n  decoder"));
    for command in ["account", "user", "token"] {
        assert!(
            place.run(&[command, "--help"]).out.contains("create"),
            "{command}"
        );
    }
}

#[test]
fn nonsense_is_answered_with_code_two() {
    let place = Place::empty();

    for arguments in [
        &["dance"][..],
        &["account", "create"],
        &["account", "set", "A", "--max-size", "video"],
        &["account", "set", "A", "--library", "maybe"],
        &["token", "create", "--account", "A", "--role", "king"],
    ] {
        assert_eq!(place.try_run(arguments, "").code, 2, "{arguments:?}");
    }
}

#[test]
fn accounts_are_made_set_and_listed() {
    let place = Place::migrated();
    place.run(&["account", "create", "Acme", "--quota", "5GB"]);
    let said = place.run(&[
        "account",
        "set",
        "Acme",
        "--quota",
        "10GiB",
        "--max-size",
        "video=2GB",
        "--max-size",
        "image=1MiB",
        "--retention",
        "60d",
        "--user-quota",
        "2GB",
        "--folder-images",
        "75",
        "--audit-retention",
        "90d",
        "--max-assets",
        "5000",
        "--library",
        "off",
        "--json",
    ]);

    let account = said.json();
    assert_eq!(account["limits"]["quota"], 10_737_418_240_u64);
    assert_eq!(account["limits"]["max_size"]["video"], 2_000_000_000_u64);
    assert_eq!(account["limits"]["max_size"]["image"], 1_048_576);
    assert_eq!(account["limits"]["max_size"]["audio"], 16_000_000);
    assert_eq!(account["limits"]["retention_days"], 60);
    assert_eq!(account["limits"]["user_quota"], 2_000_000_000_u64);
    assert_eq!(account["limits"]["folder_images"], 75);
    assert_eq!(account["limits"]["audit_days"], 90);
    assert_eq!(account["limits"]["max_assets"], 5_000);
    assert_eq!(account["library_enabled"], false);
    let listed = place.run(&["account", "list", "--json"]).json();
    assert_eq!(listed, Value::Array(vec![account]));
    let listed = place.run(&["account", "list"]).out;
    assert!(
        listed.contains("Acme") && listed.contains("folder 75 images"),
        "{listed}"
    );
}

#[test]
fn a_person_is_given_a_quota_and_has_it_taken_back() {
    let place = Place::migrated();
    place.run(&["account", "create", "Acme"]);
    let email = "anna@example.com";
    place.run(&[
        "user",
        "create",
        "--account",
        "Acme",
        "--email",
        email,
        "--role",
        "agent",
    ]);
    let quota = |quota: &str| {
        let set = ["user", "set", "--email", email, "--quota", quota, "--json"];
        place.run(&set).json()["quota"].clone()
    };

    assert_eq!(quota("5GB"), 5_000_000_000_u64);
    assert_eq!(quota("default"), Value::Null);
    let unknown = ["user", "set", "--email", "x@example.com", "--quota", "1GB"];
    assert_eq!(place.try_run(&unknown, "").code, 1);
}

#[test]
fn an_account_that_is_not_there_is_said_and_answered_with_code_one() {
    let place = Place::migrated();
    let said = place.try_run(&["account", "set", "Nobody", "--quota", "1GB"], "");

    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.starts_with("error: "), "{}", said.err);
}

#[test]
fn a_made_up_password_is_shown_once_and_a_given_one_never() {
    let place = Place::migrated();
    place.run(&["account", "create", "Acme"]);
    let create = |email: &str, more: &[&str], input: &str| {
        let mut arguments = vec![
            "user",
            "create",
            "--account",
            "Acme",
            "--email",
            email,
            "--role",
            "agent",
        ];
        arguments.extend(more);
        place.try_run(&arguments, input)
    };

    let made_up = create("anna@example.com", &["--json"], "").json();
    assert!(made_up["password"].as_str().unwrap().len() >= 12);
    assert_eq!(made_up["role"], "agent");
    let given = create(
        "ben@example.com",
        &["--password-stdin"],
        "a password of Ben's own\n",
    );
    assert_eq!(given.code, 0);
    assert!(!given.out.contains("password of Ben") && !given.out.contains("Password"));
    assert_eq!(create("cy@example.com", &["--password-stdin"], "").code, 1);
    assert_eq!(create("ben@example.com", &[], "").code, 1);
}

#[tokio::test]
async fn a_token_is_printed_alone_and_opens_a_running_server() {
    let server = Server::fresh();
    server.account("Acme");
    let said = server
        .place
        .run(&["token", "create", "--account", "Acme", "--role", "agent"]);
    let token = said.out.trim();

    assert_eq!(said.out.lines().count(), 1);
    server
        .get("/api/v1/me")
        .bearer(token)
        .send()
        .await
        .expect(200);
    let limited = server.place.run(&[
        "token",
        "create",
        "--account",
        "Acme",
        "--role",
        "administrator",
        "--scope",
        "read",
        "--json",
    ]);
    assert_eq!(limited.json()["scopes"], serde_json::json!(["read"]));
}

#[tokio::test]
async fn fsck_finds_what_is_missing_and_ends_with_code_one() {
    let (server, agent) = with_agent();
    if std::env::var("SATCHEL_TEST_BLOBS").is_ok() {
        println!("skipped: the store is not a folder");
        return;
    }
    server
        .upload(&agent, "note.txt", &files::note("fsck", 2_000))
        .await;
    let clean = server.place.run(&["fsck", "--json"]);
    assert_eq!(clean.json()["missing"], serde_json::json!([]));

    for file in server.files_in("blobs") {
        std::fs::remove_file(file).unwrap();
    }
    let broken = server.place.try_run(&["fsck", "--json"], "");
    assert_eq!(broken.code, 1);
    assert_eq!(broken.json()["missing"].as_array().unwrap().len(), 1);
    let told = server.place.try_run(&["fsck"], "");
    assert!(told.out.contains("missing: "), "{}", told.out);
}

#[test]
fn doctor_says_what_it_checked() {
    let place = Place::migrated();
    let site = place.folder().join("site");
    std::fs::create_dir_all(&site).unwrap();
    let manifest = r#"{"js":"","wasm":"","css":"","plain_css":"","late_css":""}"#;
    std::fs::write(site.join("manifest.json"), manifest).unwrap();
    let said = place.run(&["doctor", "--json"]);

    let checks = said.json();
    let names: Vec<&str> = checks
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["name"].as_str().unwrap())
        .collect();
    for name in ["database", "store", "space", "clock", "site"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(place.run(&["doctor"]).out.contains("ok  database"));

    std::fs::remove_dir_all(site).unwrap();
    let without = place.try_run(&["doctor"], "");
    // Programs need none.
    assert_eq!(without.code, 0);
    assert!(without.out.contains("note site"), "{}", without.out);
    assert!(without.out.contains("SATCHEL_SITE_DIR"), "{}", without.out);
}

#[test]
fn doctor_tells_a_database_it_cannot_reach() {
    let place = Place::empty().with(&[(
        "SATCHEL_DATABASE_URL",
        "postgres://anna:hunter2@127.0.0.1:9/satchel",
    )]);
    let said = place.try_run(&["doctor"], "");

    assert_eq!(said.code, 1);
    assert!(said.out.contains("BAD database"), "{}", said.out);
    assert!(said.out.contains("SATCHEL_DATABASE_URL"), "{}", said.out);
    assert!(!said.err.contains("hunter2") && !said.out.contains("hunter2"));
}

#[test]
fn garbage_collection_tells_what_it_removed() {
    let place = Place::migrated();
    let said = place.run(&["gc", "--json"]);

    assert_eq!(said.json()["blobs"], 0);
    assert!(place.run(&["gc"]).out.starts_with("Removed 0 files"));
}

#[test]
fn a_setting_that_makes_no_sense_is_named() {
    for (name, value, named) in [
        ("SATCHEL_PUBLIC_URL", "media.example.com/x", "public_url"),
        ("SATCHEL_TRUSTED_PROXIES", "everyone", "trusted_proxies"),
        ("SATCHEL_MEDIA_CORS_ORIGINS", "*", "media.cors_origins"),
        ("SATCHEL_LIMITS_MAX_VIDEO", "huge", "limits.max_video"),
        (
            "SATCHEL_SERVER_MAX_CONNECTIONS",
            "many",
            "SATCHEL_SERVER_MAX_CONNECTIONS",
        ),
    ] {
        let said = Place::empty()
            .with(&[(name, value)])
            .try_run(&["serve"], "");
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.err.contains(named), "{said:?}");
    }
}

#[test]
fn flags_go_over_the_environment_over_the_file() {
    let place = Place::migrated();
    let file = place.folder().join("satchel.toml");
    std::fs::write(&file, "public_url = 'nonsense'\n").unwrap();
    assert_eq!(place.try_run(&["account", "list"], "").code, 1);

    let place = place.with(&[("SATCHEL_PUBLIC_URL", "https://a.example")]);
    place.run(&["account", "list"]);
    let said = place.try_run(&["account", "list", "--public-url", "nonsense"], "");
    assert_eq!(said.code, 1);
    std::fs::write(&file, "pubic_url = 'x'\n").unwrap();
    assert!(
        place
            .try_run(&["account", "list"], "")
            .err
            .contains("pubic_url")
    );
}

#[test]
fn an_empty_database_gets_its_schema_from_whichever_command_comes_first() {
    let place = Place::empty();

    place.run(&["account", "create", "Acme"]);
    place.run(&["migrate"]);

    let accounts = place.run(&["account", "list", "--json"]).json();
    assert_eq!(accounts[0]["name"], "Acme");
}

#[tokio::test]
async fn fsck_reads_every_file_unless_it_is_to_be_quick() {
    let (server, agent) = with_agent();
    if std::env::var("SATCHEL_TEST_BLOBS").is_ok() {
        println!("skipped: the store is not a folder");
        return;
    }
    let note = files::note("fsck", 2_000);
    server.upload(&agent, "note.txt", &note).await;
    let clean = server.place.run(&["fsck", "--repair", "--json"]).json();
    assert_eq!(clean["repaired"].as_array().unwrap().len(), 0);
    for file in server.files_in("blobs") {
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&file, bytes).unwrap();
    }

    server.place.run(&["fsck", "--quick"]);
    let read = server.place.try_run(&["fsck", "--json"], "");

    assert_eq!(read.code, 1);
    assert_eq!(read.json()["mismatched"].as_array().unwrap().len(), 1);
}

//! The description of the interface: what is promised does not change unseen.

use serde_json::Value;

use crate::support::{Place, Server};

#[test]
fn the_document_is_what_was_agreed() {
    let document: Value = Place::empty().run(&["openapi"]).json();

    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test]
async fn the_server_tells_the_same_as_the_command() {
    let server = Server::fresh();
    let served = server.get("/openapi.json").send().await.expect(200);

    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.json(), server.place.run(&["openapi"]).json());
    assert!(
        served.json()["openapi"]
            .as_str()
            .unwrap()
            .starts_with("3.1")
    );
}

#[test]
fn whatever_is_referred_to_is_there() {
    let document: Value = Place::empty().run(&["openapi"]).json();
    let text = document.to_string();

    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn every_operation_is_named_by_its_verb_and_described() {
    let document: Value = Place::empty().run(&["openapi"]).json();
    let mut names = Vec::new();

    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"]
                .as_str()
                .expect("a name")
                .to_owned();
            assert!(operation["summary"].is_string(), "{method} {path}");
            assert!(operation["responses"]["401"].is_object(), "{method} {path}");
            names.push(name);
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "two operations have one name");
}

#[test]
fn pages_refer_to_what_they_hold() {
    let document: Value = Place::empty().run(&["openapi"]).json();

    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if let Some(item) = name.strip_prefix("Page_") {
            let held = schema["properties"]["items"]["items"]["$ref"].as_str();
            assert_eq!(held, Some(&*format!("#/components/schemas/{item}")));
        }
    }
}

#[test]
fn every_json_body_has_an_example_and_every_problem_its_codes() {
    let document: Value = Place::empty().run(&["openapi"]).json();
    let follow = |value: &Value| match value["$ref"].as_str() {
        Some(at) => document.pointer(at.trim_start_matches('#')).cloned(),
        None => Some(value.clone()),
    };

    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let choices = schema["oneOf"].as_array().cloned().unwrap_or_default();
            let mut bodies = choices.iter().chain([schema]).filter_map(follow);
            let is_shown = bodies.any(|body| body["examples"][0].is_object());
            assert!(schema.is_null() || is_shown, "{method} {path}");

            for (status, answer) in operation["responses"].as_object().unwrap() {
                let answer = follow(answer).expect("what is referred to");
                let words = answer["description"].as_str().unwrap_or_default();
                assert!(!words.is_empty(), "{method} {path} {status}");
            }
        }
    }
    for (name, problem) in document["components"]["responses"].as_object().unwrap() {
        let example = &problem["content"]["application/problem+json"]["example"];
        let code = example["code"].as_str().expect("a code");
        let words = problem["description"].as_str().unwrap();
        assert!(words.contains(&format!("`{code}`")), "{name}: {words}");
    }
    let tags = document["tags"].as_array().unwrap();
    let described = |name: &Value| tags.iter().any(|tag| &tag["name"] == name);
    let operations = document["paths"].as_object().unwrap().values();
    for operation in operations.flat_map(|item| item.as_object().unwrap().values()) {
        assert!(described(&operation["tags"][0]), "{operation}");
    }
}

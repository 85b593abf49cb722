//! An operation as a line for a shell.

use serde_json::Value;

use super::{fields::reference, follow};

/// The line that asks for an operation, with what the document has as examples.
pub fn line(
    document: &Value,
    url: &str,
    (method, path): (&str, &str),
    operation: &Value,
) -> String {
    let method = method.to_uppercase();
    let path = filled(document, path, operation);
    let mut words = vec!["curl -H \"Authorization: Bearer $TOKEN\"".to_owned()];
    let body = &operation["requestBody"]["content"];
    let json = &body["application/json"]["schema"];
    let is_form = body["multipart/form-data"].is_object();
    if method != "GET" && !(method == "POST" && (is_form || !json.is_null())) {
        words.push(format!("-X {method}"));
    }
    if is_form {
        words.push("-F file=@beach.jpg".to_owned());
    } else if !json.is_null() {
        words.push("-H 'Content-Type: application/json'".to_owned());
        words.push(format!("-d {}", quoted(&sample(document, json))));
    }
    if operation["responses"]["200"]["content"]["application/json"].is_null()
        && operation["responses"]["200"]["content"].is_object()
    {
        words.push("-o file".to_owned());
    }
    words.push(quoted(&format!("{url}{path}")));
    words.join(" \\\n  ")
}

/// The path with examples in place of its parameters.
fn filled(document: &Value, path: &str, operation: &Value) -> String {
    let mut filled = path.to_owned();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = follow(document, parameter);
        if parameter["in"] != "path" {
            continue;
        }
        let name = parameter["name"].as_str().unwrap_or_default();
        let schema = follow(document, &parameter["schema"]);
        let example = match &schema["examples"][0] {
            Value::Null => &schema["enum"][0],
            example => example,
        };
        let text = match example {
            Value::String(text) => text.clone(),
            _ if schema["type"] == "integer" => "1".to_owned(),
            _ => continue,
        };
        filled = filled.replace(&format!("{{{name}}}"), &text);
    }
    filled
}

/// The first example of a body; an empty one where there is none.
fn sample(document: &Value, schema: &Value) -> String {
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    let named = choices.chain([schema]).find(|one| reference(one).is_some());
    let schema = follow(document, named.unwrap_or(schema));
    match &schema["examples"][0] {
        Value::Null => "{}".to_owned(),
        example => example.to_string(),
    }
}

/// Text that a shell takes as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_has_all_that_an_operation_asks_for() {
        let document = json!({ "components": { "schemas": {
            "AssetId": { "type": "string", "examples": ["ast_1"] },
            "AssetPatch": { "examples": [{ "name": "Anna's.jpg" }] },
        } } });
        let operation = json!({
            "parameters": [{ "name": "id", "in": "path",
                "schema": { "$ref": "#/components/schemas/AssetId" } }],
            "requestBody": { "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/AssetPatch" } } } },
            "responses": { "200": { "content": { "application/json": {} } } },
        });
        let drawn = line(
            &document,
            "https://a.example",
            ("patch", "/assets/{id}"),
            &operation,
        );

        assert_eq!(
            drawn,
            "curl -H \"Authorization: Bearer $TOKEN\" \\\n  -X PATCH \\\n  \
             -H 'Content-Type: application/json' \\\n  -d '{\"name\":\"Anna'\\''s.jpg\"}' \\\n  \
             'https://a.example/assets/ast_1'"
        );
    }
}

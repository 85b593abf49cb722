//! Schemas as tables: the fields of an object with their types, rules and words.

use std::fmt::Write as _;

use serde_json::Value;

use super::text::{line, plain};

/// All that is said of a schema: its words, its values or its fields, and an example.
pub fn draw(schema: &Value) -> String {
    let mut html = String::new();
    if let Some(words) = schema["description"].as_str() {
        let _ = writeln!(html, "<p>{}</p>", line(words));
    }
    let more = schema["allOf"].as_array().into_iter().flatten();
    for name in more.filter_map(reference) {
        let _ = writeln!(html, "<p>All of {}, and:</p>", link(name));
    }
    let forms = schema["oneOf"].as_array().into_iter().flatten();
    let forms: Vec<_> = forms.filter(|form| !fields(form).is_empty()).collect();
    for (at, form) in forms.iter().enumerate() {
        let heading = if at == 0 { "Either" } else { "Or" };
        let _ = writeln!(html, "<h4>{heading}</h4>\n{}", draw(form));
    }
    match fields(schema) {
        table if !table.is_empty() => html.push_str(&table),
        _ if forms.is_empty() => {
            let _ = writeln!(html, "<p class=\"type\">{}</p>", kind(schema));
        }
        _ => {}
    }
    html.push_str(&example(schema));
    html
}

/// The table of an object's fields; nothing where it has none.
fn fields(schema: &Value) -> String {
    let mut html = String::new();
    for part in parts(schema) {
        let required = part["required"].as_array();
        for (name, field) in part["properties"].as_object().into_iter().flatten() {
            let must = required.is_some_and(|names| names.iter().any(|known| known == name));
            html.push_str(&row(name, field, must));
        }
    }
    match html.as_str() {
        "" => html,
        rows => table("Field", rows),
    }
}

/// The object itself, or those it is put together of.
fn parts(schema: &Value) -> Vec<&Value> {
    let all = schema["allOf"].as_array();
    all.map_or_else(|| vec![schema], |parts| parts.iter().collect())
}

/// A table of names and what is said of them.
pub fn table(what: &str, rows: &str) -> String {
    format!(
        "<table><thead><tr><th scope=\"col\">{what}</th><th scope=\"col\">Meaning</th></tr>\
         </thead><tbody>\n{rows}</tbody></table>\n"
    )
}

/// A line of such a table.
pub fn row(name: &str, schema: &Value, is_required: bool) -> String {
    let required = if is_required {
        " <em>required</em>"
    } else {
        ""
    };
    let words = schema["description"].as_str().map(line).unwrap_or_default();
    format!(
        "<tr><th scope=\"row\"><code>{}</code>{required}</th><td><span class=\"type\">{}</span> \
         {words}</td></tr>\n",
        plain(name),
        kind(schema)
    )
}

/// What sort of value it is, in words, with a link where it has a name.
pub fn kind(schema: &Value) -> String {
    if let Some(name) = reference(schema) {
        return link(name);
    }
    let choices = schema["oneOf"].as_array().or(schema["anyOf"].as_array());
    if let Some(choices) = choices {
        let kinds: Vec<_> = choices.iter().map(kind).collect();
        return kinds.join(" or ");
    }
    if let Some(values) = schema["enum"].as_array() {
        let words: Vec<_> = values.iter().map(value).collect();
        return words.join(", ");
    }
    if let Some(constant) = schema.get("const") {
        return value(constant);
    }
    let words = match &schema["type"] {
        Value::String(word) => named(word, schema),
        Value::Array(several) => {
            let words = several.iter().filter_map(Value::as_str);
            let words: Vec<_> = words.map(|word| named(word, schema)).collect();
            words.join(" or ")
        }
        _ => "any value".to_owned(),
    };
    format!("{words}{}", rules(schema))
}

fn named(word: &str, schema: &Value) -> String {
    match word {
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" if schema["additionalProperties"].is_object() => {
            format!("object of {}", kind(&schema["additionalProperties"]))
        }
        "string" if schema["format"] == "binary" => "file".to_owned(),
        word => plain(word),
    }
}

/// The rules of a value.
fn rules(schema: &Value) -> String {
    let mut rules = Vec::new();
    for (least, most, of) in [
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
    ] {
        match (&schema[least], &schema[most]) {
            (Value::Null, Value::Null) => {}
            (least, Value::Null) => rules.push(format!("at least {least}{of}")),
            (Value::Null, most) => rules.push(format!("at most {most}{of}")),
            (least, most) => rules.push(format!("{least} to {most}{of}")),
        }
    }
    if let Some(standard) = schema.get("default").filter(|value| !value.is_null()) {
        rules.push(format!("{} unless said", value(standard)));
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        rules.push(format!("like <code>{}</code>", plain(pattern)));
    }
    if rules.is_empty() {
        return String::new();
    }
    format!(", {}", rules.join(", "))
}

fn value(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned);
    format!("<code>{}</code>", plain(&text))
}

/// The name of the schema that another one refers to.
pub fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"]
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// A link to a schema.
fn link(name: &str) -> String {
    let name = plain(name);
    format!("<a href=\"#schema-{name}\">{name}</a>")
}

/// The first example of a schema.
fn example(schema: &Value) -> String {
    let example = match &schema["examples"][0] {
        Value::Null => &schema["example"],
        example => example,
    };
    match example {
        Value::Null => String::new(),
        example => block(&serde_json::to_string_pretty(example).unwrap_or_default()),
    }
}

/// Text as it is, in a block.
pub fn block(text: &str) -> String {
    format!("<pre><code>{}</code></pre>\n", plain(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_are_told_in_words() {
        let asset = json!({ "$ref": "#/components/schemas/Asset" });
        for (schema, words) in [
            (json!({ "type": "string" }), "string"),
            (json!({ "type": ["string", "null"] }), "string or null"),
            (
                json!({ "type": "integer", "minimum": 1, "maximum": 200 }),
                "integer, 1 to 200",
            ),
            (asset.clone(), "<a href=\"#schema-Asset\">Asset</a>"),
            (
                json!({ "oneOf": [asset, { "type": "null" }] }),
                "<a href=\"#schema-Asset\">Asset</a> or null",
            ),
            (
                json!({ "type": "string", "enum": ["a", "b"] }),
                "<code>a</code>, <code>b</code>",
            ),
        ] {
            assert_eq!(kind(&schema), words);
        }
    }
}

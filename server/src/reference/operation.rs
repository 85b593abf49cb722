//! One operation: what it does, what it takes, what it answers, and how to try it.

use std::fmt::Write as _;

use serde_json::Value;

use super::{
    curl,
    fields::{block, kind, row, table},
    follow,
    text::{line, paragraphs, plain},
};

/// An operation as the page has it.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub told: &'a Value,
}

impl Operation<'_> {
    /// What its anchor is called.
    pub fn id(&self) -> String {
        plain(self.told["operationId"].as_str().unwrap_or_default())
    }

    /// Its method and path.
    pub fn name(&self) -> String {
        let method = self.method.to_uppercase();
        format!(
            "<span class=\"method\">{method}</span> <code>{}</code>",
            plain(self.path)
        )
    }

    /// All that is said of it.
    pub fn draw(&self, document: &Value, url: &str) -> String {
        let (id, name) = (self.id(), self.name());
        let mut html = format!("<article>\n<h3 id=\"{id}\"><a href=\"#{id}\">{name}</a></h3>\n");
        for words in ["summary", "description"] {
            html.push_str(&paragraphs(self.told[words].as_str().unwrap_or_default()));
        }
        html.push_str(&self.parameters(document));
        html.push_str(&self.body());
        html.push_str(&self.answers(document));
        let line = curl::line(document, url, (self.method, self.path), self.told);
        let _ = writeln!(html, "<h4>Try it</h4>\n{}</article>", block(&line));
        html
    }

    fn parameters(&self, document: &Value) -> String {
        let mut rows = String::new();
        for parameter in self.told["parameters"].as_array().into_iter().flatten() {
            let parameter = follow(document, parameter);
            let mut said = parameter["schema"].clone();
            // What is said of the parameter goes before what is said of its type.
            if let (Some(said), Some(words)) = (said.as_object_mut(), parameter.get("description"))
            {
                said.insert("description".to_owned(), words.clone());
            }
            let name = parameter["name"].as_str().unwrap_or_default();
            rows.push_str(&row(name, &said, parameter["required"] == true));
        }
        match rows.as_str() {
            "" => rows,
            rows => format!("<h4>Parameters</h4>\n{}", table("Parameter", rows)),
        }
    }

    fn body(&self) -> String {
        let body = &self.told["requestBody"];
        let mut html = String::new();
        for (sort, content) in body["content"].as_object().into_iter().flatten() {
            let may = match body["required"].as_bool() {
                Some(true) => "",
                _ => ", which may be left out",
            };
            let (sort, kind) = (plain(sort), kind(&content["schema"]));
            let _ = writeln!(
                html,
                "<h4>Body</h4>\n<p><code>{sort}</code>: {kind}{may}.</p>"
            );
        }
        html
    }

    fn answers(&self, document: &Value) -> String {
        let mut rows = String::new();
        for (status, answer) in self.told["responses"].as_object().into_iter().flatten() {
            let answer = follow(document, answer);
            let words = line(answer["description"].as_str().unwrap_or_default());
            let content = answer["content"].as_object().into_iter().flatten();
            let kinds: Vec<_> = content
                .map(|(sort, content)| match sort.as_str() {
                    "application/json" | "application/problem+json" => kind(&content["schema"]),
                    sort => format!("<code>{}</code>", plain(sort)),
                })
                .collect();
            let _ = writeln!(
                rows,
                "<tr><th scope=\"row\"><code>{}</code></th><td><span class=\"type\">{}</span> \
                 {words}</td></tr>",
                plain(status),
                kinds.join(", ")
            );
        }
        format!("<h4>Answers</h4>\n{}", table("Status", &rows))
    }
}

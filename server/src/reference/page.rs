//! The page around the operations: what there is, by theme, and the schemas at its end.

use std::fmt::Write as _;

use serde_json::Value;

use super::{
    STYLE, fields,
    operation::Operation,
    text::{line, paragraphs, plain},
};

/// The methods of an address, in the order they are read.
const METHODS: [&str; 4] = ["get", "post", "patch", "delete"];

/// Operations of one theme.
struct Theme<'a> {
    name: &'a str,
    words: &'a str,
    operations: Vec<Operation<'a>>,
}

/// Draws the whole page.
pub fn draw(document: &Value, url: &str) -> String {
    let themes = themes(document);
    let version = plain(document["info"]["version"].as_str().unwrap_or_default());
    let intro = paragraphs(document["info"]["description"].as_str().unwrap_or_default());
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Satchel’s interface for programs</title>\n\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"{STYLE}\">\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#operations\">Skip to the operations</a>\n\
         <header><h1>Satchel’s interface for programs</h1>\n\
         <p>Version {version}. The same for machines: <a href=\"/openapi.json\">openapi.json</a>. \
         <a href=\"/\">Back to the library</a></p></header>\n"
    );
    html.push_str(&contents(&themes));
    let _ = writeln!(html, "<main id=\"operations\">\n{intro}");
    for theme in &themes {
        let (name, words) = (plain(theme.name), line(theme.words));
        let _ = writeln!(
            html,
            "<section>\n<h2 id=\"{name}\">{}</h2>\n<p>{words}</p>",
            title(&name)
        );
        for operation in &theme.operations {
            html.push_str(&operation.draw(document, url));
        }
        html.push_str("</section>\n");
    }
    html.push_str(&schemas(document));
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// The themes in the document's own order, each with its operations.
fn themes(document: &Value) -> Vec<Theme<'_>> {
    let tags = document["tags"].as_array().into_iter().flatten();
    let themes = tags.map(|tag| {
        let name = tag["name"].as_str().unwrap_or_default();
        Theme {
            name,
            words: tag["description"].as_str().unwrap_or_default(),
            operations: operations(document, name),
        }
    });
    themes.collect()
}

fn operations<'a>(document: &'a Value, theme: &str) -> Vec<Operation<'a>> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            let told = &item[method];
            if told["tags"][0] == theme {
                found.push(Operation { method, path, told });
            }
        }
    }
    found
}

/// The list that leads everywhere, shut until it is opened.
fn contents(themes: &[Theme<'_>]) -> String {
    let mut html = "<nav aria-label=\"Contents\">\n".to_owned();
    for theme in themes {
        let name = plain(theme.name);
        let _ = writeln!(
            html,
            "<details><summary>{}</summary>\n<ul>\n<li><a href=\"#{name}\">All of it</a></li>",
            title(&name)
        );
        for operation in &theme.operations {
            let (id, name) = (operation.id(), operation.name());
            let _ = writeln!(html, "<li><a href=\"#{id}\">{name}</a></li>");
        }
        html.push_str("</ul></details>\n");
    }
    html.push_str("<p><a href=\"#schemas\">Schemas</a></p>\n</nav>\n");
    html
}

/// What is sent and answered, by name.
fn schemas(document: &Value) -> String {
    let mut html = "<section>\n<h2 id=\"schemas\">Schemas</h2>\n\
                    <p>What is sent and answered, in the order of the alphabet.</p>\n"
        .to_owned();
    let schemas = document["components"]["schemas"].as_object();
    for (name, schema) in schemas.into_iter().flatten() {
        let name = plain(name);
        let drawn = fields::draw(schema);
        let _ = writeln!(
            html,
            "<article>\n<h3 id=\"schema-{name}\"><a href=\"#schema-{name}\">{name}</a></h3>\n\
             {drawn}</article>"
        );
    }
    html.push_str("</section>\n");
    html
}

/// A word as a heading.
fn title(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

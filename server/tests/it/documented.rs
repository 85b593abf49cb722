//! docs/api.md is a story too: its lines for a shell run from top to bottom, and answer as it says.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use serde_json::Value;

use crate::support::{Server, files, people::Who};

/// Lines for a shell, and what they are said to answer.
struct Block {
    /// Where in the page it begins.
    line: usize,
    script: String,
    answer: Option<Value>,
}

/// The blocks of a page, in order; JSON belongs to the lines above it.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, fence)) = lines.next() {
        let Some(language) = fence.strip_prefix("```") else {
            continue;
        };
        let inside = lines.by_ref().map(|(_, text)| text);
        let text: Vec<_> = inside.take_while(|text| *text != "```").collect();
        let text = text.join("\n");
        match language {
            "sh" => blocks.push(Block {
                line: at + 1,
                script: text,
                answer: None,
            }),
            "json" => {
                let last = blocks.last_mut().expect("lines that are answered so");
                let answer = serde_json::from_str(&text);
                last.answer = Some(answer.unwrap_or_else(|error| panic!("{at}: {error}")));
            }
            _ => {}
        }
    }
    blocks
}

/// One script of all blocks, each of which writes to a file of its own.
fn script(blocks: &[Block]) -> String {
    let mut script = "set -eu\n".to_owned();
    for Block {
        line, script: text, ..
    } in blocks
    {
        let _ = writeln!(
            script,
            "echo \"line {line}\" >&2\n{{\n{text}\n}} >{line}.out"
        );
    }
    script
}

/// Whether an answer has all that was promised, where `…` is anything.
fn keeps(promised: &Value, answer: &Value) -> bool {
    match (promised, answer) {
        (Value::Object(promised), Value::Object(answer)) => promised.iter().all(|(name, value)| {
            let found = answer.get(name);
            found.is_some_and(|found| keeps(value, found))
        }),
        (Value::Array(promised), Value::Array(answer)) => {
            let pairs = promised.iter().zip(answer);
            promised.len() <= answer.len()
                && promised.is_empty() == answer.is_empty()
                && pairs
                    .into_iter()
                    .all(|(promised, found)| keeps(promised, found))
        }
        (Value::String(promised), Value::String(answer)) => is_like(promised, answer),
        (promised, answer) => promised == answer,
    }
}

/// Whether a text begins, goes on and ends as another one, with anything where that has `…`.
fn is_like(promised: &str, text: &str) -> bool {
    let pieces: Vec<&str> = promised.split('…').collect();
    let [first, .., last] = pieces[..] else {
        return promised == text;
    };
    let middle = text
        .strip_prefix(first)
        .and_then(|rest| rest.strip_suffix(last));
    let Some(mut rest) = middle else {
        return false;
    };
    pieces[1..pieces.len() - 1].iter().all(|piece| {
        let found = rest.split_once(piece);
        rest = found.map_or("", |(_, after)| after);
        found.is_some()
    })
}

#[test]
fn the_page_of_the_interface_runs_from_top_to_bottom() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api.md");
    let blocks = blocks(&fs::read_to_string(page).unwrap());
    assert!(blocks.len() > 15, "the page has lines for a shell");
    let server = Server::fresh();
    server.account("Acme");
    let Who::Token(token) = server.token("Acme", "administrator") else {
        unreachable!("a token is a token");
    };
    let folder = server.place.folder().join("shell");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("beach.jpg"), files::sample("coffee.jpg")).unwrap();
    fs::write(folder.join("beach-2.jpg"), files::sample("rocket.jpg")).unwrap();
    fs::write(folder.join("page.sh"), script(&blocks)).unwrap();

    let done = Command::new("sh")
        .arg("page.sh")
        .current_dir(&folder)
        .env("SATCHEL", &server.url)
        .env("TOKEN", token)
        .env("no_proxy", "*")
        .output()
        .expect("a shell");

    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "docs/api.md: {said}");
    for Block { line, answer, .. } in &blocks {
        let told = fs::read_to_string(folder.join(format!("{line}.out"))).unwrap();
        if let Some(promised) = answer {
            let answer: Value = serde_json::from_str(&told)
                .unwrap_or_else(|error| panic!("docs/api.md:{line}: {error}: {told}"));
            assert!(keeps(promised, &answer), "docs/api.md:{line}: {answer:#}");
        }
    }
}

#[test]
fn every_part_of_an_answer_is_compared() {
    let promised = serde_json::json!({ "id": "ast_…", "items": [{ "name": "a…c…e" }], "gone": [] });
    let answer = |id: &str, name: &str, gone: &[u8]| serde_json::json!({ "id": id, "items": [{ "name": name, "more": 1 }], "gone": gone });

    assert!(keeps(&promised, &answer("ast_1", "abcde", &[])));
    assert!(!keeps(&promised, &answer("fld_1", "abcde", &[])));
    assert!(!keeps(&promised, &answer("ast_1", "abde", &[])));
    assert!(!keeps(&promised, &answer("ast_1", "abcde", &[1])));
    assert!(!keeps(&promised, &serde_json::json!({ "id": "ast_1" })));
}

//! Manifests of files and their verdicts, read.

use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::Value;

/// What a test must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Accept,
    AcceptInert,
    AcceptNoRendition,
    Reject,
    RejectOrInert,
    NoCrash,
}

/// One file of the corpus.
#[derive(Clone, Debug)]
pub struct Sample {
    pub path: String,
    pub class: String,
    pub sha256: String,
    pub mime: String,
    pub verdict: Verdict,
    pub expect: Value,
    file: PathBuf,
}

impl Sample {
    /// Its name without its folder.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What is in it.
    pub fn bytes(&self) -> Bytes {
        std::fs::read(&self.file)
            .expect("a file of the corpus")
            .into()
    }
}

/// The samples that lie here.
pub fn samples() -> Vec<Sample> {
    read(&here()).expect("the manifest of the samples")
}

/// All there is, where somebody says where it lies.
pub fn whole() -> Option<Vec<Sample>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let named = std::env::var_os("SATCHEL_CORPUS").map(PathBuf::from);
    read(&named.unwrap_or(beside))
}

/// Names that people and attackers give to files.
pub fn hostile_names() -> Vec<String> {
    let text = std::fs::read_to_string(here().join("file_names/names.jsonl"));
    let names: Vec<String> = text
        .expect("the list of names")
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| STANDARD.decode(line["name_b64"].as_str()?).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(!names.is_empty(), "the list of names has names");
    names
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Files of a folder that are uploads; `None` where it has no manifest.
fn read(folder: &Path) -> Option<Vec<Sample>> {
    let text = std::fs::read_to_string(folder.join("manifest.csv")).ok()?;
    let mut rows = parse(&text).into_iter();
    let head = rows.next()?;
    let column = |name: &str| {
        head.iter()
            .position(|title| title == name)
            .expect("a column")
    };
    let (path, class, sha256) = (column("path"), column("cls"), column("sha256"));
    let (mime, verdict, expect) = (column("mime"), column("verdict"), column("expect"));
    let uploads = rows.filter(|row| !matches!(row[class].as_str(), "webhooks" | "vectors"));
    Some(
        uploads
            .filter_map(|row| {
                Some(Sample {
                    file: folder.join(&row[path]),
                    path: row[path].clone(),
                    class: row[class].clone(),
                    sha256: row[sha256].clone(),
                    mime: row[mime].clone(),
                    verdict: judge(&row[verdict], &row[mime])?,
                    expect: serde_json::from_str(&row[expect]).unwrap_or_default(),
                })
            })
            .collect(),
    )
}

/// Satchel takes no SVG, so its rows count as refused, as the corpus says they may.
fn judge(verdict: &str, mime: &str) -> Option<Verdict> {
    let is_svg = mime.contains("svg");
    match verdict {
        "ACCEPT" | "ACCEPT_INERT" | "REJECT_OR_INERT" if is_svg => Some(Verdict::Reject),
        "ACCEPT" => Some(Verdict::Accept),
        "ACCEPT_INERT" => Some(Verdict::AcceptInert),
        "ACCEPT_NORENDITION" => Some(Verdict::AcceptNoRendition),
        "REJECT" => Some(Verdict::Reject),
        "REJECT_OR_INERT" => Some(Verdict::RejectOrInert),
        "NO_CRASH" => Some(Verdict::NoCrash),
        _ => None,
    }
}

/// Rows of a table with commas between and quotes where they are needed.
fn parse(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().expect("a row");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            c => row.last_mut().expect("a cell").push(c),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}

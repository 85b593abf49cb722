//! Reads the doors off the library's own source, so that none is forgotten.

use std::{fs, path::Path};

/// The names of all public verbs of the library.
#[derive(Default)]
pub struct Doors {
    pub with_actor: Vec<String>,
    pub without_actor: Vec<String>,
}

/// Finds the doors in all files of the library.
pub fn doors() -> Doors {
    let mut doors = Doors::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_folder(&folder, &mut doors);
    assert!(doors.with_actor.len() > 30, "the source is read");
    doors
}

fn read_folder(folder: &Path, doors: &mut Doors) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, doors);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read_file(&fs::read_to_string(path).unwrap(), doors);
        }
    }
}

fn read_file(source: &str, doors: &mut Doors) {
    for block in source.split("\nimpl Library {").skip(1) {
        let block = block.split("\n}").next().unwrap_or_default();
        for verb in block.split("    pub async fn ").skip(1) {
            let name: String = verb
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let signature: String = verb
                .split(" {\n")
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            if signature.contains("actor:&Actor") {
                doors.with_actor.push(name);
            } else {
                doors.without_actor.push(name);
            }
        }
    }
}

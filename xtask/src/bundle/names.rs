//! Gives what the module imports from its script short names: the long ones, each with a digest,
//! are only for people, and weigh more than many a page.

use std::collections::HashMap;

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

use crate::bundle::encode::number;

/// The name under which wasm-bindgen's script offers its functions.
const MODULE: &str = "./app_bg.js";

/// The same for browsers.
const SHORT_MODULE: &str = "a";

/// How the names of wasm-bindgen's functions begin; others are not ours to change.
const FUNCTION: &str = "__wb";

/// Shortens the names in the module and in its script.
pub fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let imports = imports(module)?;
    let names = short_names(&imports);
    let module = rename_imports(module, &imports, &names)?;
    Ok((module, rename_words(script, &names)))
}

/// The imports of a module, and where their section lies in it, head included.
struct Imports<'a> {
    section: std::ops::Range<usize>,
    entries: Vec<Entry<'a>>,
}

/// An import; `kind` is all of it that comes after its names.
struct Entry<'a> {
    module: &'a str,
    name: &'a str,
    kind: &'a [u8],
}

fn imports(module: &[u8]) -> Result<Imports<'_>> {
    let mut end = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let start = end;
        if let Some((_, range)) = payload.as_section() {
            end = usize::try_from(range.end)?;
        }
        match payload {
            Payload::Version { range, .. } => end = usize::try_from(range.end)?,
            Payload::ImportSection(section) => {
                return Ok(Imports {
                    section: start..end,
                    entries: entries(module, section, end)?,
                });
            }
            _ => {}
        }
    }
    Ok(Imports {
        section: end..end,
        entries: Vec::new(),
    })
}

fn entries<'a>(
    module: &'a [u8],
    section: wasmparser::ImportSectionReader<'a>,
    end: usize,
) -> Result<Vec<Entry<'a>>> {
    let found: Vec<_> = section
        .into_imports_with_offsets()
        .collect::<Result<_, _>>()?;
    let starts = found.iter().map(|(start, _)| usize::try_from(*start));
    let starts = starts.collect::<Result<Vec<_>, _>>()?;
    let ends = starts.iter().skip(1).copied().chain([end]);
    let entries = found.iter().zip(&starts).zip(ends);
    entries
        .map(|(((_, import), start), end)| {
            let kind = start + text(import.module).len() + text(import.name).len();
            let kind = module.get(kind..end).context("an import lies outside")?;
            let (module, name) = (import.module, import.name);
            Ok(Entry { module, name, kind })
        })
        .collect()
}

fn short_names<'a>(imports: &Imports<'a>) -> HashMap<&'a str, String> {
    let ours = imports
        .entries
        .iter()
        .filter(|it| it.module == MODULE && it.name.starts_with(FUNCTION));
    let names = ours
        .enumerate()
        .map(|(number, it)| (it.name, short_name(number)));
    let mut names: HashMap<_, _> = names.collect();
    names.insert(MODULE, SHORT_MODULE.to_owned());
    names
}

/// `a`, `b`, … `z`, `aa`, `ab`, …
fn short_name(number: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
    let last = char::from(LETTERS[number % LETTERS.len()]);
    match number / LETTERS.len() {
        0 => last.to_string(),
        rest => short_name(rest - 1) + &last.to_string(),
    }
}

fn rename_imports(
    module: &[u8],
    imports: &Imports<'_>,
    names: &HashMap<&str, String>,
) -> Result<Vec<u8>> {
    const IMPORT_SECTION: u8 = 2;
    if imports.entries.is_empty() {
        return Ok(module.to_vec());
    }
    let mut contents = Vec::new();
    number(&mut contents, u32::try_from(imports.entries.len())?);
    for Entry { module, name, kind } in &imports.entries {
        let ours = *module == MODULE;
        let short = |name: &str| match names.get(name) {
            Some(short) if ours => text(short),
            _ => text(name),
        };
        contents.extend(short(module));
        contents.extend(short(name));
        contents.extend_from_slice(kind);
    }
    let mut section = vec![IMPORT_SECTION];
    number(&mut section, u32::try_from(contents.len())?);
    section.extend(contents);
    let mut module = module.to_vec();
    module.splice(imports.section.clone(), section);
    Ok(module)
}

/// A text as WebAssembly writes it: its length, then itself.
fn text(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    number(&mut bytes, u32::try_from(text.len()).unwrap_or(u32::MAX));
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// Replaces whole words, and no part of a longer one.
fn rename_words(script: &str, names: &HashMap<&str, String>) -> String {
    let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    let module = names.get(MODULE).map_or(MODULE, String::as_str);
    let script = script.replace(&format!("\"{MODULE}\""), &format!("\"{module}\""));
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script.as_str();
    while let Some(start) = rest.find(FUNCTION) {
        let (before, at) = rest.split_at(start);
        let length = at.find(|letter| !is_of_word(letter)).unwrap_or(at.len());
        let (word, after) = at.split_at(length);
        let begins = !before.ends_with(is_of_word);
        renamed.push_str(before);
        renamed.push_str(
            names
                .get(word)
                .filter(|_| begins)
                .map_or(word, String::as_str),
        );
        rest = after;
    }
    renamed + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two functions of the script and a memory of somebody else.
    fn module() -> Vec<u8> {
        let mut contents = vec![3];
        for (module, name, kind) in [
            (MODULE, "__wbg_now_0123456789abcdef", &[0, 0][..]),
            ("env", "__wbg_now_0123456789abcdef", &[2, 0, 1][..]),
            (MODULE, "__wbindgen_throw", &[0, 0][..]),
        ] {
            contents.extend(text(module));
            contents.extend(text(name));
            contents.extend_from_slice(kind);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        number(&mut module, u32::try_from(contents.len()).unwrap());
        module.extend(contents);
        module.extend(b"\x03\x02\x01\0\x0a\x04\x01\x02\0\x0b");
        module
    }

    #[test]
    fn a_module_and_its_script_agree_on_short_names() {
        let script = "const import0 = { __wbg_now_0123456789abcdef: () => 1,\n\
                      __wbindgen_throw: (word) => wasm.__wbindgen_throw_later(word) };\n\
                      return { \"./app_bg.js\": import0 };";

        let (module, script) = shorten(&module(), script).unwrap();

        let imports = imports(&module).unwrap();
        let names: Vec<_> = imports
            .entries
            .iter()
            .map(|it| (it.module, it.name, it.kind))
            .collect();
        assert_eq!(
            names,
            [
                ("a", "a", &[0, 0][..]),
                ("env", "__wbg_now_0123456789abcdef", &[2, 0, 1][..]),
                ("a", "b", &[0, 0][..]),
            ]
        );
        assert_eq!(
            script,
            "const import0 = { a: () => 1,\nb: (word) => wasm.__wbindgen_throw_later(word) };\n\
             return { \"a\": import0 };"
        );
    }

    #[test]
    fn what_comes_after_the_imports_stays() {
        let (renamed, _) = shorten(&module(), "").unwrap();

        let sections = Parser::new(0).parse_all(&renamed);
        assert_eq!(
            sections
                .filter_map(|it| it.unwrap().as_section().map(|(id, _)| id))
                .collect::<Vec<_>>(),
            [1, 2, 3, 10]
        );
        assert!(renamed.ends_with(b"\x03\x02\x01\0\x0a\x04\x01\x02\0\x0b"));
    }

    #[test]
    fn names_are_as_short_as_they_can_be() {
        assert_eq!(
            [0, 25, 26, 27, 701, 702].map(short_name),
            ["a", "z", "aa", "ab", "zz", "aaa"]
        );
    }
}

//! What the files of a zip are called: their folders below the one they share, and no name twice.

use std::collections::HashMap;

use crate::db::{text, zips::ZipRow};

/// A path for each row, in their order.
pub(super) fn of(rows: &[ZipRow]) -> Vec<String> {
    let paths: Vec<&[String]> = rows
        .iter()
        .map(|row| row.path.as_deref().unwrap_or_default())
        .collect();
    let shared = shared(&paths);
    let mut taken = HashMap::new();
    for path in &paths {
        take_folders(&path[shared..], &mut taken);
    }
    rows.iter()
        .zip(paths)
        .map(|(row, path)| {
            let folder: String = path[shared..]
                .iter()
                .flat_map(|name| [part(name), "/".to_owned()])
                .collect();
            let name = part(row.name.as_str());
            free(&folder, &name, &mut taken)
        })
        .collect()
}

/// Lets no file be called as a folder beside it: it could not be unpacked.
fn take_folders(path: &[String], taken: &mut HashMap<String, u32>) {
    let mut folder = String::new();
    for name in path {
        folder.push_str(&part(name));
        taken.insert(text::folded(&folder), 1);
        folder.push('/');
    }
}

/// How many folders all of them lie in.
fn shared(paths: &[&[String]]) -> usize {
    let Some(first) = paths.first() else { return 0 };
    let same = |path: &&[String]| {
        let pairs = first.iter().zip(path.iter());
        pairs.take_while(|(one, other)| one == other).count()
    };
    paths.iter().map(same).min().unwrap_or(0)
}

/// A name that no system takes for more than a name.
fn part(name: &str) -> String {
    let part: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c => c,
        })
        .collect();
    match part.trim_end_matches(['.', ' ']) {
        "" => "_".to_owned(),
        part if is_device(part) => format!("_{part}"),
        part => part.to_owned(),
    }
}

/// Whether Windows takes a name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_uppercase();
    let is_numbered = |stem: &str| {
        let number = stem.strip_prefix("COM").or(stem.strip_prefix("LPT"));
        number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || is_numbered(&stem)
}

/// The first name that is free, whatever its case: `cat.jpg`, `cat (2).jpg`, …
///
/// With each name that is taken stands the last number it was given, so that thousands of one
/// name are not counted anew for each.
fn free(folder: &str, name: &str, taken: &mut HashMap<String, u32>) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let first = format!("{folder}{name}");
    let key = text::folded(&first);
    let Some(mut number) = taken.get(&key).copied() else {
        taken.insert(key, 1);
        return first;
    };
    loop {
        number += 1;
        let path = format!("{folder}{stem} ({number}){ending}");
        let other = text::folded(&path);
        if !taken.contains_key(&other) {
            taken.extend([(other, 1), (key, number)]);
            return path;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_once() {
        let mut taken = HashMap::new();
        let names = ["cat.jpg", "CAT.jpg", "cat.jpg", ".env", ".env"];
        let free: Vec<_> = names
            .iter()
            .map(|name| free("Pets/", name, &mut taken))
            .collect();

        assert_eq!(
            free,
            [
                "Pets/cat.jpg",
                "Pets/CAT (2).jpg",
                "Pets/cat (3).jpg",
                "Pets/.env",
                "Pets/.env (2)"
            ]
        );
    }

    #[test]
    fn thousands_of_one_name_are_quickly_named() {
        let mut taken = HashMap::new();
        let mut lengths = 0;
        for _ in 0..10_000 {
            lengths += free("", "image.png", &mut taken).len();
        }

        assert_eq!(taken.len(), 10_000);
        assert_eq!(free("", "image.png", &mut taken), "image (10001).png");
        assert!(lengths > 150_000);
    }

    #[test]
    fn no_name_leads_out_of_its_folder() {
        assert_eq!(part("a/../b"), "a_.._b");
        assert_eq!(part("..."), "_");
        assert_eq!(part("C:x?.jpg"), "C_x_.jpg");
        assert_eq!(part("con.jpg"), "_con.jpg");
        assert_eq!(part("LPT1"), "_LPT1");
        assert_eq!(part("console.jpg"), "console.jpg");
    }

    #[test]
    fn folders_that_all_share_are_left_out() {
        let path = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (one, two) = (path(&["Trips", "Summer"]), path(&["Trips", "Winter"]));

        assert_eq!(shared(&[&one, &two]), 1);
        assert_eq!(shared(&[&one, &one]), 2);
        assert_eq!(shared(&[&one, &[]]), 0);
    }
}

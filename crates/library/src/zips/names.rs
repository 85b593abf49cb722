//! What the files of a zip are called: their folders below the one they share, and no name twice.

use std::collections::HashSet;

use crate::db::{text, zips::ZipRow};

/// A path for each row, in their order.
pub(super) fn of(rows: &[ZipRow]) -> Vec<String> {
    let paths: Vec<&[String]> = rows
        .iter()
        .map(|row| row.path.as_deref().unwrap_or_default())
        .collect();
    let shared = shared(&paths);
    let mut taken = HashSet::new();
    rows.iter()
        .zip(paths)
        .map(|(row, path)| {
            let folder: String = path[shared..]
                .iter()
                .map(|name| format!("{}/", part(name)))
                .collect();
            let name = part(row.name.as_str());
            free(&folder, &name, &mut taken)
        })
        .collect()
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
        part => part.to_owned(),
    }
}

/// The first name that is free, whatever its case: `cat.jpg`, `cat (2).jpg`, …
fn free(folder: &str, name: &str, taken: &mut HashSet<String>) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut path = format!("{folder}{name}");
    let mut number = 1_u32;
    while !taken.insert(text::folded(&path)) {
        number += 1;
        path = format!("{folder}{stem} ({number}){ending}");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_once() {
        let mut taken = HashSet::new();
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
    fn no_name_leads_out_of_its_folder() {
        assert_eq!(part("a/../b"), "a_.._b");
        assert_eq!(part("..."), "_");
        assert_eq!(part("C:x?.jpg"), "C_x_.jpg");
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

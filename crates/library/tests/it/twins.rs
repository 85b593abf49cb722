//! Migrations are pairs: the same names for both databases.

use std::{collections::BTreeSet, path::Path};

fn names(dialect: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    std::fs::read_dir(folder.join(dialect))
        .expect("a folder for each database")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn every_migration_has_its_twin() {
    let sqlite = names("sqlite");

    assert_eq!(sqlite, names("postgres"));
    let numbers: BTreeSet<_> = sqlite.iter().map(|name| &name[..4]).collect();
    assert_eq!(
        numbers.len(),
        sqlite.len(),
        "two share a number: {sqlite:?}"
    );
    assert!(numbers.iter().all(|number| number.parse::<u16>().is_ok()));
}

#[test]
fn every_migration_says_why() {
    for dialect in ["sqlite", "postgres"] {
        for name in names(dialect) {
            let file = format!(
                "{}/../../migrations/{dialect}/{name}",
                env!("CARGO_MANIFEST_DIR")
            );
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.starts_with("-- "), "{file} opens with its reason");
        }
    }
}

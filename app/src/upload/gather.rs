//! What a dropped or chosen folder brings: which files are taken, and what is left out by name.

use model::{Kind, Limits};

use super::{item::FileFacts, verdict::seeming_kind};

/// A file as it was found, with its path when it lay in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub facts: FileFacts,
    /// Such as `Summer/2026/beach.jpg`; absent for a file that was dropped by itself.
    pub relative_path: Option<String>,
}

impl Found {
    /// The dropped folder it came with.
    pub fn folder(&self) -> Option<&str> {
        let path = self.relative_path.as_deref()?;
        path.split_once('/').map(|(folder, _)| folder)
    }
}

/// Images that one folder brought beyond the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub folder: String,
    pub names: Vec<String>,
}

/// What is taken, by its place in what was found, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    pub taken: Vec<usize>,
    /// Files that systems hide in folders; nobody means to upload them.
    pub hidden: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// Applies the rules about folders to what was found.
///
/// Files that were dropped by themselves are always taken.
pub fn gather(found: &[Found], limits: &Limits) -> Gathered {
    let mut gathered = Gathered::default();
    let mut images: Vec<(&str, u32)> = Vec::new();
    for (at, file) in found.iter().enumerate() {
        let Some(folder) = file.folder() else {
            gathered.taken.push(at);
            continue;
        };
        if is_hidden(file) {
            gathered.hidden.push(path_of(file));
            continue;
        }
        if seeming_kind(&file.facts, limits) != Some(Kind::Image)
            || has_room(&mut images, folder, limits.folder_images)
        {
            gathered.taken.push(at);
        } else {
            gathered.leave_out(folder, path_of(file));
        }
    }
    gathered
}

impl Gathered {
    fn leave_out(&mut self, folder: &str, name: String) {
        match self.left_out.iter_mut().find(|left| left.folder == folder) {
            Some(left) => left.names.push(name),
            None => self.left_out.push(LeftOut {
                folder: folder.to_owned(),
                names: vec![name],
            }),
        }
    }
}

fn has_room<'a>(images: &mut Vec<(&'a str, u32)>, folder: &'a str, most: u32) -> bool {
    let at = images
        .iter()
        .position(|(name, _)| *name == folder)
        .unwrap_or_else(|| {
            images.push((folder, 0));
            images.len() - 1
        });
    let count = &mut images[at].1;
    *count += 1;
    *count <= most
}

fn path_of(file: &Found) -> String {
    file.relative_path
        .clone()
        .unwrap_or_else(|| file.facts.name.clone())
}

/// Whether systems put the file there and not a person, or a folder on its path is hidden.
fn is_hidden(file: &Found) -> bool {
    path_of(file).split('/').skip(1).any(|part| {
        part.starts_with('.')
            || matches!(
                part.to_lowercase().as_str(),
                "thumbs.db" | "desktop.ini" | "ehthumbs.db" | "__macosx" | "icon\r"
            )
    })
}

/// The dropped folders, each once, in the order they were met.
pub fn folders(found: &[Found]) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    for folder in found.iter().filter_map(Found::folder) {
        if !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::verdict::tests::{facts, limits};

    fn found(path: &str) -> Found {
        let name = path.rsplit('/').next().unwrap();
        Found {
            facts: facts(name, "", 10),
            relative_path: path.contains('/').then(|| path.to_owned()),
        }
    }

    #[test]
    fn a_folder_brings_at_most_so_many_images_and_names_the_rest() {
        let mut files: Vec<Found> = (0..120)
            .map(|number| found(&format!("Summer/{number:03}.jpg")))
            .collect();
        files.push(found("Summer/film.mp4"));

        let gathered = gather(&files, &limits());

        assert_eq!(gathered.taken.len(), 51, "50 images and the film");
        assert_eq!(gathered.left_out[0].folder, "Summer");
        assert_eq!(gathered.left_out[0].names.len(), 70);
        assert_eq!(gathered.left_out[0].names[0], "Summer/050.jpg");
    }

    #[test]
    fn the_rule_counts_each_dropped_folder_and_no_single_files() {
        let mut files: Vec<Found> = Vec::new();
        for number in 0..60 {
            files.push(found(&format!("A/{number}.jpg")));
            files.push(found(&format!("B/{number}.jpg")));
            files.push(found(&format!("{number}.jpg")));
        }

        let gathered = gather(&files, &limits());

        assert_eq!(gathered.taken.len(), 50 + 50 + 60);
        assert_eq!(gathered.left_out.len(), 2);
    }

    #[test]
    fn hidden_files_are_skipped_and_named() {
        let files = [
            "S/.DS_Store",
            "S/Thumbs.db",
            "S/.git/config",
            "S/a.jpg",
            ".env",
        ]
        .map(found);

        let gathered = gather(&files, &limits());

        assert_eq!(gathered.taken, [3, 4], "a file dropped by itself is meant");
        assert_eq!(
            gathered.hidden,
            ["S/.DS_Store", "S/Thumbs.db", "S/.git/config"]
        );
    }

    #[test]
    fn folders_are_named_once() {
        let files = ["B/1.jpg", "A/x/2.jpg", "B/3.jpg", "4.jpg"].map(found);

        assert_eq!(folders(&files), ["B", "A"]);
    }
}

//! A disk that stories take away from a server: it is full, fails, or loses its power.
//!
//! A small library in C (`disk.c`) stands between the program and the system's own; it is compiled
//! here, by the compiler that Rust links with, and needs no rights that a newcomer lacks.

use std::{
    collections::HashMap,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use super::Place;

/// A disk under a place's servers and commands.
pub struct Disk {
    folder: TempDir,
}

/// What would be there if the power went at a moment.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Files as they were when they were last synced, by number.
    files: HashMap<u64, Vec<u8>>,
    /// Names as they were when their folder was last synced, by the folder's number.
    folders: HashMap<u64, Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    number: u64,
    is_folder: bool,
    name: String,
}

impl Place {
    /// The same place on a disk.
    pub fn on(self, disk: &Disk) -> Self {
        let path = |name: &str| disk.path(name).display().to_string();
        self.with(&[
            ("LD_PRELOAD", &path("disk.so")),
            ("DISK_FAULT", &path("fault")),
        ])
    }

    /// The same place on a disk that writes down what it keeps.
    pub fn watched_by(self, disk: &Disk) -> Self {
        let log = disk.path("log").display().to_string();
        self.on(disk).with(&[("DISK_LOG", &log)])
    }
}

impl Disk {
    /// A disk with nothing wrong.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("satchel-disk-").expect("a temporary folder");
        let disk = Self { folder };
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/disk.c");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-pthread", "-o"])
            .arg(disk.path("disk.so"))
            .args([source, "-ldl"])
            .status();
        assert!(compiled.expect("cc runs").success());
        disk
    }

    /// From now on there is no room where a path begins like this.
    pub fn fill(&self, path: &Path) {
        self.suffer("full", path);
    }

    /// There is room again.
    pub fn make_room(&self) {
        fs::remove_file(self.path("fault")).expect("the disk was full");
    }

    /// The next sync fails where a path begins like this.
    pub fn fail_once(&self, path: &Path) {
        self.suffer("failing", path);
    }

    /// Whoever syncs next where a path begins like this is killed just before.
    pub fn kill_before(&self, path: &Path) {
        self.suffer("before", path);
    }

    /// Whoever syncs next where a path begins like this is killed just after.
    pub fn kill_after(&self, path: &Path) {
        self.suffer("after", path);
    }

    /// Whether what was to happen at a sync has happened.
    pub fn has_failed(&self) -> bool {
        !self.path("fault").exists()
    }

    /// What would be there had the power gone just when the server began to say "yes", for each time
    /// it did.
    pub fn at_each_yes(&self) -> Vec<Kept> {
        let log = fs::read(self.path("log")).expect("the disk was watched");
        let (mut kept, mut moments) = (Kept::default(), Vec::new());
        let mut rest = &log[..];
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let head = std::str::from_utf8(&rest[..end]).expect("a head");
            let mut words = head.split(' ');
            let (what, mut numbers) = (words.next(), words.map(|word| word.parse().unwrap()));
            let (number, length) = (numbers.next().unwrap(), numbers.next().unwrap());
            let length = usize::try_from(length).expect("a length");
            // Who was killed in the middle of a record has said nothing after it.
            let Some(body) = rest[end + 1..].get(..length) else {
                break;
            };
            rest = &rest[end + 1 + length..];
            match what {
                Some("f") => drop(kept.files.insert(number, body.to_owned())),
                Some("d") => drop(kept.folders.insert(number, names(body))),
                _ => moments.push(kept.clone()),
            }
        }
        moments
    }

    fn suffer(&self, fault: &str, path: &Path) {
        // Under its name all at once: the server looks at any moment.
        let told = format!("{fault} {}", path.display());
        fs::write(self.path("fault.new"), told).expect("a note");
        fs::rename(self.path("fault.new"), self.path("fault")).expect("a name");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Kept {
    /// Puts what was kept of a folder that had been there before into an empty one.
    pub fn restore(&self, from: &Path, to: &Path) {
        let number = fs::metadata(from).expect("the folder").ino();
        self.fill(number, to);
    }

    fn fill(&self, folder: u64, to: &Path) {
        for entry in self.folders.get(&folder).into_iter().flatten() {
            let path = to.join(&entry.name);
            if entry.is_folder {
                fs::create_dir(&path).expect("a folder");
                self.fill(entry.number, &path);
                continue;
            }
            // A name whose file was never synced leads to nothing.
            let bytes = self.files.get(&entry.number);
            fs::write(&path, bytes.map_or(&[][..], Vec::as_slice)).expect("a file");
        }
    }
}

fn names(lines: &[u8]) -> Vec<Entry> {
    let lines = std::str::from_utf8(lines).expect("names of ours");
    let name = |line: &str| {
        let mut words = line.splitn(3, ' ');
        Some(Entry {
            number: words.next()?.parse().ok()?,
            is_folder: words.next()? == "d",
            name: words.next()?.to_owned(),
        })
    };
    lines.lines().map(|line| name(line).unwrap()).collect()
}

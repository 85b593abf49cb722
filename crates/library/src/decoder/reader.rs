//! A file read by position: the parent's own place in it must not move.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    os::unix::fs::FileExt,
};

/// How much is read ahead; probing makes many short reads.
const WINDOW: usize = 16 * 1024;

/// A file with a place of its own, which remembers whether the disk failed.
pub(super) struct Reader {
    file: File,
    len: u64,
    at: u64,
    window: Vec<u8>,
    window_at: u64,
    /// The first error that was not the end of the file.
    pub failed: Option<String>,
}

impl Reader {
    /// A reader from the start of the file.
    pub(super) fn new(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self {
            file,
            len,
            at: 0,
            window: Vec::new(),
            window_at: 0,
            failed: None,
        })
    }

    fn read_file(&mut self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        self.file.read_at(buffer, at).inspect_err(|error| {
            if error.kind() != io::ErrorKind::Interrupted {
                self.failed.get_or_insert_with(|| error.to_string());
            }
        })
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.len() >= WINDOW {
            let read = self.read_file(buffer, self.at)?;
            self.at += read as u64;
            return Ok(read);
        }
        let inside = self
            .at
            .checked_sub(self.window_at)
            .and_then(|skip| usize::try_from(skip).ok());
        let mut rest = inside
            .and_then(|skip| self.window.get(skip..))
            .unwrap_or_default();
        if rest.is_empty() {
            let mut window = std::mem::take(&mut self.window);
            window.resize(WINDOW, 0);
            let read = self.read_file(&mut window, self.at)?;
            window.truncate(read);
            (self.window, self.window_at) = (window, self.at);
            rest = &self.window;
        }
        let read = rest.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn short_and_long_reads_see_the_same_bytes() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|i| i.to_le_bytes()[0]).collect();
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&bytes).expect("written");
        let mut reader = Reader::new(file).expect("a reader");
        let mut four = [0; 4];
        for at in [0, 50_000, 16_380, 50_002, 99_996] {
            reader.seek(SeekFrom::Start(at)).expect("a place");
            reader.read_exact(&mut four).expect("four bytes");
            let at = usize::try_from(at).expect("small");
            assert_eq!(four, bytes[at..at + 4]);
        }
        reader.rewind().expect("the start");
        let mut all = Vec::new();
        reader.read_to_end(&mut all).expect("all");
        assert_eq!(all, bytes);
        assert_eq!(reader.failed, None);
    }
}

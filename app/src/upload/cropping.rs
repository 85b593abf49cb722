//! Cropping pictures before they go up: the part that is kept goes in the place of the whole.

use leptos::prelude::*;
use web_sys::File;

use super::{
    hands,
    item::{Cropping, ItemId, Made, Sending},
    uploads::{Notice, Uploads},
    verdict::extension,
};

impl Uploads {
    /// Stops a picture where it is and opens the editor on it.
    pub(super) fn crop(self, id: ItemId) {
        let goes_on = self
            .queue
            .with_untracked(|queue| queue.find(id).is_some_and(|item| item.state.is_going()));
        if goes_on {
            self.pause(id);
        }
        self.open(Some(Cropping { id, goes_on }));
    }

    /// Lets pictures wait for the editor, which opens on one after another.
    pub(super) fn crop_first(self, ids: &[ItemId]) {
        let wanted: Vec<_> = self.queue.with_untracked(|queue| {
            let can = |id: &ItemId| queue.find(*id).is_some_and(|item| item.actions().crop);
            ids.iter().copied().filter(can).collect()
        });
        for id in &wanted {
            self.queue.update(|queue| queue.pause(*id));
        }
        hands::with(|hands| hands.to_crop.extend(wanted));
        if self.cropped().is_none() {
            self.crop_next();
        }
    }

    fn crop_next(self) {
        let next = hands::with(|hands| hands.to_crop.pop_front());
        let next = next.map(|id| Cropping { id, goes_on: false });
        self.open(next);
    }

    fn open(self, cropping: Option<Cropping>) {
        self.queue.update(|queue| queue.cropping = cropping);
    }

    fn cropped(self) -> Option<Cropping> {
        self.queue.with_untracked(|queue| queue.cropping)
    }

    /// A file that is not there yet.
    pub(crate) fn file(id: ItemId) -> Option<File> {
        hands::file(id)
    }

    /// Whether a file only waits for a person, and would be taken as it is.
    pub(crate) fn is_paused(self, id: ItemId) -> bool {
        let is_paused = |item: &super::item::Item| matches!(item.state, Sending::Paused { .. });
        self.queue
            .with_untracked(|queue| queue.find(id).is_some_and(is_paused))
    }

    /// Leaves the editor: all is as it was before.
    pub(crate) fn leave_crop(self) {
        hands::with(|hands| hands.to_crop.clear());
        let left = self.cropped();
        self.open(None);
        if let Some(left) = left.filter(|left| left.goes_on) {
            self.resume(left.id);
        }
    }

    /// Lets a picture go up as it is, and goes on to the next that waits for the editor.
    pub(crate) fn send_whole(self, id: ItemId) {
        self.resume(id);
        self.crop_next();
    }

    /// Sends the part of a picture in its place, and goes on to the next that waits for the editor.
    pub(crate) fn send_cropped(self, id: ItemId, part: File) {
        self.replace(id, part, Made::Cropped);
        self.foresee(vec![id]);
        self.crop_next();
    }

    /// The editor cannot open a picture: says so, and lets it be as it was.
    pub(crate) fn cannot_crop(self, id: ItemId) {
        let name = self
            .queue
            .with_untracked(|queue| queue.find(id).map(|item| item.facts.name.clone()));
        if let Some(name) = name {
            self.tell(Notice::NotCropped(name));
        }
        let left = self.cropped();
        if left.is_some_and(|left| left.goes_on) {
            self.resume(id);
        }
        self.crop_next();
    }
}

/// The media type that the part of a picture is encoded in: its own.
pub fn target_type(name: &str, media_type: &str) -> &'static str {
    match extension(name).as_str() {
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        _ => match media_type {
            "image/png" => "image/png",
            "image/webp" => "image/webp",
            _ => "image/jpeg",
        },
    }
}

/// Whether the head of a PNG or a WebP says that it is an animation.
pub fn moves(head: &[u8]) -> bool {
    const ANIMATED: u8 = 2;
    let is_webp = head.starts_with(b"RIFF") && head.get(8..16) == Some(b"WEBPVP8X");
    let is_png = head.starts_with(b"\x89PNG");
    (is_webp && head.get(20).is_some_and(|flags| flags & ANIMATED != 0))
        || (is_png && has_control(head))
}

/// Whether a PNG has the chunk of an animation before its picture.
fn has_control(head: &[u8]) -> bool {
    let mut at = 8_usize;
    while let Some(chunk) = head.get(at..at.saturating_add(8)) {
        match &chunk[4..] {
            b"acTL" => return true,
            b"IDAT" => return false,
            _ => {}
        }
        let length = u32::from_be_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        at = at.saturating_add(length).saturating_add(12);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_the_format_of_the_whole() {
        assert_eq!(target_type("Beach.PNG", ""), "image/png");
        assert_eq!(target_type("beach.jpeg", "image/jpeg"), "image/jpeg");
        assert_eq!(target_type("pasted", "image/webp"), "image/webp");
    }

    #[test]
    fn an_animation_is_known_by_its_head() {
        let png = |kind: &[u8; 4]| {
            let header = b"\x89PNG\r\n\x1a\n\0\0\0\x02IHDRac\0\0\0\0\0\0\0\x08";
            [header.as_slice(), kind, b"...."].concat()
        };
        assert!(moves(&png(b"acTL")));
        assert!(!moves(&png(b"IDAT")), "what only reads like it is none");
        let webp = |flags: u8| [b"RIFF....WEBPVP8X....".as_slice(), &[flags, 0, 0, 0]].concat();
        assert!(moves(&webp(0x12)));
        assert!(!moves(&webp(0x10)));
        assert!(!moves(b""));
    }
}

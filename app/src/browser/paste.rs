//! Names for what is pasted: the clipboard calls every picture `image.png`.

use js_sys::Date;
use web_sys::File;

use super::files::{self, LocalFile};
use crate::text::Text;

/// Pasted files under names that tell them apart.
pub fn named(pasted: Vec<File>, text: &Text) -> Vec<LocalFile> {
    let now = Date::new_0();
    let minute = format!(
        "{}-{:02}-{:02} {:02}.{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date(),
        now.get_hours(),
        now.get_minutes(),
    );
    let mut count = 0;
    pasted
        .into_iter()
        .map(|file| {
            if has_own_name(&file.name()) {
                return LocalFile::new(file, None);
            }
            count += 1;
            let name = pasted_name(text, &file.type_(), &minute, count);
            let renamed = files::renamed(&file, &name, &file.type_()).unwrap_or(file);
            LocalFile::new(renamed, None)
        })
        .collect()
}

fn has_own_name(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    !matches!(stem, "" | "image" | "blob")
}

/// Such as `Pasted image 2026-11-21 10.12.png`.
fn pasted_name(text: &Text, media_type: &str, minute: &str, count: u32) -> String {
    let words = &text.browse;
    let (what, subtype) = match media_type.split_once('/') {
        Some(("image", subtype)) => (words.pasted_image, subtype),
        Some((_, subtype)) => (words.pasted_file, subtype),
        None => (words.pasted_file, ""),
    };
    let ending = match subtype {
        "jpeg" => ".jpg".to_owned(),
        "" => String::new(),
        _ => format!(".{subtype}"),
    };
    match count {
        1 => format!("{what} {minute}{ending}"),
        _ => format!("{what} {minute} ({count}){ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{ENGLISH, PORTUGUESE};

    #[test]
    fn pasted_pictures_are_named_after_their_minute() {
        let minute = "2026-11-21 10.12";

        assert_eq!(
            pasted_name(&ENGLISH, "image/png", minute, 1),
            "Pasted image 2026-11-21 10.12.png"
        );
        assert_eq!(
            pasted_name(&PORTUGUESE, "image/jpeg", minute, 2),
            "Imagem colada 2026-11-21 10.12 (2).jpg"
        );
    }

    #[test]
    fn files_keep_names_of_their_own() {
        assert!(has_own_name("beach.png"));
        assert!(!has_own_name("image.png"));
    }
}

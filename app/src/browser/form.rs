//! Forms that bring a file, built without reading it.

use js_sys::{Array, Math};
use leptos::{html::Input, prelude::*};
use web_sys::{Blob, File};

/// A form with one file, and its media type.
pub fn with_file(file: &File) -> Option<(Blob, String)> {
    let boundary = format!("----satchel{}", Math::random().to_bits());
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n"
    );
    let parts = Array::of3(
        &head.into(),
        file,
        &format!("\r\n--{boundary}--\r\n").into(),
    );
    let body = Blob::new_with_blob_sequence(&parts).ok()?;
    Some((body, format!("multipart/form-data; boundary={boundary}")))
}

/// Whether a file is chosen.
pub fn has_file(input: NodeRef<Input>) -> bool {
    let files = input.get_untracked().and_then(|input| input.files());
    files.is_some_and(|files| files.length() > 0)
}

/// The one file that was chosen; the same can be chosen once more.
pub fn take_file(input: NodeRef<Input>) -> Option<File> {
    let input = input.try_get_untracked().flatten()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

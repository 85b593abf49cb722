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

/// The one file that was chosen; the same can be chosen once more.
pub fn take_file(input: NodeRef<Input>) -> Option<File> {
    let input = input.get_untracked()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

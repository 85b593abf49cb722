//! The digest of a file, where the browser can tell it.

use js_sys::{Object, Reflect, Uint8Array};
use model::Sha256;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, SubtleCrypto, window};

/// The SHA-256 of a small file; absent where the browser does not tell, as without `https`.
pub async fn sha256(file: &File) -> Option<Sha256> {
    let crypto = window()?.crypto().ok()?;
    let subtle: SubtleCrypto = Reflect::get(&crypto, &"subtle".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes: Object = bytes.dyn_into().ok()?;
    let digest = subtle
        .digest_with_str_and_buffer_source("SHA-256", &bytes)
        .ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Uint8Array::new(&digest)
        .to_vec()
        .try_into()
        .ok()
        .map(Sha256)
}

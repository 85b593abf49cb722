//! The protocol's headers, read and written.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::{Engine, engine::general_purpose::STANDARD};
use library::uploads::Checksum;
use model::{Asset, ByteSize, Problem, Timestamp, Upload};

use crate::media::conditional::http_date;

/// The version spoken here.
pub const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

pub const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const UPLOAD_DEFER_LENGTH: HeaderName = HeaderName::from_static("upload-defer-length");
pub const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
pub const UPLOAD_CONCAT: HeaderName = HeaderName::from_static("upload-concat");
pub const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// The asset that an upload became.
pub const ASSET_ID: HeaderName = HeaderName::from_static("satchel-asset-id");

/// The text of a header; one that is not ASCII cannot be understood.
pub fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    headers
        .get(name)
        .map(|value| value.to_str().map(str::trim))
        .transpose()
        .map_err(|_| Problem::malformed(format!("`{name}` cannot be read.")))
}

/// An amount of bytes in a header.
pub fn size(headers: &HeaderMap, name: &HeaderName) -> Result<Option<ByteSize>, Problem> {
    let Some(text) = text(headers, name)? else {
        return Ok(None);
    };
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse::<u64>()
        .ok()
        .filter(|_| digits)
        .and_then(|bytes| ByteSize::try_from(bytes).ok())
        .map(Some)
        .ok_or_else(|| Problem::malformed(format!("`{name}` is not a number of bytes.")))
}

/// The digest the client sent along.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Problem> {
    let Some(text) = text(headers, &UPLOAD_CHECKSUM)? else {
        return Ok(None);
    };
    let malformed =
        || Problem::malformed("`Upload-Checksum` is an algorithm and a digest in Base64.");
    let (algorithm, digest) = text.split_once(' ').ok_or_else(malformed)?;
    let digest = STANDARD.decode(digest.trim()).map_err(|_| malformed())?;
    let checksum = match algorithm {
        "sha1" => digest.try_into().map(Checksum::Sha1),
        "sha256" => digest.try_into().map(Checksum::Sha256),
        _ => {
            return Err(Problem::malformed(
                "Checksums are taken by `sha1` and `sha256`.",
            ));
        }
    };
    checksum.map(Some).map_err(|_| malformed())
}

/// A number as a header's value.
pub fn number(size: ByteSize) -> HeaderValue {
    HeaderValue::from(size.as_u64())
}

/// Says when an upload that is not finished is given up.
pub fn expiry(headers: &mut HeaderMap, upload: &Upload) {
    let moment: Timestamp = upload.expires_at;
    if upload.asset_id.is_none() {
        headers.insert(UPLOAD_EXPIRES, http_date(moment));
    }
}

/// Says which asset an upload became.
pub fn became(headers: &mut HeaderMap, upload: &Upload, asset: Option<&Asset>) {
    let id = asset.map(|asset| asset.id).or(upload.asset_id);
    if let Some(value) = id.and_then(|id| HeaderValue::from_str(&id.to_string()).ok()) {
        headers.insert(ASSET_ID, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn an_amount_of_bytes_is_digits_only() {
        let read = |text| size(&headers(UPLOAD_OFFSET, text), &UPLOAD_OFFSET);

        assert_eq!(read("42"), Ok(Some(ByteSize::bytes(42))));
        for text in [
            "-1",
            "+1",
            "1.5",
            "",
            "0x10",
            "99999999999999999999",
            "9223372036854775808",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_checksum_names_its_algorithm() {
        let read = |text| checksum(&headers(UPLOAD_CHECKSUM, text));

        assert!(matches!(
            read("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="),
            Ok(Some(Checksum::Sha1(_)))
        ));
        for text in [
            "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
            "sha1 AAAA",
            "sha1",
            "sha256 !",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

//! `Upload-Metadata`: what a client says about a file, in pairs of a key and Base64.

use std::collections::HashMap;

use axum::http::HeaderMap;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use model::{FileName, Problem, UploadMetadata, tag::clean_tags};

use super::headers::{UPLOAD_CONCAT, UPLOAD_METADATA, text};

/// Reads the metadata of a request; keys that mean nothing here are only given back.
pub fn read(headers: &HeaderMap) -> Result<UploadMetadata, Problem> {
    let raw = text(headers, &UPLOAD_METADATA)?.map(ToOwned::to_owned);
    let pairs = pairs(raw.as_deref().unwrap_or_default())?;
    let get = |key: &str| {
        pairs
            .get(key)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    };
    Ok(UploadMetadata {
        name: get("filename").map(FileName::clean),
        filetype: get("filetype").map(ToOwned::to_owned),
        folder_id: get("folder_id")
            .map(str::parse)
            .transpose()
            .map_err(|_| Problem::not_found())?,
        relative_path: get("relative_path").map(ToOwned::to_owned),
        tags: clean_tags(get("tags").unwrap_or_default().split(','))?,
        concat: text(headers, &UPLOAD_CONCAT)?.map(ToOwned::to_owned),
        raw,
        ..UploadMetadata::default()
    })
}

fn pairs(text: &str) -> Result<HashMap<String, String>, Problem> {
    let malformed =
        || Problem::malformed("`Upload-Metadata` is pairs of a key and a value in Base64.");
    let mut pairs = HashMap::new();
    for pair in text
        .split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
    {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let bytes = decode(value.trim()).ok_or_else(malformed)?;
        let value = String::from_utf8(bytes).map_err(|_| malformed())?;
        let key_is_new = pairs.insert(key.to_owned(), value).is_none();
        if !key.is_ascii() || !key_is_new {
            return Err(malformed());
        }
    }
    Ok(pairs)
}

fn decode(value: &str) -> Option<Vec<u8>> {
    STANDARD
        .decode(value)
        .or_else(|_| STANDARD_NO_PAD.decode(value))
        .ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn metadata(text: &str) -> Result<UploadMetadata, Problem> {
        let value = HeaderValue::from_str(text).unwrap();
        read(&HeaderMap::from_iter([(UPLOAD_METADATA, value)]))
    }

    fn pair(key: &str, value: &str) -> String {
        format!("{key} {}", STANDARD.encode(value))
    }

    #[test]
    fn what_a_client_says_is_read() {
        let text = [
            pair("filename", "../Été ☀.jpg"),
            pair("tags", "beach, sun"),
            "is_confidential".to_owned(),
        ]
        .join(",");
        let metadata = metadata(&text).unwrap();

        assert_eq!(metadata.name.unwrap().as_str(), "Été ☀.jpg");
        assert_eq!(metadata.tags, ["beach", "sun"]);
        assert_eq!(metadata.raw, Some(text));
    }

    #[test]
    fn nonsense_is_malformed() {
        for text in [
            "filename !!",
            "filename QQ==,filename QQ==",
            "filename /w==",
        ] {
            assert_eq!(metadata(text).unwrap_err().status, 400, "{text}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_is_not_found() {
        let problem = metadata(&pair("folder_id", "nowhere")).unwrap_err();

        assert_eq!(problem, Problem::not_found());
    }
}

//! A bucket that takes parts of files and never makes a whole of them.

use std::sync::{Arc, Mutex};

use super::object_store::{Asked, ObjectStore, answered};

const UPLOAD: &str = "<InitiateMultipartUploadResult><UploadId>one</UploadId>\
                      </InitiateMultipartUploadResult>";
const REFUSED: &str = "<Error><Code>AccessDenied</Code><Message>not whole</Message></Error>";

/// As much of S3 as a large file needs.
pub struct Bucket {
    store: ObjectStore,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Bucket {
    /// Opens for as long as the test runs.
    pub async fn open() -> Self {
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let told = Arc::clone(&heard);
        let store = ObjectStore::open(move |asked| Some(answer(&asked, &told))).await;
        Self { store, heard }
    }

    /// How a library reaches it.
    pub fn url(&self) -> String {
        self.store.url()
    }

    /// What was asked, without names: methods and queries.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("nobody panics").clone()
    }
}

fn answer(asked: &Asked, told: &Mutex<Vec<String>>) -> String {
    let query = asked.path.split_once('?').map_or("", |(_, query)| query);
    let (status, body) = match (asked.method.as_str(), query) {
        ("POST", query) if query.starts_with("uploads") => ("200 OK", UPLOAD),
        ("POST", _) => ("403 Forbidden", REFUSED),
        ("DELETE", _) => ("204 No Content", ""),
        _ => ("200 OK", ""),
    };
    let said = format!("{} {query}", asked.method);
    told.lock().expect("nobody panics").push(said);
    answered(status, body.len(), body)
}

//! What the picker says to the page around it.

use model::placement::{Extent, Outcome};
use model::{Asset, AssetId, FileName, Kind, ProblemCode, Slug};
use serde::Serialize;

/// A message of the picker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    /// The session is taken over, and the first list is shown.
    Opened,
    /// What was chosen, in its order.
    Select { items: Vec<Selection> },
    /// Nothing was chosen.
    Cancel,
    /// The session ends soon, or has ended: another one is wanted.
    Renew,
    /// Something does not work that the composer should know of.
    Problem { code: ProblemCode, message: String },
}

/// One file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Selection {
    pub id: AssetId,
    pub name: FileName,
    pub kind: Kind,
    /// Its public address, which stays whatever becomes of its name, its place and its content.
    pub url: String,
    #[serde(flatten)]
    pub facts: Facts,
    /// What a person who cannot see it should know; empty where nobody has said.
    pub alt: String,
    pub version: u32,
    /// Where in the message it goes.
    pub placement: Option<Slug>,
    pub verdict: Option<&'static str>,
    /// The copy that was made for the placement.
    pub variant: Option<Variant>,
}

/// A copy that fits, to be used in place of what was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    pub id: AssetId,
    pub url: String,
    #[serde(flatten)]
    pub facts: Facts,
}

/// What a composer writes beside an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub bytes: u64,
    pub mime: String,
}

impl Facts {
    /// Those of an asset.
    pub fn of(asset: &Asset) -> Self {
        Self {
            width: asset.width,
            height: asset.height,
            bytes: asset.size.as_u64(),
            mime: asset.mime.to_string(),
        }
    }
}

impl Selection {
    /// A file with what becomes of it at its place, and the copy that is used instead of it.
    ///
    /// What is used is public; where that is the copy, the original need not be, and the address
    /// is the copy's.
    pub fn new(asset: &Asset, copy: Option<&Asset>, place: Option<(&Slug, &'static str)>) -> Self {
        let url_of = |asset: &Asset| asset.url.clone();
        let url = url_of(asset).or_else(|| copy.and_then(url_of));
        Self {
            id: asset.id,
            name: asset.name.clone(),
            kind: asset.kind,
            url: url.unwrap_or_default(),
            facts: Facts::of(asset),
            alt: asset.alt_text.to_string(),
            version: asset.version,
            placement: place.map(|(id, _)| id.clone()),
            verdict: place.map(|(_, verdict)| verdict),
            variant: copy.map(|copy| Variant {
                id: copy.id,
                url: url_of(copy).unwrap_or_default(),
                facts: Facts::of(copy),
            }),
        }
    }

    /// What is put into the message: the copy, where there is one.
    pub fn inserted(&self) -> AssetId {
        self.variant.as_ref().map_or(self.id, |copy| copy.id)
    }
}

/// The words of the contract for what would happen.
pub const WORDS: [&str; 5] = ["fits", "cut", "too_small", "refused", "unsure"];

/// The one for an outcome.
pub const fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Fits => "fits",
        Outcome::Cut { .. } => "cut",
        Outcome::TooSmall { .. } => "too_small",
        Outcome::Refused { .. } => "refused",
        Outcome::Unsure => "unsure",
    }
}

/// The pixels of an asset, where it has some.
pub fn pixels(asset: &Asset) -> Option<Extent> {
    let (width, height) = asset.width.zip(asset.height)?;
    Some(Extent { width, height })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    pub fn asset(id: &str, url: Option<&str>) -> Asset {
        serde_json::from_value(json!({
            "id": id, "name": "beach.jpg", "kind": "image", "mime": "image/jpeg", "size": 1200,
            "sha256": "0".repeat(64), "width": 640, "height": 480, "duration": null,
            "folder_id": null, "tags": [], "teams": [], "state": "active", "source": "upload",
            "alt_text": "A beach", "url": url, "created_at": "2026-11-21T09:30:00Z",
            "updated_at": "2026-11-21T09:30:00Z", "created_by": null, "created_by_name": null,
            "version": 2, "trashed_at": null, "purge_at": null, "trashed_by": null,
            "trashed_by_name": null, "placeholder": null, "color": null, "has_renditions": true,
            "frames": 1, "focal_point": null, "derived_from": null
        }))
        .unwrap()
    }

    const ONE: &str = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD";
    const OTHER: &str = "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CE";

    fn said(message: &Said) -> Value {
        serde_json::to_value(message).unwrap()
    }

    #[test]
    fn messages_carry_their_type() {
        assert_eq!(said(&Said::Opened), json!({ "type": "opened" }));
        assert_eq!(said(&Said::Renew), json!({ "type": "renew" }));
        let problem = Said::Problem {
            code: ProblemCode::NotFound,
            message: "No such place.".to_owned(),
        };
        assert_eq!(
            said(&problem),
            json!({ "type": "problem", "code": "not_found", "message": "No such place." })
        );
    }

    #[test]
    fn a_selection_says_all_that_was_agreed() {
        let shared = asset(ONE, Some("https://m.example/m/k/beach.jpg"));
        let item = Selection::new(&shared, None, None);

        assert_eq!(
            said(&Said::Select { items: vec![item] }),
            json!({ "type": "select", "items": [{
                "id": ONE, "name": "beach.jpg", "kind": "image",
                "url": "https://m.example/m/k/beach.jpg",
                "width": 640, "height": 480, "bytes": 1200, "mime": "image/jpeg",
                "alt": "A beach", "version": 2,
                "placement": null, "verdict": null, "variant": null
            }] })
        );
    }

    #[test]
    fn where_a_copy_is_used_the_original_stays_private() {
        let slug: Slug = "email-header".parse().unwrap();
        let copy = asset(OTHER, Some("https://m.example/m/k/copy.jpg"));
        let place = Some((&slug, "unsure"));
        let item = Selection::new(&asset(ONE, None), Some(&copy), place);

        assert_eq!(item.url, "https://m.example/m/k/copy.jpg");
        assert_eq!(item.verdict, Some("unsure"));
        assert_eq!(item.variant.map(|variant| variant.id), Some(copy.id));
    }
}

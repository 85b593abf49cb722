//! What the audit trail says of where somebody was refused.

use std::sync::Arc;

use axum::extract::Request;

/// The longest address that the trail has.
const LONGEST: usize = 200;
/// Nouns whose beginning is in the trail, so that it tells what never was an account's. Uploads
/// are not: one that was given up is as unknown as a stranger's.
const NOUNS: [&str; 8] = [
    "ast_", "fld_", "tag_", "tea_", "usr_", "tok_", "whk_", "emb_",
];

/// Method and path; of pages the first word alone, for in the rest there may be a secret.
pub(super) fn of(request: &Request) -> Arc<str> {
    let path = request.uri().path();
    let is_open = ["/api/", "/rpc/", "/files"]
        .iter()
        .any(|begin| path.starts_with(begin));
    let shown = if is_open {
        path
    } else {
        let end = path.get(1..).and_then(|rest| rest.find('/'));
        end.map_or(path, |end| &path[..=end])
    };
    let shown = shown.chars().filter(|c| !c.is_control()).take(LONGEST);
    let shown: String = shown.collect();
    format!("{} {shown}", request.method()).into()
}

/// The last id in a path, of a noun that the trail knows.
pub(super) fn named(path: &str) -> Option<String> {
    let is_id = |word: &&str| {
        let rest = NOUNS.iter().find_map(|noun| word.strip_prefix(noun));
        rest.is_some_and(|rest| {
            rest.len() == 26 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    path.rsplit('/').find(is_id).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn a_door_is_one_line_without_secrets() {
        let door = |path: &str| {
            let request = Request::builder().uri(path).body(Body::empty());
            of(&request.expect("an address")).to_string()
        };
        assert_eq!(door("/api/v1/trash?x=1"), "GET /api/v1/trash");
        assert_eq!(door("/invitation/secret"), "GET /invitation");
        assert_eq!(door("/"), "GET /");
        assert!(door(&format!("/api/{}", "a".repeat(900))).len() < 210);
    }

    #[test]
    fn an_id_is_found_in_a_path_and_no_made_up_word() {
        let id = "ast_01ARZ3NDEKTSV4RRFFQ69G5FAV";
        let found = named(&format!("/api/v1/assets/{id}/content"));
        assert_eq!(found.as_deref(), Some(id));
        for path in [
            "/api/v1/assets/ast_1",
            "/files/upl_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "/",
        ] {
            assert_eq!(named(path), None, "{path}");
        }
    }
}

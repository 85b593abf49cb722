//! The problems that may come, each with its codes: told once, and referred to by every operation.

use std::collections::BTreeMap;

use model::{Problem, ProblemCode as Code};
use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, HttpMethod, ObjectBuilder, Ref, RefOr, Response,
    ResponseBuilder, Type, path::Operation,
};

/// Operations that decode pictures without being sent one.
const DECODING: [&str; 5] = [
    "crop_asset",
    "remake_asset",
    "fit_asset",
    "fit_asset_many",
    "get_page",
];

/// Operations whose query, not their path, names what must be there.
const LOOKING_IN: [&str; 1] = ["list_folders"];

/// A problem as the document tells it.
struct Told {
    /// What it is called among the document's responses.
    name: &'static str,
    status: &'static str,
    meaning: &'static str,
    codes: &'static [Code],
    /// A sentence such as people are told.
    detail: &'static str,
}

const fn told(
    name: &'static str,
    status: &'static str,
    meaning: &'static str,
    codes: &'static [Code],
    detail: &'static str,
) -> Told {
    Told {
        name,
        status,
        meaning,
        codes,
        detail,
    }
}

/// What every operation may answer.
const ALWAYS: [Told; 6] = [
    told(
        "Malformed",
        "400",
        "The request cannot be understood",
        &[Code::Malformed],
        "`limit` may be 1 to 200.",
    ),
    told(
        "Unauthenticated",
        "401",
        "Nobody is signed in",
        &[Code::Unauthenticated],
        "Sign in, or send a token.",
    ),
    told(
        "Forbidden",
        "403",
        "The role or the token does not allow this",
        &[Code::Forbidden, Code::CrossSite],
        "That is for administrators.",
    ),
    told(
        "TooManyRequests",
        "429",
        "Too many requests",
        &[Code::TooManyRequests],
        "Try again in 30 seconds.",
    ),
    told(
        "Internal",
        "500",
        "Ours to mend",
        &[Code::Internal],
        "Something went wrong here.",
    ),
    told(
        "Unavailable",
        "503",
        "Something this needs is down, or busy",
        &[Code::Unavailable],
        "Try again in a moment.",
    ),
];
const NOT_FOUND: Told = told(
    "NotFound",
    "404",
    "It is not there, or not yours",
    &[Code::NotFound],
    "There is nothing here.",
);
const CONFLICT: Told = told(
    "Conflict",
    "409",
    "It is in a state that does not allow this; `reason` says which",
    &[Code::Conflict],
    "Restore it from the trash first.",
);
const INVALID: Told = told(
    "Invalid",
    "422",
    "A value breaks a rule; `field` and `reason` say which",
    &[Code::Invalid],
    "A name has 1 to 255 characters.",
);
const UNACCEPTABLE: Told = told(
    "Unacceptable",
    "422",
    "A value or the content of the file breaks a rule",
    &[
        Code::Invalid,
        Code::EmptyFile,
        Code::MismatchedName,
        Code::CorruptFile,
        Code::TooManyPixels,
    ],
    "beach.jpg is cut short.",
);
const BODY_TOO_LARGE: Told = told(
    "BodyTooLarge",
    "413",
    "The body is too large",
    &[Code::BodyTooLarge],
    "The request is too large; here it may be 1 MB.",
);
const FILE_TOO_LARGE: Told = told(
    "FileTooLarge",
    "413",
    "The file or a field is too large; `limit` and `size` say how much",
    &[Code::TooLarge, Code::BodyTooLarge],
    "beach.jpg has 7 MB; images may have 5 MB.",
);
const UNSUPPORTED_BODY: Told = told(
    "UnsupportedBody",
    "415",
    "This kind of body is not read here",
    &[Code::Malformed],
    "Send the body as application/json.",
);
const UNSUPPORTED_KIND: Told = told(
    "UnsupportedKind",
    "415",
    "The kind of file or of body is not taken",
    &[Code::UnsupportedKind, Code::Malformed],
    "page.html is not taken: this kind of file is not kept here.",
);
const NO_ROOM: Told = told(
    "NoRoom",
    "507",
    "There is no room left",
    &[Code::QuotaExceeded, Code::StorageFull],
    "The account holds 4.9 GB of 5 GB; this needs 200 MB.",
);

/// All of them, by name.
pub fn responses() -> BTreeMap<String, RefOr<Response>> {
    let others = [
        NOT_FOUND,
        CONFLICT,
        INVALID,
        UNACCEPTABLE,
        BODY_TOO_LARGE,
        FILE_TOO_LARGE,
        UNSUPPORTED_BODY,
        UNSUPPORTED_KIND,
        NO_ROOM,
    ];
    let all = ALWAYS.into_iter().chain(others);
    all.map(|told| (told.name.to_owned(), RefOr::T(response(&told))))
        .collect()
}

/// Adds the problems that an operation may answer, besides those it tells of itself.
pub fn add_to(operation: &mut Operation, method: &HttpMethod, in_path: bool) {
    let writes = !matches!(method, HttpMethod::Get);
    let is_form = brings_files(operation);
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let decodes = is_form || DECODING.contains(&id);
    let mut problems: Vec<Told> = ALWAYS.into();
    if in_path || writes || LOOKING_IN.contains(&id) {
        problems.push(NOT_FOUND);
    }
    if in_path || writes {
        problems.push(if decodes { UNACCEPTABLE } else { INVALID });
    }
    if writes {
        let too_large = if is_form {
            FILE_TOO_LARGE
        } else {
            BODY_TOO_LARGE
        };
        problems.extend([CONFLICT, NO_ROOM, too_large]);
    }
    if decodes {
        problems.push(UNSUPPORTED_KIND);
    } else if operation.request_body.is_some() {
        problems.push(UNSUPPORTED_BODY);
    }
    for Told { name, status, .. } in problems {
        let told = || RefOr::Ref(Ref::new(format!("#/components/responses/{name}")));
        let responses = &mut operation.responses.responses;
        responses.entry(status.to_owned()).or_insert_with(told);
    }
}

fn brings_files(operation: &Operation) -> bool {
    match &operation.request_body {
        Some(RefOr::T(body)) => body.content.contains_key("multipart/form-data"),
        _ => false,
    }
}

fn response(told: &Told) -> Response {
    let codes: Vec<_> = told.codes.iter().map(|code| word(*code)).collect();
    let description = format!("{}. Code: {}.", told.meaning, codes.join(", "));
    let example = Problem {
        status: told.status.parse().unwrap_or_default(),
        ..Problem::new(told.codes[0], told.detail.to_owned())
    };
    let content = ContentBuilder::new()
        .schema(Some(RefOr::Ref(Ref::from_schema_name("Problem"))))
        .example(serde_json::to_value(example).ok())
        .build();
    let response = ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content);
    match told.status {
        "429" | "503" => response.header("Retry-After", seconds()).build(),
        _ => response.build(),
    }
}

/// A code as it stands in a problem.
fn word(code: Code) -> String {
    let word = serde_json::to_value(code).unwrap_or_default();
    format!("`{}`", word.as_str().unwrap_or_default())
}

fn seconds() -> utoipa::openapi::Header {
    HeaderBuilder::new()
        .description(Some("Seconds to wait."))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::Integer)
                .minimum(Some(0)),
        ))
        .build()
}

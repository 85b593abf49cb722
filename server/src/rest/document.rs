//! The frame of the `OpenAPI` document, and what all operations have in common.

mod words;

use std::collections::HashSet;

use axum::http::Method;
use model::{AssetSort, Orientation, Problem};
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        ContentBuilder, HttpMethod, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        schema::{ObjectBuilder, Type},
        security::{
            ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
        },
    },
};

use crate::identify::cookie_name;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Satchel",
        description = "A media library you host yourself.\n\nLists come a page at a time: \
            `limit` says how many items, `next_cursor` where the next page starts. Errors are \
            problems (RFC 9457) with a stable `code`. What is not there and what is not yours \
            are answered alike.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem, AssetSort, Orientation)),
    modifiers(&Credentials)
)]
struct Frame;

/// The two ways to say who asks.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut OpenApi) {
        let Some(components) = document.components.as_mut() else {
            return;
        };
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An API token, or the token of an embed session."))
            .build();
        let cookie = ApiKeyValue::with_description(
            cookie_name(false),
            "A signed-in browser; over https the cookie is `__Host-satchel`. \
             Writes are then taken from our own pages only.",
        );
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// The document without any path.
pub fn frame() -> OpenApi {
    Frame::openapi()
}

/// Adds the paths of another document, method by method where both have a path.
pub fn join(document: &mut OpenApi, other: OpenApi) {
    for (path, item) in other.paths.paths {
        match document.paths.paths.get_mut(&path) {
            Some(known) => known.merge_operations(item),
            None => {
                document.paths.paths.insert(path, item);
            }
        }
    }
    if let (Some(ours), Some(theirs)) = (document.components.as_mut(), other.components) {
        ours.schemas.extend(theirs.schemas);
    }
}

/// Adds what every operation has: who may ask, and the problems that may come.
pub fn finish(document: &mut OpenApi) {
    document.security = Some(vec![
        SecurityRequirement::new("token", Vec::<String>::new()),
        SecurityRequirement::new("session", Vec::<String>::new()),
    ]);
    if let Some(components) = document.components.as_mut() {
        words::narrow(&mut components.schemas);
    }
    for (path, item) in &mut document.paths.paths {
        let in_path = path.contains('{');
        for (method, operation) in operations(item) {
            complete(operation, &method, in_path);
        }
    }
}

/// The method of a write, as the document calls it.
pub fn write_method(method: &Method) -> Option<HttpMethod> {
    match *method {
        Method::POST => Some(HttpMethod::Post),
        Method::PATCH => Some(HttpMethod::Patch),
        Method::DELETE => Some(HttpMethod::Delete),
        _ => None,
    }
}

/// The writes of a document: their methods and paths.
pub fn writes(document: OpenApi) -> HashSet<(HttpMethod, String)> {
    let paths = document.paths.paths.into_iter();
    paths
        .flat_map(|(path, mut item)| {
            let methods: Vec<_> = operations(&mut item).into_iter().map(|(m, _)| m).collect();
            methods
                .into_iter()
                .map(move |method| (method, path.clone()))
        })
        .filter(|(method, _)| *method != HttpMethod::Get)
        .collect()
}

fn operations(item: &mut PathItem) -> Vec<(HttpMethod, &mut Operation)> {
    [
        (HttpMethod::Get, item.get.as_mut()),
        (HttpMethod::Post, item.post.as_mut()),
        (HttpMethod::Patch, item.patch.as_mut()),
        (HttpMethod::Delete, item.delete.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation?)))
    .collect()
}

fn complete(operation: &mut Operation, method: &HttpMethod, in_path: bool) {
    let writes = !matches!(method, HttpMethod::Get);
    let has_body = operation.request_body.is_some();
    let mut problems = vec![
        ("400", "The request cannot be understood"),
        ("401", "Nobody is signed in"),
        ("403", "The role or the token does not allow this"),
        ("429", "Too many requests"),
        ("500", "Ours to mend"),
        ("503", "Something this needs is down"),
    ];
    if in_path || writes {
        problems.push(("404", "It is not there, or not yours"));
    }
    if writes {
        problems.push(("409", "It is in a state that does not allow this"));
        problems.push(("413", "The body or the file is too large"));
        problems.push(("507", "There is no room left"));
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(idempotency_key()));
    }
    if writes || in_path {
        problems.push(("422", "A value breaks a rule"));
    }
    if has_body {
        problems.push(("415", "The kind of file or of body is not taken"));
    }
    let responses = &mut operation.responses.responses;
    for (status, meaning) in problems {
        responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(problem(meaning)));
    }
}

fn problem(meaning: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(RefOr::Ref(Ref::from_schema_name("Problem"))))
        .build();
    ResponseBuilder::new()
        .description(meaning)
        .content("application/problem+json", content)
        .build()
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "1 to 255 visible characters; the same write sent again with it is done once.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(1))
                .max_length(Some(255))
                .pattern(Some("^[!-~]+$")),
        ))
        .build()
}

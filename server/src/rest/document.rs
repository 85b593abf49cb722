//! The frame of the `OpenAPI` document, and what all operations have in common.

mod problems;
mod words;

use std::collections::{BTreeMap, HashSet};

use axum::http::Method;
use model::{AssetSort, LiveEvent, Orientation, Problem};
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        HttpMethod, OpenApi, Ref, RefOr, Required,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        schema::{ArrayItems, ObjectBuilder, Schema, Type},
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
        description = include_str!("document/intro.md"),
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/", description = "This installation")),
    tags(
        (name = "assets", description = "Files and all that is said of them: brought, found, \
            changed, cropped, replaced, archived, and many at once."),
        (name = "media", description = "Bytes: originals, renditions, pages and zips."),
        (name = "sharing", description = "Public addresses, and signed links to what is private."),
        (name = "placements", description = "Places in messages: what fits there, and made to fit."),
        (name = "usages", description = "Where files are used outside."),
        (name = "folders", description = "The tree that files lie in."),
        (name = "tags", description = "Words that files are found by."),
        (name = "teams", description = "Groups of people that files are for."),
        (name = "trash", description = "What was deleted and is kept for a while."),
        (name = "events", description = "What happens, as it happens."),
        (name = "me", description = "Who asks, what they may, and their own sessions."),
        (name = "users", description = "People of the account; for administrators."),
        (name = "tokens", description = "What programs sign in with; for administrators."),
        (name = "embedding", description = "Sessions for pickers in pages of other programs."),
        (name = "webhooks", description = "Programs that are told of what happens; for administrators."),
        (name = "administration", description = "The audit trail; and accounts, for operators."),
    ),
    components(schemas(Problem, AssetSort, Orientation, LiveEvent)),
    modifiers(&Credentials)
)]
struct Frame;

/// What every write may be sent with.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

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
        name_items(&mut components.schemas);
        words::narrow(&mut components.schemas);
        components.responses = problems::responses();
        let key = RefOr::T(idempotency_key());
        components
            .parameters
            .insert(IDEMPOTENCY_KEY.to_owned(), key);
    }
    for (path, item) in &mut document.paths.paths {
        let in_path = path.contains('{');
        for (method, operation) in operations(item) {
            complete(operation, &method, in_path);
        }
    }
}

/// Has pages refer to what they hold by its name; the macro writes it out in each.
fn name_items(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let names: Vec<String> = schemas.keys().cloned().collect();
    for name in &names {
        let item = name.strip_prefix("Page_").filter(|item| {
            let mut known = names.iter();
            known.any(|name| name == item)
        });
        if let Some(item) = item
            && let Some(RefOr::T(Schema::Object(page))) = schemas.get_mut(name)
            && let Some(RefOr::T(Schema::Array(items))) = page.properties.get_mut("items")
        {
            let reference = RefOr::Ref(Ref::from_schema_name(item));
            items.items = ArrayItems::RefOrSchema(Box::new(reference));
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
    problems::add_to(operation, method, in_path);
    let parameters = operation.parameters.get_or_insert_default();
    for parameter in &mut *parameters {
        words::widen(parameter);
    }
    if !matches!(method, HttpMethod::Get) {
        let key = Ref::new(format!("#/components/parameters/{IDEMPOTENCY_KEY}"));
        parameters.push(RefOr::Ref(key));
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            done(status).clone_into(&mut response.description);
        }
    }
}

/// What a status says that needs no other words.
fn done(status: &str) -> &'static str {
    match status {
        "201" => "It was made",
        "202" => "It is under way",
        "204" => "It is done; there is nothing to tell",
        _ => "As asked",
    }
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
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

//! What may stand in a text, told to whoever writes requests by the document alone.

use std::collections::BTreeMap;

use utoipa::openapi::{
    RefOr, Schema,
    path::Parameter,
    schema::{AdditionalProperties, ArrayItems, KnownFormat, Object, SchemaFormat},
};

/// Characters that a name has none of: slashes, line breaks, and what is not seen.
const NAME: &str = r"^(?!\s*\.{0,2}\s*$)[^/\\\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]+$";
/// The same for people, who may have a slash.
const PERSON: &str =
    r"^(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]+$";
const DAY: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
const SHORT_NAME: &str = r"^(?=.*\S)[^,\u0000-\u001f\u007f-\u009f]+$";
/// At most fifty tags of at most 64 characters.
const FORM_TAGS: &str =
    r"^[^,\u0000-\u001f\u007f-\u009f]{0,64}(,[^,\u0000-\u001f\u007f-\u009f]{0,64}){0,49}$";
const EMAIL: &str = r"^[^@\s\u0000-\u001f\u007f-\u009f]+@[^@\s\u0000-\u001f\u007f-\u009f]+$";
/// With a host, and nobody's name before it.
const ADDRESS: &str =
    r"^[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9._-]+(:[0-9]{1,4})?([/?#][!#-&(-;=?-\[\]^_a-~]*)?$";
/// An address of a machine, as browsers write it.
const MACHINE: &str = r"(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}";
/// What follows the first letter of one part of a host's name; the last begins with no digit.
const LABEL: &str = "([a-z0-9_-]{0,61}[a-z0-9_])?";

/// A name that may lead to an address open to all; no number does that for sure.
const PUBLIC: &str = r"^https://([a-z][a-z0-9-]*[a-z0-9]\.)+[a-z]{2,}(:[1-9][0-9]{0,3})?([/?#][!#-&(-;=?-\[\]^_a-~]*)?$";

/// Tells the rules of texts that have some.
pub fn narrow(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    for (name, schema) in schemas {
        forget_defaults(schema);
        let RefOr::T(Schema::Object(text)) = schema else {
            continue;
        };
        match name.as_str() {
            "FileName" => rule(text, 1, 255, Some(NAME)),
            "PersonName" => rule(text, 1, 100, Some(PERSON)),
            "AltText" => rule(text, 0, 2_000, None),
            "UsageReference" | "UsageTitle" | "EmbedUser" => rule(text, 1, 200, Some(PERSON)),
            "WebAddress" => rule(text, 8, 2_000, Some(ADDRESS)),
            "WebOrigin" => rule(text, 9, 200, Some(&origin())),
            "Slug" => rule(text, 1, 64, Some("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")),
            "Day" => rule(text, 10, 10, Some(DAY)),
            "Email" => rule(text, 3, 254, Some(EMAIL)),
            "Sha256" => rule(text, 64, 64, Some("^[0-9a-f]{64}$")),
            "Secret" => rule(text, 8, 128, None),
            "AssetPatch" => tags(text),
            "NewAsset" => form_tags(text),
            "FocalPoint" => text.additional_properties = Some(Box::new(closed())),
            "CreateWebhook" | "UpdateWebhook" => public_address(text),
            "NewTag" | "TagPatch" | "NewTeam" | "UpdateTeam" => short_name(text),
            name if name.ends_with("Id") => id(text),
            _ => {}
        }
    }
}

/// What stands for a field that is left out is said in words: in a change, that is none of the
/// values it can have, and generated clients ask for every field that has a default.
fn forget_defaults(schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else {
        return;
    };
    for field in object.properties.values_mut() {
        match field {
            RefOr::T(Schema::Object(field)) => field.default = None,
            RefOr::T(Schema::Array(field)) => field.default = None,
            RefOr::T(Schema::OneOf(field)) => field.default = None,
            RefOr::T(Schema::AllOf(field)) => field.default = None,
            _ => {}
        }
    }
}

fn rule(text: &mut Object, shortest: usize, longest: usize, pattern: Option<&str>) {
    text.min_length = Some(shortest);
    text.max_length = Some(longest);
    text.pattern = pattern.map(ToOwned::to_owned);
}

/// A scheme, a host and perhaps a port, and nothing else.
fn origin() -> String {
    let port =
        "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
    let below = format!("([a-z0-9_]{LABEL}\\.){{0,8}}");
    let https = format!("https://({below}[a-z_]{LABEL}|{MACHINE})");
    let http = format!("http://({below}localhost|127\\.0\\.0\\.1)");
    format!("^({https}|{http})(:({port}))?$")
}

/// Tags are short, on one line, and not without number.
fn tags(patch: &mut Object) {
    let Some(RefOr::T(Schema::Array(tags))) = patch.properties.get_mut("tags") else {
        return;
    };
    tags.max_items = Some(50);
    if let ArrayItems::RefOrSchema(items) = &mut tags.items
        && let RefOr::T(Schema::Object(tag)) = items.as_mut()
    {
        rule(tag, 0, 64, Some(r"^[^,\u0000-\u001f\u007f-\u009f]*$"));
    }
}

/// The same in a form, where commas part them.
fn form_tags(form: &mut Object) {
    if let Some(RefOr::T(Schema::Object(tags))) = form.properties.get_mut("tags") {
        rule(tags, 0, 3_000, Some(FORM_TAGS));
    }
}

/// No other fields; where a type reads itself by another, the macro does not see it.
const fn closed() -> AdditionalProperties<Schema> {
    AdditionalProperties::FreeForm(false)
}

/// Says of a number that has no sign how far it goes: the macro says half of it.
pub fn widen(parameter: &mut RefOr<Parameter>) {
    if let RefOr::T(parameter) = parameter
        && let Some(RefOr::T(Schema::Object(number))) = &mut parameter.schema
        && number.minimum.is_some()
        && matches!(
            &number.format,
            Some(SchemaFormat::KnownFormat(KnownFormat::Int32))
        )
    {
        number.format = None;
        if number.maximum.is_none() {
            number.maximum = Some(u32::MAX.into());
        }
    }
}

/// Names of tags and teams are short, on one line, and have no comma.
fn short_name(body: &mut Object) {
    if let Some(RefOr::T(Schema::Object(name))) = body.properties.get_mut("name") {
        rule(name, 1, 64, Some(SHORT_NAME));
    }
}

/// Webhooks are told at addresses open to all.
fn public_address(body: &mut Object) {
    if let Some(RefOr::T(Schema::Object(url))) = body.properties.get_mut("url") {
        rule(url, 12, 2_000, Some(PUBLIC));
    }
}

/// An id looks like its example: a prefix and 26 digits of Crockford's alphabet.
fn id(text: &mut Object) {
    let example = text.examples.first().and_then(|example| example.as_str());
    let Some((prefix, _)) = example.and_then(|example| example.split_once('_')) else {
        return;
    };
    text.pattern = Some(format!("^{prefix}_[0-7][0-9A-HJKMNP-TV-Z]{{25}}$"));
}

//! What the page around the picker says: junk, until it is proved to be what was agreed.

use model::{FolderId, Kind, Language, Slug, Theme};
use serde::Deserialize;
use serde_json::Value;

/// The version of what is agreed.
pub const VERSION: u32 = 1;

/// A message is never longer, as JSON.
pub const LONGEST: usize = 16_384;

/// The most that can be chosen at once.
pub const MOST: u32 = 100;

/// A token is never shorter or longer.
const TOKEN: std::ops::RangeInclusive<usize> = 16..=1_024;

/// What the picker is opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub token: String,
    pub options: Options,
}

/// What a composer asks of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where in a message the file goes.
    pub placement: Option<Slug>,
    /// Only these kinds; all where it is empty.
    pub kinds: Vec<Kind>,
    /// How many may be chosen.
    pub max: u32,
    /// The folder that is shown first.
    pub folder: Option<FolderId>,
    pub language: Option<Language>,
    pub theme: Option<Theme>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            placement: None,
            kinds: Vec::new(),
            max: 1,
            folder: None,
            language: None,
            theme: None,
        }
    }
}

/// What the page around says while the picker is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Another session of the same page.
    Renewed { token: String },
    /// There will be none.
    Refused,
    /// The picker is no longer wanted.
    Close,
}

/// As it is agreed, name by name; another name is junk.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidOpen {
    r#type: String,
    version: u32,
    nonce: String,
    token: String,
    #[serde(default)]
    options: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidOptions {
    placement: Option<Slug>,
    kinds: Option<Vec<Kind>>,
    multiple: Option<bool>,
    max: Option<u32>,
    folder: Option<FolderId>,
    locale: Option<Language>,
    theme: Option<SaidTheme>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SaidTheme {
    Light,
    Dark,
    Auto,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidLater {
    r#type: String,
    #[serde(default)]
    token: Option<String>,
}

/// Reads the message that opens the picker; absent where it is anything else.
pub fn read(text: &str, nonce: &str) -> Option<Opening> {
    let said: SaidOpen = object(text)?;
    let is_ours = said.r#type == "satchel:open" && said.version == VERSION && said.nonce == nonce;
    let options = match said.options {
        None | Some(Value::Null) => Options::default(),
        Some(options) => read_options(options)?,
    };
    let token = said.token;
    (is_ours && is_token(&token)).then_some(Opening { token, options })
}

/// Reads a later message; absent where it is anything else.
pub fn hear(text: &str) -> Option<Heard> {
    let said: SaidLater = object(text)?;
    match (said.r#type.as_str(), said.token) {
        ("renewed", Some(token)) if is_token(&token) => Some(Heard::Renewed { token }),
        ("refused", None) => Some(Heard::Refused),
        ("close", None) => Some(Heard::Close),
        _ => None,
    }
}

/// Reads an object of JSON; lists would be taken for one field by field.
fn object<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    typed(value)
}

fn typed<T: serde::de::DeserializeOwned>(value: Value) -> Option<T> {
    value
        .is_object()
        .then(|| serde_json::from_value(value).ok())?
}

fn read_options(options: Value) -> Option<Options> {
    let said: SaidOptions = typed(options)?;
    let mut kinds = said.kinds.unwrap_or_default();
    kinds.sort_unstable();
    kinds.dedup();
    let max = match (said.multiple, said.max) {
        (Some(false), _) | (None, None) => 1,
        (Some(true), None) => MOST,
        (_, Some(max)) => max.clamp(1, MOST),
    };
    Some(Options {
        placement: said.placement,
        kinds,
        max,
        folder: said.folder,
        language: said.locale,
        theme: said.theme.map(|theme| match theme {
            SaidTheme::Light => Theme::Light,
            SaidTheme::Dark => Theme::Dark,
            SaidTheme::Auto => Theme::System,
        }),
    })
}

/// Whether a text can stand in a header as a token.
fn is_token(text: &str) -> bool {
    TOKEN.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NONCE: &str = "q83vEjRWeJq83vEjRWeJqg";
    const TOKEN: &str = "an-opaque-token-of-a-session";

    fn with(change: impl FnOnce(&mut Value)) -> Option<Opening> {
        let mut said = json!({
            "type": "satchel:open",
            "version": 1,
            "nonce": NONCE,
            "token": TOKEN,
            "options": {},
        });
        change(&mut said);
        read(&said.to_string(), NONCE)
    }

    fn options(options: Value) -> Option<Options> {
        with(|said| said["options"] = options).map(|opening| opening.options)
    }

    #[test]
    fn a_message_as_agreed_opens_the_picker() {
        let opening = with(|said| {
            said["options"] = json!({
                "placement": "email-header",
                "kinds": ["video", "image", "image"],
                "multiple": true,
                "max": 5,
                "folder": "fld_01J8Z3V5T0M6W2Q4R8X9Y7B1CD",
                "locale": "pt-BR",
                "theme": "auto",
            });
        })
        .unwrap();

        assert_eq!(opening.token, TOKEN);
        let options = opening.options;
        assert_eq!(options.placement, "email-header".parse().ok());
        assert_eq!(options.kinds, [Kind::Image, Kind::Video]);
        assert_eq!(options.max, 5);
        assert!(options.folder.is_some());
        assert_eq!(options.language, Some(Language::Portuguese));
        assert_eq!(options.theme, Some(Theme::System));
    }

    #[test]
    fn options_may_be_absent_one_by_one_and_all_together() {
        let plain = Some(Options::default());

        assert_eq!(options(json!({})), plain);
        assert_eq!(options(json!(null)), plain);
        assert_eq!(options(json!({ "placement": null, "max": null })), plain);
        let without = with(|said| {
            said.as_object_mut().unwrap().remove("options");
        });
        assert_eq!(without.map(|opening| opening.options), plain);
    }

    #[test]
    fn one_file_is_chosen_unless_more_are_asked_for() {
        let max = |said| options(said).unwrap().max;

        assert_eq!(max(json!({})), 1);
        assert_eq!(max(json!({ "multiple": true })), MOST);
        assert_eq!(max(json!({ "multiple": false, "max": 7 })), 1);
        assert_eq!(max(json!({ "max": 7 })), 7);
        assert_eq!(max(json!({ "multiple": true, "max": 0 })), 1);
        assert_eq!(max(json!({ "multiple": true, "max": 4_000_000 })), MOST);
    }

    #[test]
    fn what_is_not_quite_as_agreed_is_dropped() {
        let tamper: &[(&str, Value)] = &[
            ("type", json!("satchel:ready")),
            ("type", json!(["satchel:open"])),
            ("version", json!(2)),
            ("version", json!("1")),
            ("version", json!(1.5)),
            ("nonce", json!("")),
            ("nonce", json!(null)),
            ("nonce", json!(&NONCE[1..])),
            ("nonce", json!(format!("{NONCE} "))),
            ("token", json!(null)),
            ("token", json!(7)),
            ("token", json!("short")),
            ("token", json!("a token with spaces in it")),
            ("token", json!("a-token-with\r\nanother-header: in it")),
            ("token", json!("a".repeat(1_025))),
            ("options", json!([])),
            ("options", json!("{}")),
            ("options", json!(0)),
            ("targetOrigin", json!("*")),
            ("__proto__", json!({ "token": TOKEN })),
            ("constructor", json!({ "prototype": {} })),
        ];
        for (name, value) in tamper {
            let opened = with(|said| said[*name] = value.clone());
            assert_eq!(opened, None, "{name}: {value}");
        }
    }

    #[test]
    fn options_of_another_type_are_dropped() {
        for said in [
            json!({ "placement": 7 }),
            json!({ "placement": "Email Header" }),
            json!({ "placement": "../../assets" }),
            json!({ "kinds": "image" }),
            json!({ "kinds": ["image", "program"] }),
            json!({ "kinds": { "0": "image", "length": 1 } }),
            json!({ "multiple": "yes" }),
            json!({ "max": -1 }),
            json!({ "max": 1.5 }),
            json!({ "max": "9" }),
            json!({ "max": 1e300 }),
            json!({ "folder": "ast_01J8Z3V5T0M6W2Q4R8X9Y7B1CD" }),
            json!({ "locale": "xx" }),
            json!({ "theme": "red" }),
            json!({ "__proto__": { "max": 5 } }),
            json!({ "constructor": { "prototype": { "max": 5 } } }),
            json!({ "toString": "x" }),
        ] {
            assert_eq!(options(said.clone()), None, "{said}");
        }
    }

    #[test]
    fn what_is_no_object_or_too_much_is_dropped() {
        for text in [
            "",
            "null",
            "1",
            "\"satchel:open\"",
            "{",
            "undefined",
            &format!(r#"["satchel:open", 1, "{NONCE}", "{TOKEN}", null]"#),
            &"[".repeat(10_000),
        ] {
            assert_eq!(read(text, NONCE), None, "{text}");
        }
        let huge = with(|said| said["options"]["kinds"] = json!(vec!["image"; 10_000]));
        assert_eq!(huge, None);
    }

    #[test]
    fn later_messages_are_three() {
        let renewed = json!({ "type": "renewed", "token": TOKEN }).to_string();
        let token = TOKEN.to_owned();

        assert_eq!(hear(&renewed), Some(Heard::Renewed { token }));
        assert_eq!(hear(r#"{"type":"refused"}"#), Some(Heard::Refused));
        assert_eq!(hear(r#"{"type":"close"}"#), Some(Heard::Close));
        for junk in [
            r#"{"type":"renewed"}"#,
            r#"{"type":"renewed","token":7}"#,
            r#"{"type":"close","token":"an-opaque-token-of-a-session"}"#,
            r#"{"type":"select"}"#,
            r#"["close"]"#,
            "7",
        ] {
            assert_eq!(hear(junk), None, "{junk}");
        }
    }
}

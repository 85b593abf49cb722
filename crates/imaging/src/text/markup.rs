//! Text out of XML: tags are skipped, not understood, so nothing in it can refer to anything.

/// Which text of the markup is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// All of it.
    All,
    /// What stands in elements called `t`, whatever their namespace.
    InRuns,
}

/// Elements after which the next word is another one.
const PARTING: &[&str] = &[
    "p",
    "h",
    "br",
    "tab",
    "cr",
    "tr",
    "tc",
    "c",
    "row",
    "si",
    "is",
    "s",
    "table-cell",
    "table-row",
    "line-break",
    "list-item",
];

/// The text of some markup, at most so many bytes of it.
pub(crate) fn text(markup: &str, meant: Meant, most: usize) -> String {
    let mut out = String::new();
    let mut is_meant = meant == Meant::All;
    let mut rest = markup;
    while out.len() < most {
        let Some(start) = rest.find('<') else { break };
        if is_meant {
            unescape(&rest[..start], &mut out);
        }
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let end = after.find("]]>").unwrap_or(after.len());
            if is_meant {
                out.push_str(&after[..end]);
            }
            rest = after.get(end + 3..).unwrap_or_default();
            continue;
        }
        let Some(end) = end_of_tag(rest) else { break };
        let tag = &rest[1..end];
        let name = local_name(tag);
        if meant == Meant::InRuns && name == "t" {
            is_meant = !tag.starts_with('/') && !tag.ends_with('/');
        }
        if PARTING.contains(&name) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    out
}

/// What the first element of a local name says.
pub(crate) fn element(markup: &str, wanted: &str) -> Option<String> {
    let is_it =
        |tag: &str| !tag.starts_with('/') && !tag.ends_with('/') && local_name(tag) == wanted;
    let (_, after) = tags(markup).find(|(tag, _)| is_it(tag))?;
    let mut text = String::new();
    unescape(after.split('<').next().unwrap_or_default(), &mut text);
    Some(text)
}

/// What an attribute says, by its local name, of the first element of a local name.
pub(crate) fn attribute(markup: &str, wanted: &str, name: &str) -> Option<String> {
    let (tag, _) = tags(markup).find(|(tag, _)| local_name(tag) == wanted)?;
    let mut parts = tag.split(['"', '\'']);
    while let (Some(told), Some(value)) = (parts.next(), parts.next()) {
        let told = told.trim().trim_end_matches('=').trim_end();
        if told.rsplit([':', ' ', '\n', '\t']).next() == Some(name) {
            let mut text = String::new();
            unescape(value, &mut text);
            return Some(text);
        }
    }
    None
}

/// The tags of some markup, each with what stands behind it.
fn tags(markup: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        rest = &rest[rest.find('<')?..];
        let end = end_of_tag(rest)?;
        let tag = &rest[1..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        Some((tag, rest))
    })
}

/// Where the tag, comment or declaration ends that the text begins with.
fn end_of_tag(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 2);
    }
    if text.starts_with("<!") {
        // A declaration may hold others in brackets; none is read.
        let close = text.find('>')?;
        return if text[..close].contains('[') {
            text.find("]>").map(|at| at + 1)
        } else {
            Some(close)
        };
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn local_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('/');
    let name = name
        .split(|c: char| c.is_whitespace() || c == '/')
        .next()
        .unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// Adds text with the five known entities and characters by number; any other is left out.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(end) = rest.bytes().take(12).position(|byte| byte == b';') else {
            continue;
        };
        out.extend(entity(&rest[..end]));
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_join_to_words_and_paragraphs_part_them() {
        let markup = "<w:p><w:r><w:t>Bea</w:t></w:r><w:r><w:t xml:space='preserve'>ch &amp; </w:t>\
                      </w:r><w:instrText>PAGE</w:instrText></w:p><w:p><w:t>Sea&#x21;</w:t></w:p>";

        assert_eq!(text(markup, Meant::InRuns, 999), "Beach & Sea! ");
    }

    #[test]
    fn elements_and_attributes_are_found_by_their_local_names() {
        let markup = r#"<?xml version="1.0"?><m:meta><dc:title/><dc:title>A &amp; B</dc:title>
            <m:statistic m:page-count="3" m:word-count='1 > 0'/></m:meta>"#;

        assert_eq!(element(markup, "title").as_deref(), Some("A & B"));
        assert_eq!(element(markup, "creator"), None);
        let told = |name| attribute(markup, "statistic", name);
        assert_eq!(told("page-count").as_deref(), Some("3"));
        assert_eq!(told("word-count").as_deref(), Some("1 > 0"));
        assert_eq!(told("count"), None);
        for cut in ["<title", "<title>", "<title>&", "<a b=", "<a b='", "<"] {
            let _ = (element(cut, "title"), attribute(cut, "a", "b"));
        }
    }

    #[test]
    fn v1_5_1_declarations_are_never_read() {
        let markup = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
            <x a="1>2">hi &e; <!-- <t>no</t> --><![CDATA[<b>]]></x>"#;

        assert_eq!(text(markup, Meant::All, 999).trim(), "hi  <b>");
    }

    #[test]
    fn what_is_cut_off_ends_there() {
        for markup in [
            "<w:t>",
            "<w:t",
            "a<",
            "<![CDATA[",
            "<!--",
            "<t>&#x;&zz",
            "<!x[",
            "&",
        ] {
            let _ = text(markup, Meant::InRuns, 999);
            let _ = text(markup, Meant::All, 999);
        }
    }
}

//! What a place may be called, and links found in whatever somebody pastes.

use proptest::prelude::*;

use super::{
    UsageReference, UsageScan, UsageTitle, WebAddress,
    links::{OwnLinks, find_links},
};
use crate::{AssetId, id::Id as _};

const PUBLIC: &str = "https://media.example.com";
const CDN: &str = "https://cdn.example.com/media";
const KEY: &str = "kJ9-x_AAAAAAAAAAAAAAA1";

fn found(text: &str) -> OwnLinks {
    find_links(text, PUBLIC, CDN)
}

fn asset(chance: u128) -> AssetId {
    AssetId::from_parts(1_790_000_000_000, chance)
}

#[test]
fn links_are_found_in_html_and_in_text() {
    let (one, two) = (asset(1), asset(2));
    for (text, assets, keys) in [
        (
            format!("<img src='{CDN}/m/{KEY}/a.png'>"),
            vec![],
            vec![KEY],
        ),
        (
            format!("see {PUBLIC}/m/{KEY}/r/tile/a.png!"),
            vec![],
            vec![KEY],
        ),
        (
            format!("url(//CDN.Example.com/media/m/{KEY}/a.png)"),
            vec![],
            vec![KEY],
        ),
        (
            format!("{CDN}/m/signed/{one}/a.png?expires=1&signature=x"),
            vec![one],
            vec![],
        ),
        (
            format!("<img Data-Satchel-Asset = \"{one}\">"),
            vec![one],
            vec![],
        ),
        (format!("<img data-satchel-asset={one}>"), vec![one], vec![]),
        (
            format!(r#"{{"html":"<p data-satchel-asset=\"{one}\">"}}"#),
            vec![one],
            vec![],
        ),
        (
            format!(r"https:\/\/media.example.com\/m\/{KEY}\/a.png"),
            vec![],
            vec![KEY],
        ),
        (
            format!("{PUBLIC}/api/v1/assets/{two}/content?v=1 {PUBLIC}/api/v1/assets/{one}"),
            vec![one, two],
            vec![],
        ),
    ] {
        let links = found(&text);
        assert_eq!(Vec::from_iter(links.assets), assets, "{text}");
        assert_eq!(Vec::from_iter(links.keys), keys, "{text}");
    }
}

#[test]
fn a_key_is_found_where_media_lies_below_a_path_of_the_same_name() {
    let text = format!("https://cdn.example.com/m/m/{KEY}/a.png");

    let links = find_links(&text, PUBLIC, "https://cdn.example.com/m");

    assert_eq!(Vec::from_iter(links.keys), [KEY]);
}

#[test]
fn what_only_looks_like_a_link_is_none() {
    let one = asset(1);
    for text in [
        String::new(),
        format!("https://media.example.org/m/{KEY}/a.png"),
        format!("{PUBLIC}/m/{KEY}"),
        format!("{PUBLIC}/m/{KEY}A/a.png"),
        format!("{PUBLIC}/m/{}é/a.png", &KEY[..21]),
        format!("{PUBLIC}/m/short/a.png"),
        format!("https://other.example/api/v1/assets/{one}/content"),
        format!("data-satchel-asset '{one}'"),
        format!("data-satchel-asset='{one}7'"),
        format!("data-satchel-asset='{}'", one.to_string().to_lowercase()),
        format!("the asset {one}"),
    ] {
        assert_eq!(found(&text), OwnLinks::default(), "{text}");
    }
}

/// Each is as long as may be sent; one that is read again for each place would not end.
#[test]
fn a_million_bytes_of_beginnings_are_read_to_the_end() {
    for piece in [
        "data-satchel-asset",
        "data-satchel-asset=",
        "data-satchel-asset = \\\\",
        "https://media.example.com/m/",
        "https://media.example.com/api/v1/assets/ast_",
        "//media.example.com",
        " ",
        "\\/",
        "/m/",
    ] {
        let text = piece.repeat(UsageScan::MAX_BYTES / piece.len());
        assert!(found(&text).is_empty(), "{piece}");
        let text = format!("data-satchel-asset{text}");
        assert!(found(&text).is_empty(), "{piece}");
    }
}

#[test]
fn a_reference_is_one_line_of_two_hundred_characters() {
    for good in [
        "welcome-7",
        "https://crm/x?y=1",
        "Ação 🦊",
        &"é".repeat(200),
    ] {
        assert_eq!(good.parse::<UsageReference>().unwrap().as_str(), good);
        assert!(good.parse::<UsageTitle>().is_ok(), "{good}");
    }
    for bad in ["", "  ", "a\nb", "a\0b", "\u{202E}x", &"é".repeat(201)] {
        assert!(bad.parse::<UsageReference>().is_err(), "{bad:?}");
        assert!(bad.parse::<UsageTitle>().is_err(), "{bad:?}");
    }
}

#[test]
fn an_address_that_misleads_or_runs_is_refused() {
    for good in [
        "https://crm.example/templates/7?tab=a#b",
        "HTTP://127.0.0.1:8080",
        "https://exämple.de/ü",
        "https://crm.example/a@b",
        "https://crm.example:8443/[1]",
        "http://[2001:db8::7]",
        "http://[::1]:3000/a",
    ] {
        assert!(good.parse::<WebAddress>().is_ok(), "{good}");
    }
    let long = format!("https://a.example/{}", "a".repeat(2_000));
    for bad in [
        "",
        "https://",
        "https:///x",
        "javascript:alert(1)",
        "data:text/html,x",
        "//crm.example",
        "ftp://crm.example",
        " https://crm.example",
        "https://crm.example/a b",
        "https://bank.example@evil.example/",
        "https://bank.example\\@evil.example/",
        "http://[",
        "http://[::1",
        "http://[desk]/",
        "http://[::1]a",
        "https://crm.example:a/",
        "https://crm.example:65536/",
        "https://crm%2eexample/",
        "https://crm.example/\u{202E}",
        "https://crm.example/\"onclick=x",
        &long,
    ] {
        assert!(bad.parse::<WebAddress>().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_read(text in any::<String>()) {
        let links = found(&text);
        prop_assert!(links.keys.iter().all(|key| text.contains(key)));
        prop_assert!(links.assets.iter().all(|id| text.contains(&id.to_string())));
    }

    #[test]
    fn what_is_pasted_in_pieces_is_read(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("data-satchel-asset".to_owned()),
                Just("=\"".to_owned()),
                Just("\\".to_owned()),
                Just("ast_".to_owned()),
                Just("https://media.example.com/m/".to_owned()),
                Just("//cdn.example.com/media/m/".to_owned()),
                Just("https://media.example.com/api/v1/assets/".to_owned()),
                "[A-Za-z0-9_-]{20,27}",
                "\\PC{0,4}",
            ],
            0..40,
        ),
    ) {
        let text = pieces.concat();
        let links = found(&text);
        prop_assert!(links.keys.iter().all(|key| text.contains(key)));
    }

    #[test]
    fn no_link_is_missed_among_other_words(
        planted in prop::collection::vec((any::<u64>(), 0_u8..4, "\\PC{0,30}"), 0..20),
    ) {
        let mut text = String::new();
        let mut expected = OwnLinks::default();
        for (chance, form, noise) in planted {
            let id = asset(chance.into());
            let key = format!("{chance:022x}");
            let link = match form {
                0 => format!("{PUBLIC}/m/{key}/a.png"),
                1 => format!("{CDN}/m/{key}/r/thumb/a.png"),
                2 => format!("<img data-satchel-asset=\"{id}\">"),
                _ => format!("{PUBLIC}/api/v1/assets/{id}/content"),
            };
            if form < 2 {
                expected.keys.insert(key);
            } else {
                expected.assets.insert(id);
            }
            text = format!("{text}{noise}\n{link}\n");
        }
        prop_assert_eq!(found(&text), expected);
    }
}

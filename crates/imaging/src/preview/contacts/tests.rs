use super::*;

fn one(text: &str) -> Card {
    let found = parse(text);
    assert_eq!((found.cards.len(), found.total), (1, 1), "{found:?}");
    found.cards.into_iter().next().expect("a card")
}

fn line(field: CardField, label: &str, value: &str) -> CardLine {
    CardLine {
        field,
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn a_card_of_2_1_is_read_with_its_own_encoding() {
    let card = one("BEGIN:VCARD\r\nVERSION:2.1\r\n\
         N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=A3o;Jo=C3=A3o;;;\r\n\
         TEL;CELL:+5511999990001\r\nTEL;WORK;PREF:+55 11 4000-0001\r\n\
         NOTE;ENCODING=QUOTED-PRINTABLE:line one=0D=0A=\r\nline two\r\nEND:VCARD\r\n");

    assert_eq!(card.name, "João São");
    assert_eq!(
        card.lines,
        [
            line(CardField::Phone, "cell", "+5511999990001"),
            line(CardField::Phone, "work", "+55 11 4000-0001"),
            line(CardField::Note, "", "line one\nline two"),
        ]
    );
}

#[test]
fn the_character_set_that_a_card_names_is_taken() {
    // "Иван" in windows-1251 and "田中" in Shift_JIS.
    let card = one("BEGIN:VCARD\r\nVERSION:2.1\r\n\
         FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED\r\n\
         ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=SHIFT_JIS:=93=63=92=\r\n=86\r\nEND:VCARD\r\n");
    assert_eq!(card.name, "Иван");
    assert_eq!(card.organization, "田中");

    let wrong = one("BEGIN:VCARD\r\nVERSION:2.1\r\n\
         FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=E9\r\nEND:VCARD\r\n");
    assert_eq!(wrong.name, "José", "what is named need not be true");
}

#[test]
fn bytes_are_of_the_character_set_that_the_file_names() {
    let mut file = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=Shift_JIS:".to_vec();
    file.extend(encoding_rs::SHIFT_JIS.encode("田中").0.iter());
    file.extend(b"\r\nEND:VCARD\r\n");

    let found = parse(&text_of(&file));

    assert_eq!(found.cards[0].name, "田中");
}

#[test]
fn a_card_of_3_0_has_groups_labels_and_folded_lines() {
    let card = one(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Maria Cl\n ara\nORG:Loja\\, Filial;Vendas\n\
         item1.TEL;waid=5511988887777:+55 11 98888-7777\nitem1.X-ABLabel:_$!<Celular>!$_\n\
         ADR;TYPE=HOME:;;Rua A\\, 1;São Paulo;SP;01000-000;Brasil\nBDAY:19850412\n\
         PHOTO;VALUE=URI:http://127.0.0.1:9/x.jpg\nEND:VCARD\n",
    );

    assert_eq!(
        (
            card.name.as_str(),
            card.organization.as_str(),
            card.has_photo
        ),
        ("Maria Clara", "Loja, Filial, Vendas", true)
    );
    assert_eq!(
        card.lines,
        [
            line(CardField::Phone, "Celular", "+55 11 98888-7777"),
            line(
                CardField::Address,
                "home",
                "Rua A, 1\n01000-000 São Paulo SP\nBrasil"
            ),
            line(CardField::Birthday, "", "1985-04-12"),
        ]
    );
}

#[test]
fn a_card_of_4_0_has_addresses_as_values() {
    let card = one("BEGIN:VCARD\nVERSION:4.0\nFN:Zoë 🦊 王小明\n\
         TEL;VALUE=uri;TYPE=\"voice,home\":tel:+44-20-7946-0018\n\
         EMAIL:MAILTO:zoe@example.test\nEND:VCARD");

    assert_eq!(card.name, "Zoë 🦊 王小明");
    assert_eq!(
        card.lines,
        [
            line(CardField::Phone, "home", "+44-20-7946-0018"),
            line(CardField::Email, "", "zoe@example.test"),
        ]
    );
}

#[test]
fn cards_without_a_name_go_by_what_they_have() {
    for (text, name) in [
        ("N:Silva;Ana;;Dra.;", "Dra. Ana Silva"),
        ("ORG:Padaria", "Padaria"),
        ("NICKNAME:Bia", "Bia"),
        ("EMAIL:a@b.test", "a@b.test"),
        ("X-ODD:1", ""),
    ] {
        let card = one(&format!("BEGIN:VCARD\n{text}\nEND:VCARD"));
        assert_eq!((card.name.as_str(), card.organization.as_str()), (name, ""));
    }
}

#[test]
fn a_card_in_a_card_is_not_one_more_and_a_cut_one_is() {
    let found = parse(
        "BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nTEL:1\nEND:VCARD\n\
         BEGIN:VCARD\nFN:Bia\n",
    );

    let names: Vec<_> = found.cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!((names, found.total), (vec!["Ana", "Bia"], 2));
    assert_eq!(found.cards[0].lines[0].value, "1");
}

#[test]
fn however_much_there_is_little_is_shown() {
    let card = format!(
        "BEGIN:VCARD\nFN:{}\n{}END:VCARD\n",
        "a".repeat(10_000),
        "TEL:1\n".repeat(1_000)
    );
    let found = parse(&card.repeat(300));

    assert_eq!((found.cards.len(), found.total), (CARDS, 300));
    assert_eq!(found.cards[0].lines.len(), LINES);
    assert_eq!(found.cards[0].name.len(), LETTERS);
}

#[test]
fn odd_lines_do_no_harm() {
    for text in [
        "BEGIN:VCARD\n:\n;:\n.:\nTEL;=;\"::\nNOTE;ENCODING=QUOTED-PRINTABLE:=\nEND:VCARD",
        "BEGIN:VCARD\nFN:a\\\nN:\\;;\\\nBDAY:é\nTEL:té\nEND:VCARD",
        "END:VCARD\nEND:VCARD\nBEGIN:VCARD",
        "NOTE;QUOTED-PRINTABLE:a=",
    ] {
        parse(text);
    }
}

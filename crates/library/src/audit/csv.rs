//! The audit trail as a table that spreadsheets read and do not run.

use model::AuditLine;

/// The names of the columns.
pub(super) const HEAD: &str = "at,event,actor,actor_name,subject,subject_name,ip,detail\r\n";

/// A line of the trail as a line of the table.
pub(super) fn line(line: &AuditLine) -> String {
    let cells = [
        line.at.to_string(),
        line.kind.to_string(),
        line.actor.clone(),
        line.actor_name.clone().unwrap_or_default(),
        line.subject.clone().unwrap_or_default(),
        line.subject_name.clone().unwrap_or_default(),
        line.ip.clone().unwrap_or_default(),
        line.detail.clone().unwrap_or_default(),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// What makes a formula of what follows, at the beginning of a cell.
const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// What may part cells, whatever we part them by: where lists are parted by semicolons, quotes
/// help only a cell that begins with one after such a sign.
const SEPARATORS: [char; 4] = [';', ',', '\t', '"'];

/// A cell that is text to every program: no formula, no line break, no loose quote.
fn quoted(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len() + 2);
    let mut begins = true;
    for c in cell.chars() {
        if begins && SIGNS.contains(&c) {
            text.push('\'');
        }
        begins = SEPARATORS.contains(&c);
        match c {
            '"' => text.push_str("\"\""),
            '\r' => text.push_str("\\r"),
            '\n' => text.push_str("\\n"),
            c => text.push(c),
        }
    }
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v1_2_10_no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t'=1\""),
            ("\r=1", "\"'\\r=1\""),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("two\nlines", "\"two\\nlines\""),
            ("Zoë", "\"Zoë\""),
            ("a;=cmd|' -C calc'!A0;b", "\"a;'=cmd|' -C calc'!A0;b\""),
            ("a,@b", "\"a,'@b\""),
            ("a\t+1", "\"a\t'+1\""),
            ("a\"-1", "\"a\"\"'-1\""),
            ("a; b - c=d", "\"a; b - c=d\""),
        ] {
            assert_eq!(quoted(cell), expected);
        }
    }
}

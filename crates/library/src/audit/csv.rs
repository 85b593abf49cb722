//! The audit trail as a table that spreadsheets read and do not run.

use model::AuditLine;

/// The names of the columns.
pub(super) const HEAD: &str = "at,event,actor,actor_name,subject,subject_name,ip\r\n";

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
    ];
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that is text to every program: no formula, no line break, no loose quote.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    let text = cell
        .replace('"', "\"\"")
        .replace('\r', "\\r")
        .replace('\n', "\\n");
    format!("\"{guard}{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\\r=1\""),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("two\nlines", "\"two\\nlines\""),
            ("Zoë", "\"Zoë\""),
        ] {
            assert_eq!(quoted(cell), expected);
        }
    }
}

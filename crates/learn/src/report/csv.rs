//! The report for spreadsheets: a row a step, a row for each design's total, and one for all.

use super::Report;

const HEAD: [&str; 10] = [
    "design",
    "step",
    "kind",
    "state",
    "when",
    "tries",
    "hints",
    "solution_first",
    "points",
    "of",
];

/// The document. Rows end as RFC 4180 has it, so that every spreadsheet reads them.
pub(super) fn document(report: &Report) -> String {
    let mut out = line(&HEAD.map(str::to_owned));
    for d in &report.designs {
        for s in &d.steps {
            out += &line(&[
                d.design.clone(),
                s.step.clone(),
                s.kind.word().into(),
                s.state.into(),
                s.when.clone(),
                s.tries.to_string(),
                s.hints.to_string(),
                if s.solution_first { "yes" } else { "no" }.into(),
                s.points.to_string(),
                s.of.to_string(),
            ]);
        }
        out += &total(&d.design, d.points, d.of);
    }
    out + &total("all designs", report.points, report.of)
}

/// A row of its own kind, so that a filter keeps it out of a sum.
fn total(design: &str, points: u32, of: u32) -> String {
    let empty = String::new;
    let (points, of) = (points.to_string(), of.to_string());
    line(&[
        design.to_owned(),
        empty(),
        "total".into(),
        empty(),
        empty(),
        empty(),
        empty(),
        empty(),
        points,
        of,
    ])
}

fn line(cells: &[String]) -> String {
    cells.iter().map(|c| cell(c)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula. A record can be edited by hand before it is handed in.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', ';', '"', '\n', '\r', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_and_stays_one_cell() {
        assert_eq!(cell("02/operate"), "02/operate");
        assert_eq!(cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        for start in ["=", "+", "-", "@", "\t"] {
            assert!(cell(&format!("{start}1")).trim_start_matches('"').starts_with('\''));
        }
        assert_eq!(cell("a\nb"), "\"a\nb\"");
    }
}

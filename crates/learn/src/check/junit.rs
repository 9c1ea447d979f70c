//! What a check came to, as the XML that forges and build servers show: `cargo learn check --format junit`.
//!
//! A suite a design, a case a step. A step that does not hold is a failure, one that does not compile an error, and one that
//! nobody has begun is skipped. Written by hand: the format is five elements, and the work is in the escaping.

use super::{Judged, State, lines};
use crate::steps::Catalogue;
use std::fmt::Write;

/// The document about these steps.
pub(super) fn document(catalogue: &Catalogue, all: &[Judged]) -> String {
    let mut suites: Vec<&[Judged]> = Vec::new();
    suites.extend(all.chunk_by(|a, b| a.at.design == b.at.design));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writeln!(out, "<testsuites name=\"cargo learn\" {}>", counts(all)).expect(WRITES);
    for suite in suites {
        let folder = &catalogue.entry(suite[0].at).folder;
        writeln!(out, "  <testsuite name=\"{}\" {}>", attribute(folder), counts(suite)).expect(WRITES);
        for judged in suite {
            case(&mut out, &catalogue.short(judged.at), folder, judged);
        }
        out += "  </testsuite>\n";
    }
    out + "</testsuites>\n"
}

/// Writing to a string cannot fail.
const WRITES: &str = "a string takes whatever is written";

fn counts(all: &[Judged]) -> String {
    let count = |is: &dyn Fn(State) -> bool| all.iter().filter(|j| is(j.state)).count();
    let seconds: f64 = all.iter().map(|j| j.took.as_secs_f64()).sum();
    format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{seconds:.3}\"",
        all.len(),
        count(&|s| s == State::Fails),
        count(&is_error),
        count(&State::is_open)
    )
}

fn is_error(state: State) -> bool {
    matches!(state, State::DoesNotCompile | State::Unreadable)
}

fn case(out: &mut String, short: &str, folder: &str, judged: &Judged) {
    let head = format!(
        "    <testcase name=\"{}\" classname=\"{}\" time=\"{:.3}\"",
        attribute(short),
        attribute(folder),
        judged.took.as_secs_f64()
    );
    let element = match judged.state {
        State::Holds => {
            writeln!(out, "{head}/>").expect(WRITES);
            return;
        }
        s if s.is_open() => "skipped",
        s if is_error(s) => "error",
        _ => "failure",
    };
    let message = attribute(&lines::words(judged));
    let body = if element == "skipped" {
        format!("<skipped message=\"{message}\"/>")
    } else {
        let kind = match &judged.failure {
            Some(failure) => format!("{:?}", failure.verdict.kind).to_lowercase(),
            None => judged.state.word().to_owned(),
        };
        let verdict = text(&lines::verdict_text(short, judged));
        format!("<{element} type=\"{kind}\" message=\"{message}\">{verdict}</{element}>")
    };
    writeln!(out, "{head}>\n      {body}\n    </testcase>").expect(WRITES);
}

/// Text between two tags.
fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            // Not only for looks: `]]>` may not stand in text.
            '>' => out += "&gt;",
            // A bare carriage return would be read as a line feed.
            '\r' => out += "&#13;",
            c if allowed(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out
}

/// Text between double quotes, where white space other than a space would be lost.
fn attribute(plain: &str) -> String {
    text(plain)
        .replace('"', "&quot;")
        .replace('\t', "&#9;")
        .replace('\n', "&#10;")
}

/// May it stand in an XML 1.0 document at all?
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::At;
    use crate::verdict::{Failure, Finding};
    use judge::Verdict;
    use judge::verdict::{Kind, Place};
    use std::time::Duration;

    #[test]
    fn whatever_a_learner_s_program_says_stays_text() {
        assert_eq!(text("a<b> & ]]>"), "a&lt;b&gt; &amp; ]]&gt;");
        assert_eq!(
            text("\u{0}\u{8}\u{1b}[31m\u{fffe}ü\u{1f600}"),
            "\u{fffd}\u{fffd}\u{fffd}[31m\u{fffd}ü\u{1f600}"
        );
        assert_eq!(attribute("\"x\"\n\ty\r"), "&quot;x&quot;&#10;&#9;y&#13;");
    }

    #[test]
    fn a_suite_a_design_and_a_case_a_step() {
        let catalogue = Catalogue::chosen(&crate::place::here(), "02, 04, 08").unwrap();
        let at = |design, step| At { design, step };
        let place = Place { step: "step4_operate".into(), test: "t".into() };
        let mut verdict = Verdict::fail("02-x", &place, Kind::Crash);
        verdict.observed = "your code panicked: a < \u{1}b".into();
        let failure = Failure { verdict, place: None, holding: 0, tests: 1 };
        let took = Duration::from_millis(1500);
        let all = [
            Judged::without_a_run(at(0, 0), State::NotCommitted, "0 of 6".into()),
            Judged::of(at(0, 3), Finding::Fails(Box::new(failure)), took),
            Judged::of(at(1, 1), Finding::Holds { tests: 4, observed: vec![] }, took),
            Judged::without_a_run(at(1, 2), State::DoesNotCompile, "see \"x\"".into()),
        ];
        let xml = document(&catalogue, &all);
        for line in [
            "<testsuites name=\"cargo learn\" tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\" time=\"3.000\">",
            "<testsuite name=\"02-fan-out-search\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\" time=\"1.500\">",
            "<skipped message=\"not committed: 0 of 6\"/>",
            "<failure type=\"crash\" message=\"t: your code panicked: a &lt; \u{fffd}b\">✗ 02/operate  t",
            "classname=\"04-retry-storm\" time=\"1.500\"/>",
            "<error type=\"does-not-compile\" message=\"does not compile: see &quot;x&quot;\">",
        ] {
            assert!(xml.contains(line), "{line}\n{xml}");
        }
    }
}

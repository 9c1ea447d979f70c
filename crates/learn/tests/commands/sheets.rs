//! `worksheet`: the state of a sheet, and a sheet of the page.

use crate::clone::{Clone, DESIGN, results};
use std::fs;

#[test]
fn the_state_of_a_sheet_tells_no_result() {
    let clone = Clone::with_solution();
    let text = clone.sheet().replacen("answer = []", "answer = [1, 20]", 1);
    let text = text.replacen("answer = []", "answer = [3, 20]", 1);
    fs::write(clone.exercise("worksheet.toml"), text).unwrap();
    let did = clone.learn(&["worksheet", "02"]);
    assert_eq!(did.code, 0, "{}", did.err);
    for says in [
        "worksheet.toml:12",
        "refused    [1, 20] slots: wider than a factor of ten",
        "answered   [3, 20]",
        "[3, 20]",
        "no answer",
        "1 of 6 questions answered",
    ] {
        assert!(did.out.contains(says), "{says}: {}", did.out);
    }
    clone.answer("[10, 20]");
    let text = clone.sheet().replace("[1, 20]", "[10, 20]");
    fs::write(clone.exercise("worksheet.toml"), text).unwrap();
    assert!(
        clone
            .learn(&["worksheet", "02"])
            .out
            .contains("not committed; `cargo learn check 02/predict`")
    );
    let any = vec!["a".to_owned()];
    clone.plays(&results(&any, &[]), 0, &[]);
    clone.learn(&["check", "02/predict"]);
    let out = clone.learn(&["worksheet", "02"]).out;
    assert!(out.contains("6 of 6 questions answered; committed 2"), "{out}");
    assert!(out.contains("committed  [10, 20]"), "{out}");
    assert!(!out.contains('✓'), "a tick reads as “right”: {out}");

    // Put back to the starter: one way to say it, and nobody is told that something is answered.
    clone.learn(&["reset", "02/predict"]);
    let out = clone.learn(&["worksheet", "02"]).out;
    assert!(
        out.contains("committed  [10, 20] slots before; the sheet is empty again"),
        "{out}"
    );
    assert!(out.contains("\n  committed 2"), "{out}");
    assert_eq!(out.matches("the sheet is empty again").count(), 7, "{out}");
    assert!(
        !out.contains("no answer") && !out.contains("questions answered"),
        "{out}"
    );
}

#[test]
fn a_commit_names_what_is_left_unsaid_and_takes_it_all_the_same() {
    let clone = Clone::new();
    let text = clone
        .answer("[10, 20]")
        .replacen("reason = \"\"", "reason = \"the mean\"", 1);
    fs::write(clone.exercise("worksheet.toml"), text).unwrap();
    clone.plays(&results(&["a".to_owned()], &[]), 0, &[]);
    let did = clone.learn(&["check", "02/predict"]);
    assert_eq!(did.code, 0, "no refusal: {}{}", did.out, did.err);
    let line = did
        .out
        .lines()
        .find(|l| l.contains("no reason yet for"))
        .expect("a line");
    assert!(
        line.contains("for storm_extra, ") && line.contains("empty in [verdict]: strongest, weakest, reverses_when"),
        "{line}"
    );
    let again = clone.learn(&["check", "02/predict"]);
    assert!(!again.out.contains("no reason yet"), "once is enough: {}", again.out);
    let state = clone.learn(&["worksheet", "02"]).out;
    assert!(state.contains("no reason yet for storm_extra"), "{state}");
}

#[test]
fn every_slip_of_a_sheet_is_said_at_once() {
    let clone = Clone::with_solution();
    let text = clone.sheet().replacen("answer = []", "answer = [120 200]", 1);
    let text = text.replacen("answer = []", "answer = [5]", 1);
    let text = text.replacen("mechanism = \"\"", "mechanism = \"magic\"", 1);
    fs::write(clone.path("page.toml"), &text).unwrap();
    fs::write(clone.exercise("worksheet.toml"), &text).unwrap();
    for words in [
        &["worksheet", "02", "--import", "page.toml"][..],
        &["check", "02/predict"],
    ] {
        let did = clone.learn(words);
        assert_eq!(did.code, 2, "{}", did.out);
        for says in [
            "\n  line 12: `answer = [120 200]`: a comma is missing",
            "\n  line 14: [answers.busy_slots] has no mechanism \"magic\"; mechanisms are picked after the commit",
            "\n  line 20: [answers.storm_extra] answer holds one number",
        ] {
            assert!(did.err.contains(says), "{says}: {}", did.err);
        }
        assert!(!did.err.contains("bursts"), "no answer before a judgement: {}", did.err);
    }
}

#[test]
fn a_sheet_of_the_page_is_taken_over() {
    let clone = Clone::with_solution();
    let starter = clone.sheet();
    let noted = starter.replacen("# Cost", "# my own note\n# Cost", 1);
    fs::write(clone.exercise("worksheet.toml"), &noted).unwrap();
    // As the page writes it: no comments, every key.
    let rows: String = starter
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| {
            l.replace("answer = []", "answer = [5, 9]")
                .replace("reason = \"\"", "reason = \"two\\nlines\"")
                + "\n"
        })
        .collect();
    let page = rows.replacen("first = []", "first = [5, 9]", 1);
    fs::write(clone.path("page.toml"), &page).unwrap();
    let did = clone.learn(&["worksheet", "02", "--import", "page.toml"]);
    assert_eq!(did.code, 0, "{}", did.err);
    let sheet = clone.sheet();
    assert!(
        sheet.contains("# my own note\n# Cost") && sheet.contains("answer = [5, 9]"),
        "{sheet}"
    );
    assert_eq!(sheet.matches("first = [5, 9]").count(), 1);
    assert_eq!(clone.read("kept/worksheet.1.toml"), noted);
    let again = clone.learn(&["worksheet", "02", "--import", "page.toml"]);
    assert!(again.out.contains("says all that already"), "{}", again.out);

    // A first commit that is here already is the older one.
    let other = page.replace("[5, 9]", "[6, 8]");
    fs::write(clone.path("page.toml"), &other).unwrap();
    let did = clone.learn(&["worksheet", "02", "--import", "page.toml"]);
    let stays =
        "your first commit stays as it was made here, and is what is judged: the file has another one for busy_slots";
    assert!(did.out.contains(stays), "{}", did.out);
    assert!(
        clone.sheet().contains("answer = [6, 8]") && clone.sheet().contains("first = [5, 9]"),
        "{}",
        clone.sheet()
    );
    assert_eq!(clone.read("kept/worksheet.2.toml"), sheet);
    // Both facts are said when both hold.
    let again = clone.learn(&["worksheet", "02", "--import", "page.toml"]);
    assert!(
        again.out.contains("has the same answers already; nothing was changed") && again.out.contains(stays),
        "{}",
        again.out
    );
    // Also when there is no sheet to take it from, and no place for the values but the starter's.
    fs::write(clone.exercise("worksheet.toml"), "broken = [").unwrap();
    let did = clone.learn(&["worksheet", "02", "--import", "page.toml"]);
    assert_eq!(did.code, 0, "{}", did.err);
    assert!(clone.sheet().contains("# Worksheet of design 02"), "{}", clone.sheet());
    assert_eq!(clone.read("kept/worksheet.3.toml"), "broken = [");
}

#[test]
fn a_sheet_that_does_not_belong_here_changes_nothing() {
    let clone = Clone::with_solution();
    let before = clone.answer("[10, 20]");
    for (text, says) in [
        (before.replace(DESIGN, "04-retry-storm"), "04-retry-storm"),
        (before.replace("schema = 1", "schema = 2"), "schema = 2"),
        (before.replacen("\nanswer = [", "\nanswer = [[", 1), "line"),
        (before.replacen("[10, 20]", "[nan, 20]", 1), "finite"),
        (before.replacen("answers.", "answers.x_", 1), "no question"),
        (String::new(), "schema = 1"),
        (before.replacen("design = ", "#", 1), "`design = "),
    ] {
        fs::write(clone.path("other.toml"), text).unwrap();
        let did = clone.learn(&["worksheet", "02", "--import", "other.toml"]);
        assert_eq!(did.code, 2, "{}", did.out);
        assert!(
            did.err.contains(says) && did.err.contains("nothing was changed"),
            "{says}: {}",
            did.err
        );
        assert_eq!(clone.sheet(), before);
    }
    let did = clone.learn(&["worksheet", "02", "--import", "none.toml"]);
    assert!(did.code == 2 && did.err.contains("none.toml"), "{}", did.err);
    assert!(!clone.exercise("kept").exists());
}

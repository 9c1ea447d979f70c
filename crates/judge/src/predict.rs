//! Step `predict`: the worksheet, held against the simulator.

use crate::verdict::{Kind, Place, Verdict};
use crate::worksheet::{Outcome, Question, Sheet, Side};
use std::path::Path;

/// Judges the worksheet at a path: the first commit where there is one, the answer otherwise. `truths` runs the simulator, one
/// value a question in their order; it is called only for a sheet that is committed.
pub fn worksheet(
    folder: &str,
    place: &Place,
    path: &Path,
    questions: &[Question],
    truths: impl FnOnce() -> Vec<f64>,
) -> Verdict {
    let refuse = |observed: String, ask: &str| {
        let mut v = Verdict::fail(folder, place, Kind::Uncommitted);
        v.observed = observed;
        v.ask = ask.into();
        v
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            return refuse(
                format!("cannot read {}: {e}", path.display()),
                "is the file where the exercise left it?",
            );
        }
    };
    let sheet = match Sheet::parse(&text, folder, questions) {
        Ok(sheet) => sheet,
        Err(why) => {
            let observed = format!("exercises/{folder}/worksheet.toml cannot be read:\n{why}");
            return refuse(observed, "which line did you change last?");
        }
    };
    let refusals = sheet.refusals(questions);
    if !refusals.is_empty() {
        // An answer that says nothing, or cannot be, is none.
        let observed = format!(
            "not committed: {} of {} questions answered (exercises/{folder}/worksheet.toml)\n{}",
            questions.len() - refusals.len(),
            questions.len(),
            refusals.join("\n")
        );
        return refuse(observed, "what would you bet on, before you know?");
    }
    let outcome = Outcome::of(&sheet, questions, &truths());
    if outcome.passes() {
        let mut v = Verdict::pass(folder, place);
        v.observed = format!(
            "{} of {} intervals held what the run gave",
            outcome.sides.len() - outcome.missed,
            outcome.sides.len()
        );
        return v;
    }
    unexplained(folder, place, &sheet, questions, &outcome)
}

/// The sides of the misses, and the mechanisms to choose from; never a value, never which mechanism is right.
fn unexplained(folder: &str, place: &Place, sheet: &Sheet, questions: &[Question], outcome: &Outcome) -> Verdict {
    let mut v = Verdict::fail(folder, place, Kind::Unexplained);
    let misses: Vec<String> = outcome
        .sides
        .iter()
        .filter_map(|(id, side)| match side {
            Side::Below => Some(format!("{id}: the run gave less than your interval")),
            Side::Above => Some(format!("{id}: the run gave more than your interval")),
            Side::Inside => None,
        })
        .collect();
    v.observed = format!(
        "{} of {} inside\n{}",
        outcome.sides.len() - outcome.missed,
        outcome.sides.len(),
        misses.join("\n")
    );
    let empty = outcome
        .sides
        .iter()
        .zip(&sheet.answers)
        .filter(|((_, side), a)| *side != Side::Inside && a.mechanism.is_empty())
        .count();
    v.assumes = format!("{} of {} misses", outcome.explained, outcome.missed);
    let astray = outcome.missed - outcome.explained - empty;
    if empty > 0 {
        v.assumes += &format!("; {empty} without a mechanism");
    }
    match astray {
        0 => {}
        1 => v.assumes += "; 1 mechanism that you picked does not drive its number",
        n => v.assumes += &format!("; {n} mechanisms that you picked do not drive their numbers"),
    }
    let number = folder.split('-').next().unwrap_or(folder);
    let pick = "Put the key of what drives the number into `mechanism`:";
    v.instead = if sheet.answers.iter().all(|a| a.first.is_some()) {
        format!("your first commit stands. {pick}")
    } else {
        format!("judged as it stands, nothing is committed (`cargo learn check {number}/predict` does that). {pick}")
    };
    for ((id, side), q) in outcome.sides.iter().zip(questions) {
        if *side != Side::Inside {
            v.instead += &format!("\n{id}:");
            // A list: whoever shows it keeps what is indented together.
            for m in &q.mechanisms {
                v.instead += &format!("\n  {}\n    {}", m.key, m.text);
            }
        }
    }
    v.ask = "whichever side you missed on: what is this number made of?".into();
    v.replay = format!("cargo learn lab {number}");
    v
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worksheet::{Axis, Mechanism, Scale};

    fn question(id: &str) -> Question {
        let mechanism = |key: &str, right| Mechanism { key: key.into(), text: format!("it is {key}"), right };
        Question {
            id: id.into(),
            axis: Axis::Cost,
            text: "?".into(),
            unit: "ms".into(),
            scale: Scale::Ratio,
            fact: id.into(),
            mechanisms: vec![
                mechanism("one", false),
                mechanism("two", true),
                mechanism("three", false),
                mechanism("four", false),
            ],
        }
    }

    /// The verdict on a sheet with this below its head; both runs gave 20.
    fn judged(name: &str, body: &str) -> Verdict {
        let file = std::env::temp_dir().join(format!("judge-predict-{}-{name}.toml", std::process::id()));
        std::fs::write(&file, format!("design = \"99-x\"\nschema = 1\n{body}")).unwrap();
        let place = Place { step: "step1_predict".into(), test: "t".into() };
        let verdict = worksheet("99-x", &place, &file, &[question("p90"), question("busy")], || {
            vec![20.0, 20.0]
        });
        std::fs::remove_file(&file).unwrap();
        verdict
    }

    #[test]
    fn every_miss_has_its_line_and_its_list() {
        let sheet = "[answers.p90]\nfirst = [1, 9]\n[answers.busy]\nfirst = [30, 40]\n";
        let v = judged("misses", sheet);
        assert_eq!(v.kind, Kind::Unexplained);
        assert_eq!(
            v.observed,
            "0 of 2 inside\np90: the run gave more than your interval\nbusy: the run gave less than your interval"
        );
        let lists: Vec<&str> = v.instead.lines().skip(1).collect();
        assert_eq!(lists[..3], ["p90:", "  one", "    it is one"]);
        assert_eq!(lists[9..12], ["busy:", "  one", "    it is one"]);
        let shown = v.to_string();
        assert!(
            shown.contains("\n                         one\n                           it is one\n"),
            "{shown}"
        );
    }

    #[test]
    fn what_stands_between_a_sheet_and_its_commit_is_said_line_by_line() {
        let v = judged("open", "[answers.p90]\nanswer = [1, 11]\n");
        assert_eq!(v.kind, Kind::Uncommitted);
        let lines: Vec<&str> = v.observed.lines().collect();
        assert!(
            lines[0].starts_with("not committed: 0 of 2 questions answered"),
            "{lines:?}"
        );
        assert!(
            lines[1].starts_with("p90: wider") && lines[2] == "busy: no answer yet",
            "{lines:?}"
        );
        let v = judged(
            "broken",
            "[answers.p90]\nanswer = [1 11]\n[answers.busy]\nanswer = [5]\n",
        );
        let lines: Vec<&str> = v.observed.lines().collect();
        assert_eq!(lines[0], "exercises/99-x/worksheet.toml cannot be read:");
        assert!(
            lines[1].starts_with("line 4: ") && lines[2].starts_with("line 6: "),
            "{lines:?}"
        );
    }
}

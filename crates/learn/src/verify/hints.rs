//! Hints: a question, the idea, nearly the answer. Each says more than the one before, and only the last gives the answer away.

use super::{Problem, rust_level};
use std::collections::BTreeSet;

/// Shortest line of code, without spaces, that counts as given away: shorter ones are everybody's.
const SHORTEST: usize = 12;

/// The three levels by themselves. `kind` names the step in the messages.
pub(super) fn levels(kind: &str, hints: &[String; 3]) -> Vec<Problem> {
    let mut out = Vec::new();
    let mut say = |i: usize, what: &str| out.push(format!("design.toml, step {kind}: hint {} {what}", i + 1));
    for (i, hint) in hints.iter().enumerate() {
        let text = plain(hint);
        if text.is_empty() {
            say(i, &format!("is empty; write {}", NAMES[i]));
            continue;
        }
        let earlier = hints[..i].iter().position(|h| plain(h).contains(&text));
        if let Some(earlier) = earlier {
            let what = format!("says nothing that hint {} does not; write {}", earlier + 1, NAMES[i]);
            say(i, &what);
        }
    }
    if !hints[0].contains('?') && !hints[0].trim().is_empty() {
        say(0, "asks nothing; make it a question that the learner can answer");
    }
    out
}

const NAMES: [&str; 3] = ["a question", "the idea", "nearly the answer"];

/// What the first two levels give away of the Rust that a learner writes. `known` is what the learner sees anyway: the starter,
/// the tests, the task and the numbers that the brief gives.
pub(super) fn gives_away(kind: &str, hints: &[String; 3], starter: &str, solution: &str, known: &str) -> Vec<Problem> {
    let lines: Vec<&str> = solution.lines().collect();
    let written: Vec<&str> = rust_level::written_code(starter, solution)
        .into_iter()
        .filter_map(|i| lines.get(i).map(|l| l.split("//").next().unwrap_or(l)))
        .collect();
    let known = numbers(known);
    let own: BTreeSet<String> = written
        .iter()
        .flat_map(|line| numbers(line))
        .filter(|n| n.len() > 1 && !known.contains(n))
        .collect();
    let mut out = Vec::new();
    for (i, hint) in hints[..2].iter().enumerate() {
        let squeezed = plain(hint);
        let quoted = written
            .iter()
            .find(|l| plain(l).len() >= SHORTEST && squeezed.contains(&plain(l)));
        if let Some(line) = quoted {
            out.push(format!(
                "design.toml, step {kind}: hint {} quotes `{}`, which the learner is to write; leave code to hint 3",
                i + 1,
                line.trim()
            ));
        }
        for number in numbers(hint).intersection(&own) {
            out.push(format!(
                "design.toml, step {kind}: hint {} gives away {number}, which the learner is to choose; leave it to hint 3",
                i + 1
            ));
        }
    }
    out
}

/// Text without spaces and case.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

/// The numbers of a text, as they are written.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    text.split(|c| !is_part(c))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| word.replace('_', "").trim_end_matches(".0").to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(texts: [&str; 3]) -> [String; 3] {
        texts.map(str::to_owned)
    }

    #[test]
    fn each_level_says_more() {
        let good = hints([
            "What limits it?",
            "Count what is sent.",
            "Send while fewer than 5 % are out.",
        ]);
        assert_eq!(levels("operate", &good), Vec::<String>::new());
        for (bad, says) in [
            (hints(["", "idea", "answer"]), "hint 1 is empty; write a question"),
            (
                hints(["Count?", "count?", "answer"]),
                "hint 2 says nothing that hint 1 does not",
            ),
            (
                hints(["What?", "cut and dry", "AND dry"]),
                "hint 3 says nothing that hint 2 does not",
            ),
            (hints(["Think.", "idea", "answer"]), "hint 1 asks nothing"),
        ] {
            let said = levels("operate", &bad);
            assert!(said.len() == 1 && said[0].contains(says), "{says}: {said:?}");
        }
    }

    #[test]
    fn only_the_last_level_may_hold_the_answer() {
        let starter = "fn a(seen: &Seen) -> Action {\n    todo!(\"x\")\n}\n";
        let solution = "fn a(seen: &Seen) -> Action {\n    // 77 is only said\n    if seen.waited < ms(1_800) {\n        return Action::AskAgain(ms(25));\n    }\n}\n";
        let away = |first: &str, second: &str| {
            let hints = hints([first, second, "return Action::AskAgain(ms(25)); 1800"]);
            gives_away("operate", &hints, starter, solution, "a limit of 25 ms")
        };
        assert_eq!(away("Which 77?", "After 25 ms, and 3 more."), Vec::<String>::new());
        let said = away("Is it 1,800 or 1800 ms?", "Return Action::AskAgain( ms(25) );");
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said[0].contains("hint 1 gives away 1800") && said[1].contains("hint 2 quotes"),
            "{said:?}"
        );
    }
}

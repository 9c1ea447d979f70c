//! One verdict for the reader: which test to talk about, and in which words.

use crate::runner::Ran;
use crate::term::{Term, Tone, columns_of};
use judge::Verdict;
use judge::verdict::Kind;

/// Width of the heads of the five lines: the longest, and room before its text.
const INDENT: usize = 26;
/// The least room for a text beside its head; with less it stands below it.
const ROOM: usize = 40;

/// What one run of a step comes to.
#[derive(Debug, PartialEq)]
pub(crate) enum Finding {
    /// Every test holds.
    Holds {
        /// Number of tests.
        tests: usize,
        /// What a judge observed although the answer holds, a line each: how many intervals of a worksheet held, for example.
        observed: Vec<String>,
    },
    /// The first test that does not hold, in the order of the file.
    Fails(Box<Failure>),
}

/// The test to talk about.
#[derive(Debug, PartialEq)]
pub(crate) struct Failure {
    /// The verdict on it.
    pub(crate) verdict: Verdict,
    /// Where the learner's code stopped, as `path:line`.
    pub(crate) place: Option<String>,
    /// Tests that hold.
    pub(crate) holding: usize,
    /// All tests.
    pub(crate) tests: usize,
}

/// The names of the tests of a file, in the order of the file.
pub(crate) fn tests_in_order(source: &str) -> Vec<String> {
    let mut tests = Vec::new();
    let mut marked = false;
    for line in source.lines().map(str::trim_start) {
        if line.starts_with("#[test]") {
            marked = true;
        }
        let Some((_, rest)) = line.split_once("fn ").filter(|_| marked && !line.starts_with("//")) else {
            continue;
        };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        tests.push(name);
        marked = false;
    }
    tests
}

/// Chooses the test to talk about. `step` is `step4_operate`, `source` the text of its test file.
pub(crate) fn find(ran: &Ran, design: &str, step: &str, source: &str) -> Finding {
    let tests = tests_in_order(source);
    if ran.passed {
        let observed = ran
            .verdicts
            .iter()
            .map(|v| v.observed.clone())
            .filter(|o| !o.is_empty());
        return Finding::Holds { tests: results(&ran.output).len(), observed: observed.collect() };
    }
    let results = results(&ran.output);
    let ended_well = |t: &String| {
        results.iter().any(|(name, ok)| name == t && *ok) || ran.verdicts.iter().any(|v| v.test == *t && v.passed)
    };
    let holding = tests.iter().filter(|t| ended_well(t)).count();
    // A test that failed comes before one that had no time to end.
    let failed = |t: &&String| {
        results.iter().any(|(name, ok)| name == *t && !ok) || ran.verdicts.iter().any(|v| v.test == **t && !v.passed)
    };
    let first = tests
        .iter()
        .find(failed)
        .or_else(|| tests.iter().find(|t| !ended_well(t)));
    let test = first.cloned().unwrap_or_else(|| "the tests".into());
    let block = block_of(&ran.output, &test);
    let verdict = match ran.verdicts.iter().find(|v| v.test == test && !v.passed) {
        Some(v) => v.clone(),
        None => made_up(ran, design, step, &test, block),
    };
    Finding::Fails(Box::new(Failure {
        verdict,
        place: panic_place(block, step),
        holding,
        tests: tests.len(),
    }))
}

/// `test name ... ok` lines.
fn results(output: &str) -> Vec<(String, bool)> {
    let name = |l: &str| {
        l.rsplit("::")
            .next()
            .unwrap_or(l)
            .trim_end_matches(" - should panic")
            .to_owned()
    };
    output
        .lines()
        .filter_map(|l| l.strip_prefix("test ")?.split_once(" ... "))
        .filter_map(|(t, how)| match how {
            "ok" => Some((name(t), true)),
            _ if how.starts_with("FAILED") => Some((name(t), false)),
            _ => None,
        })
        .collect()
}

/// What one test printed, or everything when that cannot be told apart.
fn block_of<'a>(output: &'a str, test: &str) -> &'a str {
    let head = format!("---- {test} stdout ----");
    let Some(from) = output.find(&head) else {
        return output;
    };
    let rest = &output[from + head.len()..];
    rest.find("\n---- ").map_or(rest, |end| &rest[..end])
}

/// The first `panicked at path:line:column` in the learner's file of the step.
fn panic_place(block: &str, step: &str) -> Option<String> {
    let file = format!("{step}.rs");
    block
        .lines()
        .filter_map(|l| l.split_once(" panicked at "))
        .find_map(|(_, at)| {
            let at = at.trim_end_matches(':');
            let mut parts = at.rsplitn(3, ':');
            let (_column, line, path) = (parts.next()?, parts.next()?, parts.next()?);
            let path = path.replace('\\', "/");
            (path.ends_with(&format!("/src/{file}")) && line.parse::<usize>().is_ok()).then(|| format!("{path}:{line}"))
        })
}

/// The verdict on a test about which the judge wrote nothing.
fn made_up(ran: &Ran, design: &str, step: &str, test: &str, block: &str) -> Verdict {
    let place = judge::verdict::Place { step: step.into(), test: test.into() };
    let fail = |kind| Verdict::fail(design, &place, kind);
    if ran.timed_out {
        let mut v = fail(Kind::Timeout);
        v.observed = format!("not finished after {} s, and ended", crate::runner::PATIENCE.as_secs());
        v.ask = "which loop, or which growing list, has no end?".into();
        return v;
    }
    let message = block
        .lines()
        .skip_while(|l| !l.contains(" panicked at "))
        .nth(1)
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(str::to_owned);
    if let Some(rest) = message.as_deref().and_then(|m| m.strip_prefix("not yet implemented")) {
        let mut v = fail(Kind::Todo);
        v.observed = rest.trim_start_matches(": ").to_owned();
        return v;
    }
    let mut v = fail(Kind::Crash);
    v.observed = match (&ran.abnormal, message) {
        (_, Some(message)) => format!("your code panicked: {message}"),
        (Some(how), None) => format!("the test's process {how}"),
        (None, None) => "the test failed without a word".into(),
    };
    v.ask = "for which input does your code stop here?".into();
    v
}

/// The verdict as it is shown, with the step's name and how the reader goes on.
pub(crate) fn render(term: &Term, short: &str, failure: &Failure) -> String {
    let v = &failure.verdict;
    let mut out = String::new();
    let mark = if v.kind == Kind::Uncommitted {
        "○".to_owned()
    } else {
        term.tone(Tone::Bad, "✗")
    };
    out += &format!("{mark} {}  {}", term.tone(Tone::Strong, short), v.test);
    if failure.tests > 1 {
        let count = format!("({} of {} tests hold)", failure.holding, failure.tests);
        let gap = if term.fits(columns_of(&out) + 3 + count.len()) {
            "   "
        } else {
            "\n    "
        };
        out += gap;
        out += &term.tone(Tone::Faint, &count);
    }
    out += "\n\n";
    let lines = [
        ("observed", &v.observed),
        (v.kind.head(), &v.assumes),
        ("what happened instead", &v.instead),
        ("ask yourself", &v.ask),
        ("replay", &v.replay),
    ];
    for (head, text) in lines {
        out += &line_of(term, head, text);
    }
    if let (Kind::Crash | Kind::Timeout, Some(place)) = (v.kind, &failure.place) {
        out += &line_of(term, "where", place);
    }
    out
}

/// A head and its text, side by side or, on a narrow terminal, one below the other.
fn line_of(term: &Term, head: &str, text: &str) -> String {
    let faint = term.tone(Tone::Faint, head);
    let below = !term.fits(INDENT + ROOM);
    let mut out = String::new();
    for (i, part) in text.lines().enumerate() {
        let mut head = if i == 0 { format!("  {faint}") } else { String::new() };
        // A list's lines keep their indent, and hang by it.
        let own = part.len() - part.trim_start_matches(' ').len();
        let mut indent = INDENT + own;
        if below {
            if i == 0 {
                out += &format!("{head}\n");
            }
            (head, indent) = (String::new(), 4 + own);
        }
        out += &if part.starts_with("cargo ") {
            term.command(&head, indent, part)
        } else {
            term.hang(&head, indent, part)
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//! fn no\n#[test]\nfn zeta() {\n    helper();\n}\n\nfn helper() {}\n\n#[test]\n#[ignore]\n// fn not_me\npub fn alpha() {}\n";

    fn verdict(test: &str, kind: Kind) -> Verdict {
        let place = judge::verdict::Place { step: "step4_operate".into(), test: test.into() };
        let mut v = Verdict::fail("02-x", &place, kind);
        (v.observed, v.assumes, v.instead) = ("extra 38 %".into(), "one leaf".into(), "all were slow".into());
        (v.ask, v.replay) = (
            "what then?".into(),
            "cargo learn replay 02/operate --test zeta --seed 1".into(),
        );
        v
    }

    fn ran(output: &str, verdicts: Vec<Verdict>) -> Ran {
        Ran { output: output.into(), verdicts, ..Ran::default() }
    }

    fn failure(r: &Ran) -> Failure {
        match find(r, "02-x", "step4_operate", SOURCE) {
            Finding::Fails(f) => *f,
            Finding::Holds { tests, .. } => panic!("{tests} hold"),
        }
    }

    #[test]
    fn tests_are_listed_in_the_order_of_the_file() {
        assert_eq!(tests_in_order(SOURCE), ["zeta", "alpha"]);
    }

    #[test]
    fn the_first_failing_test_of_the_file_is_shown() {
        let both = ran(
            "test alpha ... FAILED\ntest zeta ... FAILED\n",
            vec![verdict("alpha", Kind::Belief), verdict("zeta", Kind::Trade)],
        );
        assert_eq!(failure(&both).verdict.test, "zeta");
        let one = ran(
            "test alpha ... FAILED\ntest zeta ... ok\n",
            vec![verdict("alpha", Kind::Belief)],
        );
        let f = failure(&one);
        assert_eq!((f.verdict.test.as_str(), f.holding, f.tests), ("alpha", 1, 2));
    }

    #[test]
    fn a_pass_counts_its_tests() {
        let all = Ran { passed: true, ..ran("test alpha ... ok\ntest m::zeta ... ok\n", vec![]) };
        let holds = Finding::Holds { tests: 2, observed: vec![] };
        assert_eq!(find(&all, "02-x", "step4_operate", SOURCE), holds);
    }

    #[test]
    fn a_panic_the_judge_did_not_see_becomes_a_verdict() {
        let text = "test alpha ... ok\ntest zeta ... FAILED\n\nfailures:\n\n---- zeta stdout ----\n\nthread 'zeta' (7) panicked at exercises/02-x/src/step4_operate.rs:17:9:\nindex out of bounds: 3\nnote: run\n\n\nfailures:\n";
        let f = failure(&ran(text, vec![]));
        assert_eq!(f.verdict.kind, Kind::Crash);
        assert!(f.verdict.observed.contains("index out of bounds: 3"));
        assert_eq!(f.place.as_deref(), Some("exercises/02-x/src/step4_operate.rs:17"));
        let todo = text.replace("index out of bounds: 3", "not yet implemented: the policy");
        let f = failure(&ran(&todo, vec![]));
        assert_eq!(
            (f.verdict.kind, f.verdict.observed.as_str()),
            (Kind::Todo, "the policy")
        );
    }

    #[test]
    fn a_run_that_was_ended_names_the_test_that_did_not_end() {
        let f = failure(&Ran { timed_out: true, ..ran("test zeta ... ok\n", vec![]) });
        assert_eq!((f.verdict.kind, f.verdict.test.as_str()), (Kind::Timeout, "alpha"));
        let f = failure(&Ran { abnormal: Some("ended by signal 6".into()), ..ran("", vec![]) });
        assert!(f.verdict.observed.contains("signal 6"));
    }

    #[test]
    fn a_list_keeps_its_indent_when_it_wraps() {
        let mut v = verdict("zeta", Kind::Unexplained);
        v.instead = "pick one:\np90:\n  key_one\n    waits for the slowest of all the hundred leaves".into();
        let f = Failure { verdict: v, place: None, holding: 0, tests: 1 };
        let at = |width| render(&Term { colour: false, terminal: true, width }, "02/predict", &f);
        let whole = "p90:\n  key_one\n    waits for the slowest of all the hundred leaves";
        let broken = "p90:\n  key_one\n    waits for the slowest of all the\n    hundred leaves";
        for (width, indent, list) in [(80, 26, whole), (66, 26, broken), (40, 4, broken)] {
            let list: String = list.lines().map(|l| format!("{}{l}\n", " ".repeat(indent))).collect();
            assert!(at(width).contains(&list), "{width}\n{}", at(width));
        }
    }

    #[test]
    fn five_aligned_lines() {
        let f = Failure { verdict: verdict("zeta", Kind::Belief), place: None, holding: 1, tests: 2 };
        assert_eq!(
            render(&Term::PLAIN, "02/operate", &f),
            "✗ 02/operate  zeta   (1 of 2 tests hold)\n\n\
             \x20 observed                extra 38 %\n\
             \x20 you seem to assume      one leaf\n\
             \x20 what happened instead   all were slow\n\
             \x20 ask yourself            what then?\n\
             \x20 replay                  cargo learn replay 02/operate --test zeta --seed 1\n"
        );
        let colour = Term { colour: true, terminal: true, width: 80 };
        let shown = render(&colour, "02/operate", &f);
        assert!(
            shown.contains("\x1b[2mask yourself\x1b[0m            what then?"),
            "{shown}"
        );
        let narrow = render(&Term { colour: false, width: 60, ..colour }, "02/operate", &f);
        assert!(
            narrow.contains("  what happened instead\n    all were slow\n  ask yourself\n    what then?\n"),
            "{narrow}"
        );
        let trade = Failure { verdict: verdict("zeta", Kind::Trade), ..f };
        assert!(render(&Term::PLAIN, "x", &trade).contains("you traded              one leaf"));
    }
}

//! The verdict: five lines that explain a reasoning mistake without giving the answer away.

use crate::guard::Fault;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::panic::Location;
use std::path::Path;

/// What kind of verdict it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The answer holds.
    Pass,
    /// An objective is unmet and a belief's signature holds: the belief is named.
    Belief,
    /// An objective is unmet and no belief is proven: the verdict says what was traded for what.
    Trade,
    /// The answer works, and its claim is wrong.
    Claim,
    /// Nothing is committed yet.
    Uncommitted,
    /// A prediction missed, and the mechanism behind the miss is not picked yet.
    Unexplained,
    /// The learner's code panicked.
    Crash,
    /// The learner's code did not come back in time.
    Timeout,
    /// The learner's code is still a `todo!`.
    Todo,
}

impl Kind {
    /// What the second line of a verdict is headed with.
    pub fn head(self) -> &'static str {
        match self {
            Kind::Trade => "you traded",
            Kind::Claim => "your claim",
            Kind::Unexplained => "explained so far",
            _ => "you seem to assume",
        }
    }
}

/// A measured objective with its limit, for authors who check margins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Which objective.
    pub objective: String,
    /// What was measured.
    pub value: f64,
    /// The limit, in the same unit.
    pub limit: f64,
    /// May the value not pass the limit (true), or must it reach it (false)?
    pub at_most: bool,
    /// Is it a share of successes in percent, whose margin counts on what is missing to 100 %?
    pub success_share: bool,
}

/// One verdict on one test of one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Folder of the design: `02-fan-out-search`.
    pub design: String,
    /// Step: `step4_operate`.
    pub step: String,
    /// Name of the test function.
    pub test: String,
    /// Does the answer hold?
    pub passed: bool,
    /// What kind of verdict it is.
    pub kind: Kind,
    /// The belief that the run proves, by its key.
    pub belief: Option<String>,
    /// What was measured.
    pub observed: String,
    /// The belief behind the answer, or what was traded for what.
    pub assumes: String,
    /// What happened instead.
    pub instead: String,
    /// A question that leads on.
    pub ask: String,
    /// How to see the run again.
    pub replay: String,
    /// Every objective that was measured.
    #[serde(default)]
    pub measured: Vec<Measured>,
}

/// Where a test stands: its step and its name, found from the place that called.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Step: the stem of the test's file.
    pub step: String,
    /// Test: the name libtest gives the thread, or file and line where there is none.
    pub test: String,
}

impl Place {
    /// The place of the test that called a `#[track_caller]` function.
    pub fn of(caller: &Location<'_>) -> Place {
        let step = Path::new(caller.file())
            .file_stem()
            .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let thread = std::thread::current();
        let test = match thread.name() {
            // A test in a module of a generated crate is called `module::test`.
            Some(name) if name != "main" => name.rsplit("::").next().unwrap_or(name).to_owned(),
            _ => format!("{step}:{}", caller.line()),
        };
        Place { step, test }
    }

    /// The step as a learner types it: `02/operate` for `step4_operate` of design `02-…`.
    pub fn short(&self, design: &str) -> String {
        let number = design.split('-').next().unwrap_or(design);
        let kind = self.step.split_once('_').map_or(self.step.as_str(), |(_, k)| k);
        format!("{number}/{kind}")
    }
}

impl Verdict {
    /// A verdict that an answer holds.
    pub fn pass(design: &str, place: &Place) -> Verdict {
        Verdict {
            design: design.into(),
            step: place.step.clone(),
            test: place.test.clone(),
            passed: true,
            kind: Kind::Pass,
            belief: None,
            observed: String::new(),
            assumes: String::new(),
            instead: String::new(),
            ask: String::new(),
            replay: String::new(),
            measured: Vec::new(),
        }
    }

    /// A verdict that an answer does not hold, to be filled in.
    pub fn fail(design: &str, place: &Place, kind: Kind) -> Verdict {
        Verdict { passed: false, kind, ..Verdict::pass(design, place) }
    }

    /// Hands the verdict over: as JSON to whoever set `DSR_VERDICTS`, and as a failing test when it does not hold.
    ///
    /// # Panics
    /// When the answer does not hold: that is how a test fails. The message is the verdict.
    #[track_caller]
    pub fn or_explain(self) {
        if let Some(folder) = std::env::var_os("DSR_VERDICTS") {
            let file = Path::new(&folder).join(format!("{}.{}.json", self.step, self.test));
            let text = serde_json::to_string(&self).expect("a verdict is plain text");
            if let Err(e) = std::fs::write(&file, text) {
                eprintln!("cannot write {}: {e}", file.display());
            }
        }
        assert!(self.passed, "{self}");
    }
}

/// The verdict on an answer that gave no result: not written yet, panicked, or never came back.
pub fn fault(design: &str, place: &Place, fault: &Fault) -> Verdict {
    let (kind, observed, ask) = match fault {
        Fault::Todo(what) => (
            Kind::Todo,
            format!("not yet implemented: {what}"),
            "which file is it, and what does its head comment ask for?",
        ),
        Fault::Panic(why) => (
            Kind::Crash,
            format!("your code panicked: {why}"),
            "which input did you not expect? (the place stands above, after “panicked at”)",
        ),
        Fault::Timeout(s) => (
            Kind::Timeout,
            format!("your code did not come back within {s} s"),
            "which loop of yours waits for something that never changes while it waits?",
        ),
    };
    let mut verdict = Verdict::fail(design, place, kind);
    verdict.observed = observed;
    verdict.ask = ask.into();
    verdict
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = Place { step: self.step.clone(), test: self.test.clone() };
        let mark = if self.passed { "✓" } else { "✗" };
        writeln!(f, "\n{mark} {}  {}\n", place.short(&self.design), self.test)?;
        for (head, text) in [
            ("observed", &self.observed),
            (self.kind.head(), &self.assumes),
            ("what happened instead", &self.instead),
            ("ask yourself", &self.ask),
            ("replay", &self.replay),
        ] {
            if !text.is_empty() {
                hang(f, head, text)?;
            }
        }
        if std::env::var_os("DSR_VERDICTS").is_none() {
            writeln!(
                f,
                "\n(judged by cargo test: nothing is recorded. `cargo learn` keeps your progress.)"
            )?;
        }
        Ok(())
    }
}

/// Columns of a verdict that `cargo test` prints.
const WIDE: usize = 100;
/// Columns of the heads.
const HEAD: usize = 23;

/// Writes a text beside its head. Long lines are wrapped, and what a line is indented by it keeps.
fn hang(f: &mut fmt::Formatter<'_>, head: &str, text: &str) -> fmt::Result {
    for (i, line) in text.lines().enumerate() {
        let head = if i == 0 { head } else { "" };
        let indent = HEAD + line.len() - line.trim_start_matches(' ').len();
        // A command stays on one line, to be copied.
        let room = if line.starts_with("cargo ") {
            usize::MAX
        } else {
            WIDE - indent.min(WIDE / 2)
        };
        write!(f, "{head:<indent$}")?;
        let mut column = 0;
        // Not at any white space: a number stays with its unit. More spaces than one stay as they are.
        for (n, word) in line.trim_start_matches(' ').split(' ').enumerate() {
            let wide = word.chars().count();
            if column > 0 && column + 1 + wide > room {
                write!(f, "\n{:indent$}", "")?;
                column = 0;
            } else if n > 0 {
                f.write_str(" ")?;
                column += 1;
            }
            f.write_str(word)?;
            column += wide;
        }
        writeln!(f)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_test_is_its_file_and_its_name() {
        let place = Place::of(Location::caller());
        assert_eq!(place.step, "verdict");
        assert_eq!(place.test, "the_place_of_a_test_is_its_file_and_its_name");
        let place = Place { step: "step4_operate".into(), ..place };
        assert_eq!(place.short("02-fan-out-search"), "02/operate");
    }

    #[test]
    fn a_verdict_is_five_lines_in_order() {
        let place = Place { step: "step4_operate".into(), test: "t".into() };
        let mut v = Verdict::fail("02-fan-out-search", &place, Kind::Belief);
        (v.observed, v.assumes, v.instead) = ("96 %".into(), "one leaf".into(), "all".into());
        (v.ask, v.replay) = ("what?".into(), "cargo learn replay".into());
        let text = v.to_string();
        let at = |s: &str| text.find(s).expect(s);
        assert!(at("observed") < at("you seem to assume"));
        assert!(at("you seem to assume") < at("what happened instead"));
        assert!(at("what happened instead") < at("ask yourself"));
        assert!(at("ask yourself") < at("replay  "));
        v.kind = Kind::Trade;
        assert!(v.to_string().contains("you traded"));
    }

    #[test]
    fn long_lines_hang_below_their_text() {
        let place = Place { step: "step4_operate".into(), test: "t".into() };
        let mut v = Verdict::fail("02-fan-out-search", &place, Kind::Belief);
        v.observed = "one word after the other ".repeat(8).trim().into();
        v.instead = format!("a list\n  key\n    {}", "its text ".repeat(20).trim());
        v.replay = format!("cargo learn {}", "lab ".repeat(40).trim());
        let text = v.to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines
                .iter()
                .filter(|l| !l.contains("cargo"))
                .all(|l| l.chars().count() <= 100),
            "{text}"
        );
        assert!(text.contains(&format!("\n{:25}key\n{:27}its text", "", "")), "{text}");
        assert!(
            text.contains(&format!("\n{:27}its text its", "")) && text.contains(&v.replay),
            "{text}"
        );
        assert!(text.contains(&format!("\n{:23}", "")), "{text}");
    }

    #[test]
    #[should_panic(expected = "observed")]
    fn a_verdict_that_does_not_hold_fails_the_test() {
        let place = Place { step: "s".into(), test: "t".into() };
        let mut v = Verdict::fail("02-x", &place, Kind::Trade);
        v.observed = "something".into();
        v.or_explain();
    }
}

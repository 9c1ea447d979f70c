//! The worksheet: one list of questions a design, answered by 90 % intervals.

mod read;
mod slips;

use serde::{Deserialize, Serialize};

/// The three axes, always in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// Machines, bytes stored and moved, people, money.
    Cost,
    /// Latency distribution, throughput, staleness.
    Performance,
    /// What breaks, how much, for how long, who notices, what is lost.
    Failure,
}

impl Axis {
    /// The axis in words.
    pub fn words(self) -> &'static str {
        match self {
            Axis::Cost => "Cost",
            Axis::Performance => "Performance",
            Axis::Failure => "Behaviour under failure",
        }
    }

    /// The axis in words, within a sentence.
    pub fn in_a_sentence(self) -> &'static str {
        match self {
            Axis::Cost => "cost",
            Axis::Performance => "performance",
            Axis::Failure => "behaviour under failure",
        }
    }
}

/// One way in which a prediction can go wrong; exactly one of a question's is right.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mechanism {
    /// Key that the worksheet names.
    pub key: String,
    /// What a person reads.
    pub text: String,
    /// Is it the one that explains the number?
    #[serde(default)]
    pub right: bool,
}

/// How a question's number is scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// A positive number, on a logarithmic scale; an interval may span a factor of ten.
    #[default]
    Ratio,
    /// A share in percent; an interval may span 40 points.
    Share,
}

/// One question of a worksheet.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Key, `snake_case`.
    pub id: String,
    /// Axis.
    pub axis: Axis,
    /// The question, as one sentence.
    pub text: String,
    /// Unit of the answer.
    pub unit: String,
    /// How it is scored.
    #[serde(default)]
    pub scale: Scale,
    /// Key of the fact that answers it.
    pub fact: String,
    /// At least four mechanisms, exactly one right.
    pub mechanisms: Vec<Mechanism>,
}

impl Question {
    /// Checks that the question can be asked.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn check(&self) -> Result<(), String> {
        if self.mechanisms.len() < 4 {
            return Err(format!(
                "question {}: {} mechanisms; it needs at least four",
                self.id,
                self.mechanisms.len()
            ));
        }
        let right = self.mechanisms.iter().filter(|m| m.right).count();
        if right != 1 {
            return Err(format!(
                "question {}: {right} mechanisms are marked right; exactly one is",
                self.id
            ));
        }
        Ok(())
    }
}

/// Largest factor from low to high of an answer on a ratio scale.
pub const WIDEST_FACTOR: f64 = 10.0;
/// Most points from low to high of an answer that is a share.
pub const WIDEST_POINTS: f64 = 40.0;
/// Version of the file format.
pub const SCHEMA: u32 = 1;

/// A 90 % interval, in the question's unit. In the file it is `[low, high]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// Where the truth lies, seen from an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Below the low end.
    Below,
    /// Inside.
    Inside,
    /// Above the high end.
    Above,
}

impl Interval {
    /// Where `truth` lies.
    pub fn side(&self, truth: f64) -> Side {
        if truth < self.low {
            Side::Below
        } else if truth > self.high {
            Side::Above
        } else {
            Side::Inside
        }
    }

    /// Checks that an answer says something that could be wrong.
    ///
    /// # Errors
    /// One sentence: what is wrong with it.
    pub fn check(&self, scale: Scale) -> Result<(), String> {
        let Interval { low, high } = *self;
        if !(low.is_finite() && high.is_finite()) {
            return Err("low and high must be numbers".into());
        }
        if low <= 0.0 {
            return Err("low must be greater than 0".into());
        }
        if low > high {
            return Err(format!(
                "low is greater than high; the smaller number comes first: [{high}, {low}]"
            ));
        }
        match scale {
            Scale::Ratio if high > low * WIDEST_FACTOR => {
                Err("wider than a factor of ten: say something that could be wrong".into())
            }
            Scale::Share if high > 100.0 => Err("a share is at most 100 %".into()),
            Scale::Share if high - low > WIDEST_POINTS => {
                Err("wider than 40 points: say something that could be wrong".into())
            }
            _ => Ok(()),
        }
    }
}

/// One answer of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question's key.
    pub id: String,
    /// The 90 % interval, when there is one.
    pub answer: Option<Interval>,
    /// Why, in the reader's words.
    pub reason: String,
    /// After a miss: the key of the mechanism that explains it.
    pub mechanism: String,
    /// The first commit, which is the one that is scored.
    pub first: Option<Interval>,
}

impl Answer {
    /// What is judged: the first commit where there is one, the answer otherwise.
    pub fn judged(&self) -> Option<Interval> {
        self.first.or(self.answer)
    }
}

/// A worksheet as read from `worksheet.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Folder of the design.
    pub design: String,
    /// One answer a question, in the questions' order.
    pub answers: Vec<Answer>,
    /// The free text: strongest and weakest point, swap, decision, when it reverses.
    pub verdict: FreeText,
}

/// The sheet's free text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FreeText {
    /// Strongest point, with axis and number.
    pub strongest: String,
    /// Weakest point, with axis and number.
    pub weakest: String,
    /// Answer to the swap question.
    pub swap: String,
    /// The verdict.
    pub decision: String,
    /// The condition that would reverse it.
    pub reverses_when: String,
}

impl Sheet {
    /// Reads a sheet and holds it against the design's questions.
    ///
    /// # Errors
    /// Everything that is wrong, a line each: the line of the file, what it is, and what it should look like.
    pub fn parse(text: &str, design: &str, questions: &[Question]) -> Result<Sheet, String> {
        read::sheet(text, design, questions)
    }

    /// How many questions have something to judge.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|a| a.judged().is_some()).count()
    }

    /// Why the sheet cannot be committed yet: one sentence a question, in order. Empty when it can.
    pub fn refusals(&self, questions: &[Question]) -> Vec<String> {
        let mut out = Vec::new();
        for (a, q) in self.answers.iter().zip(questions) {
            match a.judged() {
                None => out.push(format!("{}: no answer yet", q.id)),
                Some(i) => {
                    if let Err(why) = i.check(q.scale) {
                        out.push(format!("{}: {why}", q.id));
                    }
                }
            }
        }
        out
    }
}

/// What is wrong with a text that is no TOML, as [`Sheet::parse`] says it; `None` when it is TOML.
pub fn no_toml(text: &str) -> Option<String> {
    let error = toml::de::DeTable::parse(text).err()?;
    Some(slips::told(slips::syntax(text, &error).0))
}

/// How a committed sheet compares with the truth, without telling it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// For each question, in order: where the truth lies.
    pub sides: Vec<(String, Side)>,
    /// Misses.
    pub missed: usize,
    /// Misses whose right mechanism is picked.
    pub explained: usize,
}

impl Outcome {
    /// Holds a sheet against the truths, one a question, in the question's unit.
    pub fn of(sheet: &Sheet, questions: &[Question], truths: &[f64]) -> Outcome {
        let mut outcome = Outcome { sides: Vec::new(), missed: 0, explained: 0 };
        for ((a, q), truth) in sheet.answers.iter().zip(questions).zip(truths) {
            let Some(interval) = a.judged() else { continue };
            let side = interval.side(*truth);
            if side != Side::Inside {
                outcome.missed += 1;
                let right = q.mechanisms.iter().any(|m| m.right && m.key == a.mechanism);
                outcome.explained += usize::from(right);
            }
            outcome.sides.push((a.id.clone(), side));
        }
        outcome
    }

    /// Is every miss explained?
    pub fn passes(&self) -> bool {
        self.explained == self.missed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: &str, scale: Scale) -> Question {
        let mechanism = |key: &str, right| Mechanism { key: key.into(), text: key.into(), right };
        Question {
            id: id.into(),
            axis: Axis::Cost,
            text: "?".into(),
            unit: "ms".into(),
            scale,
            fact: id.into(),
            mechanisms: vec![
                mechanism("a", false),
                mechanism("b", true),
                mechanism("c", false),
                mechanism("d", false),
            ],
        }
    }

    fn sheet(body: &str) -> Result<Sheet, String> {
        let text = format!("design = \"02-x\"\nschema = 1\n{body}");
        Sheet::parse(
            &text,
            "02-x",
            &[question("p90", Scale::Ratio), question("busy", Scale::Share)],
        )
    }

    #[test]
    fn an_empty_sheet_is_read_and_refused() {
        let s = sheet("").unwrap();
        let q = [question("p90", Scale::Ratio), question("busy", Scale::Share)];
        assert_eq!(s.answered(), 0);
        assert_eq!(s.refusals(&q).len(), 2);
    }

    #[test]
    fn answers_that_could_not_be_wrong_are_refused() {
        let check = |low, high, scale| Interval { low, high }.check(scale);
        assert!(check(10.0, 100.0, Scale::Ratio).is_ok());
        assert!(check(10.0, 101.0, Scale::Ratio).unwrap_err().contains("factor of ten"));
        assert!(check(0.0, 1.0, Scale::Ratio).is_err());
        assert!(check(2.0, 1.0, Scale::Ratio).is_err());
        assert!(check(f64::NAN, 1.0, Scale::Ratio).is_err());
        assert!(check(10.0, 50.0, Scale::Share).is_ok());
        assert!(check(10.0, 51.0, Scale::Share).unwrap_err().contains("40 points"));
        assert!(check(90.0, 101.0, Scale::Share).is_err());
    }

    #[test]
    fn misses_must_be_explained_by_the_right_mechanism() {
        let q = [question("p90", Scale::Ratio), question("busy", Scale::Share)];
        let body = |mechanism: &str| {
            format!("[answers.p90]\nanswer = [1, 9]\nmechanism = \"{mechanism}\"\n[answers.busy]\nanswer = [10, 30]\n")
        };
        let outcome = |m: &str| Outcome::of(&sheet(&body(m)).unwrap(), &q, &[20.0, 20.0]);
        assert_eq!(
            outcome("").sides,
            [("p90".into(), Side::Above), ("busy".into(), Side::Inside)]
        );
        assert!(!outcome("").passes());
        assert!(!outcome("a").passes());
        assert!(outcome("b").passes());
    }

    #[test]
    fn the_first_commit_is_what_counts() {
        let s = sheet("[answers.p90]\nanswer = [10, 20]\nfirst = [1, 2]\n").unwrap();
        assert_eq!(s.answers[0].judged(), Some(Interval { low: 1.0, high: 2.0 }));
    }

    /// What is said of a sheet that cannot be read.
    fn wrong(body: &str) -> String {
        sheet(body).unwrap_err()
    }

    #[test]
    fn a_slip_is_said_with_its_line_and_an_example() {
        // What TOML itself refuses, and what is TOML and no answer.
        for (value, says) in [
            ("[120 200]", "a comma is missing between the two numbers"),
            ("[120, 200", "the closing bracket is missing"),
            ("120, 200", "the brackets are missing"),
            ("120, 200]", "the opening bracket is missing"),
            ("[[120, 200]", "more brackets on one side"),
            ("", "the value is missing"),
            ("[\"2\", \"4\"]", "without quotation marks"),
            ("[5]", "holds one number; it holds two"),
            ("[1,5, 2,5]", "has a point"),
            ("\"120 to 200\"", "is no list"),
            ("120", "is no list"),
        ] {
            let why = wrong(&format!("\n[answers.p90]\nanswer = {value}\nreason = \"\"\n"));
            assert!(why.starts_with("line 5: "), "{value}: {why}");
            assert!(
                why.contains(says) && why.contains("`answer = [120, 200]`"),
                "{value}: {why}"
            );
            assert!(
                !why.contains("TOML") && !why.contains("expected"),
                "parser's words: {why}"
            );
            assert_eq!(why.lines().count(), 1, "{why}");
        }
        for (line, says) in [
            ("reason = \"it waits", "the closing quotation mark is missing"),
            ("reason = it waits", "a text stands in quotation marks"),
            ("reason = “it waits”", "straight"),
            ("reason = \"a \"slow\" leaf\"", "written \\\""),
            ("reason = 5", "a text stands in quotation marks"),
        ] {
            let why = wrong(&format!("[answers.p90]\nanswer = [1, 2]\n{line}\nmechanism = \"\"\n"));
            assert!(why.starts_with("line 5: ") && why.contains(says), "{line}: {why}");
            assert!(why.contains("`reason = \"because …\"`"), "{line}: {why}");
        }
        let low = Interval { low: 200.0, high: 120.0 }.check(Scale::Ratio).unwrap_err();
        assert!(low.contains("[120, 200]"), "{low}");
    }

    #[test]
    fn one_bad_line_hides_no_other() {
        let why = wrong(
            "[answers.p90]\nanswer = [120 200]\n[answers.busy]\nanswer = [5]\nreason = 3\nmechnism = \"\"\n[verdict]\nswap = \"open\n",
        );
        let lines: Vec<&str> = why.lines().map(|l| l.split(':').next().unwrap()).collect();
        assert_eq!(lines, ["line 4", "line 6", "line 7", "line 8", "line 10"], "{why}");
    }

    #[test]
    fn several_lines_of_text_are_no_slip() {
        let s = sheet("[answers.p90]\nreason = \"\"\"\nanswer = [1 2]\n[x\n\"\"\"\nanswer = [\n 1,\n 2, # high\n]\n")
            .unwrap();
        assert_eq!(s.answers[0].reason, "answer = [1 2]\n[x\n");
        assert_eq!(s.answers[0].answer, Some(Interval { low: 1.0, high: 2.0 }));
        let why = wrong("[answers.p90]\nreason = \"\"\"\nanswer = [1 2]\n\"\"\"\nanswer = [1 2]\n");
        assert!(why.starts_with("line 7: ") && why.lines().count() == 1, "{why}");
    }

    #[test]
    fn mechanisms_are_named_after_the_commit_only() {
        let why = wrong("[answers.p90]\nanswer = [1, 2]\nmechanism = \"z\"\n");
        assert!(why.starts_with("line 5: ") && why.contains("after the commit"), "{why}");
        assert!(!why.contains("a, b"), "no answer before a judgement: {why}");
        // Half a commit is none.
        let half = wrong("[answers.p90]\nfirst = [1, 2]\nmechanism = \"z\"\n");
        assert!(!half.contains("a, b"), "{half}");
        let why = wrong("[answers.p90]\nfirst = [1, 2]\nmechanism = \"z\"\n[answers.busy]\nfirst = [1, 2]\n");
        assert!(why.contains("\"z\"; it is one of a, b, c, d"), "{why}");
    }

    #[test]
    fn a_broken_sheet_says_where() {
        assert!(wrong("[answers.p90\n").starts_with("line 3: `[answers.p90`: the closing bracket is missing"));
        let twice = wrong("[answers.p90]\nanswer = [1, 2]\nanswer = [1, 3]\n");
        assert!(twice.starts_with("line 5: ") && twice.contains("duplicate"), "{twice}");
        assert!(wrong("[answers.p90]\nanswer = [1, 2]\nhello\n").starts_with("line 5: `hello`"));
        // Where nobody knows what was meant, the parser says it.
        let own = wrong("colour = red\n");
        assert!(
            own.starts_with("line 3: `colour = red`: this is no valid TOML ("),
            "{own}"
        );
        let nope = wrong("[answers.nope]\nanswer = [1, 2]\n");
        assert!(nope.starts_with("line 3: no question \"nope\""), "{nope}");
        assert!(wrong("answer = [1, 2]\n").contains("no \"answer\" in a worksheet"));
        assert!(wrong("answers = 3\n").contains("`[answers.…]`"));
        let other = Sheet::parse("design = \"03-y\"\nschema = 1\n", "02-x", &[]);
        assert!(other.unwrap_err().contains("belongs"));
        let newer = Sheet::parse("design = \"02-x\"\nschema = 2\n", "02-x", &[]);
        assert!(newer.unwrap_err().contains("schema = 2"));
        assert!(Sheet::parse("", "02-x", &[]).is_err() && Sheet::parse("schema = 1\n", "02-x", &[]).is_err());
        assert_eq!(no_toml("answer = [1, 2]"), None);
        assert!(no_toml("answer = [1 2]").unwrap().contains("comma"));
    }
}

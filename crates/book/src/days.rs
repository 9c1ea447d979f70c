//! `days.toml`: the days that can be taught, block by block. It holds order and names; what a design's blocks are and how many
//! minutes they take stands in its manifest, and the times are worked out here.

use crate::finding::{Finding, Findings};
use outline::manifest::Manifest;
use serde::Deserialize;
use std::fmt;
use std::path::Path;

/// The file, beside `book.toml`.
pub const FILE: &str = "days.toml";

/// How many minutes a day may end before its time: more would be a block that was forgotten.
const SPARE: u32 = 10;

/// A way to teach: one day, or a session a week.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// What `{{agenda NAME}}` calls it.
    pub name: String,
    /// What it is called on the page.
    pub title: String,
    /// When the first block begins; none for sessions of a week each.
    pub begins: Option<Clock>,
    /// When the last block has to have ended; it is there when `begins` is.
    pub ends: Option<Clock>,
    /// Do learners have laptops? Without them the steps are done on paper, and whoever leads runs them.
    #[serde(default = "yes")]
    pub laptops: bool,
    /// The name of another day, whose blocks and times are this one's too; then it has none of its own.
    pub like: Option<String>,
    /// What is done, in order.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

fn yes() -> bool {
    true
}

/// One line of `days.toml`: a design by its number, a pause, or something else that takes time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Number of a design, whose blocks and minutes are its manifest's.
    pub design: Option<String>,
    /// What a pause is called.
    pub pause: Option<String>,
    /// What else is done.
    pub what: Option<String>,
    /// Minutes of a pause, or of what else is done.
    pub minutes: Option<u32>,
    /// What has to lie ready, in Markdown.
    #[serde(default)]
    pub needs: String,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Minutes since midnight.
    minutes: u32,
}

impl Clock {
    /// So many minutes later.
    #[must_use]
    pub fn plus(self, minutes: u32) -> Clock {
        Clock { minutes: self.minutes + minutes }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let read = text.split_once(':').and_then(|(hours, minutes)| {
            let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
            (hours < 24 && minutes < 60).then_some(Clock { minutes: hours * 60 + minutes })
        });
        read.ok_or_else(|| serde::de::Error::custom(format!("“{text}” is no time of day; write 09:00")))
    }
}

/// A block with its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// When it begins; none in a session of its own week.
    pub at: Option<Clock>,
    /// How long it takes.
    pub minutes: u32,
    /// What it is.
    pub what: What,
}

/// What a timed block is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A design begins; its own blocks follow. The minutes are all of theirs.
    Design {
        /// Its number, `02`.
        number: String,
        /// What has to lie ready.
        needs: String,
    },
    /// One of a design's blocks.
    Part(String),
    /// A pause.
    Pause(String),
    /// Anything else, with what has to lie ready.
    Other(String, String),
}

impl Day {
    /// Its blocks with their times.
    ///
    /// # Errors
    /// One sentence: a block that is none, a design that nobody knows, or a day that does not add up.
    pub fn schedule<'a>(&self, manifest: impl Fn(&str) -> Result<&'a Manifest, String>) -> Result<Vec<Timed>, String> {
        let fault = |what: String| format!("the day “{}”: {what}", self.name);
        let mut now = self.begins;
        let mut out = Vec::new();
        let mut push = |what, minutes, takes| {
            out.push(Timed { at: now, minutes, what });
            now = now.map(|t| t.plus(takes));
        };
        for (i, block) in self.blocks.iter().enumerate() {
            match block.clone() {
                Block { design: Some(number), pause: None, what: None, minutes: None, needs } => {
                    let manifest = manifest(&number).map_err(&fault)?;
                    push(What::Design { number, needs }, manifest.day_minutes(), 0);
                    for part in &manifest.day {
                        push(What::Part(self.said(&part.what)), part.minutes, part.minutes);
                    }
                }
                Block { design: None, pause: Some(name), what: None, minutes: Some(minutes), .. } => {
                    push(What::Pause(name), minutes, minutes);
                }
                Block { design: None, pause: None, what: Some(what), minutes: Some(minutes), needs } => {
                    push(What::Other(what, needs), minutes, minutes);
                }
                _ => {
                    return Err(fault(format!(
                        "block {} is neither a design (without minutes) nor a pause or a “what” with minutes",
                        i + 1
                    )));
                }
            }
        }
        let over = now;
        match (over, self.ends) {
            (None, None) => {}
            (Some(over), Some(ends)) if over > ends => {
                return Err(fault(format!(
                    "it is over at {over}, and has to end at {ends}: say what leaves"
                )));
            }
            (Some(over), Some(ends)) if over.plus(SPARE) < ends => {
                return Err(fault(format!(
                    "it is over at {over}, more than {SPARE} minutes before {ends}"
                )));
            }
            (Some(_), Some(_)) => {}
            _ => return Err(fault("it has only one of “begins” and “ends”".into())),
        }
        Ok(out)
    }

    /// A design's block as this day has it: without laptops what is done at a keyboard is done on paper, and shown by whoever leads.
    fn said(&self, what: &str) -> String {
        const AT_A_KEYBOARD: &str = ", in pairs at one keyboard";
        const LAB: &str = "Lab, in pairs";
        if self.laptops {
            return what.into();
        }
        if let Some(rest) = what.strip_prefix(LAB) {
            return format!("Lab on the screen; the room says what is turned{rest}");
        }
        match what.strip_suffix(AT_A_KEYBOARD) {
            Some(step) => format!("{step}, on paper in pairs; whoever leads runs two of the answers"),
            None => what.into(),
        }
    }
}

/// All the days of the file.
#[derive(Clone, Debug, Default)]
pub struct Days(Vec<Day>);

impl Days {
    /// Reads the file beside `book.toml`; without one there are none.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn load(root: &Path) -> Result<Days, Findings> {
        match std::fs::read_to_string(root.join(FILE)) {
            Ok(text) => Days::parse(&text),
            Err(_) => Ok(Days::default()),
        }
    }

    /// Reads its text.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn parse(text: &str) -> Result<Days, Findings> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            day: Vec<Day>,
        }
        let file: File = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|s| crate::markdown::line_of(text, s.start));
            let finding = Finding { file: FILE.into(), line, what: e.message().into() };
            let mut all = Findings::default();
            all.push(finding);
            all
        })?;
        Days(file.day).filled().map_err(|what| {
            let mut all = Findings::default();
            all.push(Finding::of(FILE, what));
            all
        })
    }

    /// The days, those that are like another one with its blocks and times.
    fn filled(mut self) -> Result<Days, String> {
        for i in 0..self.0.len() {
            let Some(name) = self.0[i].like.clone() else { continue };
            let Day { begins, ends, blocks, .. } = self.day(&name)?.clone();
            let own = &mut self.0[i];
            if !own.blocks.is_empty() || own.begins.is_some() || own.ends.is_some() {
                return Err(format!(
                    "the day “{}” is like “{name}”, and so has no blocks or times of its own",
                    own.name
                ));
            }
            *own = Day { begins, ends, blocks, ..own.clone() };
        }
        Ok(self)
    }

    /// The day of a name.
    ///
    /// # Errors
    /// The names that there are.
    pub fn day(&self, name: &str) -> Result<&Day, String> {
        self.0.iter().find(|d| d.name == name).ok_or_else(|| {
            let known = self.0.iter().map(|d| d.name.as_str());
            format!("{FILE} has no day “{name}”; {}", crate::finding::suggest(name, known))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = r#"
[[day]]
name = "short"
title = "A short day"
begins = "09:50"
ends = "11:00"
blocks = [
  { what = "Open", minutes = 10, needs = "a clock" },
  { design = "02" },
  { pause = "Break", minutes = 5 },
]
"#;

    fn schedule(text: &str) -> Result<Vec<Timed>, String> {
        let manifest = Manifest::parse(crate::fixture::MANIFEST).unwrap();
        let days = Days::parse(text).map_err(|e| e.to_string())?;
        days.day("short")?.schedule(|number| match number {
            "02" => Ok(&manifest),
            _ => Err(format!("no design {number}")),
        })
    }

    #[test]
    fn times_follow_from_the_manifests_minutes() {
        let all = schedule(DAY).unwrap();
        let said: Vec<String> = all
            .iter()
            .map(|t| format!("{} {} {:?}", t.at.unwrap(), t.minutes, t.what))
            .collect();
        assert_eq!(
            said,
            [
                "09:50 10 Other(\"Open\", \"a clock\")",
                "10:00 45 Design { number: \"02\", needs: \"\" }",
                "10:00 10 Part(\"Read\")",
                "10:10 35 Part(\"Argue\")",
                "10:45 5 Pause(\"Break\")",
            ]
        );
    }

    #[test]
    fn a_day_adds_up() {
        let late = schedule(&DAY.replace("11:00", "10:45")).unwrap_err();
        assert_eq!(
            late,
            "the day “short”: it is over at 10:50, and has to end at 10:45: say what leaves"
        );
        let early = schedule(&DAY.replace("11:00", "11:01")).unwrap_err();
        assert!(early.contains("more than 10 minutes before 11:01"), "{early}");
        let open = schedule(&DAY.replace("ends = \"11:00\"\n", "")).unwrap_err();
        assert!(open.contains("only one of"), "{open}");
    }

    #[test]
    fn what_is_no_block_is_named() {
        let e = schedule(&DAY.replace("{ design = \"02\" }", "{ design = \"02\", minutes = 3 }")).unwrap_err();
        assert!(e.contains("block 2 is neither"), "{e}");
        let e = schedule(&DAY.replace("\"02\"", "\"05\"")).unwrap_err();
        assert_eq!(e, "the day “short”: no design 05");
        let e = schedule(&DAY.replace("09:50", "9.50")).unwrap_err();
        assert!(e.starts_with("days.toml:5: ") && e.contains("write 09:00"), "{e}");
        let e = schedule(&DAY.replace("title", "titel")).unwrap_err();
        assert!(e.starts_with("days.toml:") && e.contains("titel"), "{e}");
        let e = schedule(&DAY.replace("\"short\"", "\"long\"")).unwrap_err();
        assert!(e.contains("there is long"), "{e}");
    }

    #[test]
    fn a_day_can_be_like_another_one() {
        let paper = "\n[[day]]\nname = \"paper\"\ntitle = \"On paper\"\nlaptops = false\nlike = \"short\"\n";
        let days = Days::parse(&format!("{DAY}{paper}")).unwrap();
        let (short, paper_day) = (days.day("short").unwrap(), days.day("paper").unwrap());
        assert_eq!((paper_day.begins, paper_day.ends), (short.begins, short.ends));
        assert_eq!(paper_day.blocks.len(), short.blocks.len());
        assert!(!paper_day.laptops && short.laptops);
        let e = Days::parse(&format!("{DAY}{}", paper.replace("\"short\"", "\"shrot\"")))
            .unwrap_err()
            .to_string();
        assert!(e.contains("no day “shrot”; there is short"), "{e}");
        let e = Days::parse(&format!("{DAY}{paper}begins = \"08:00\"\n"))
            .unwrap_err()
            .to_string();
        assert!(e.contains("no blocks or times of its own"), "{e}");
    }

    #[test]
    fn without_laptops_what_is_done_at_a_keyboard_is_done_on_paper() {
        let mut day = Days::parse(DAY).unwrap().day("short").unwrap().clone();
        let step = "Step 4, operate, in pairs at one keyboard";
        assert_eq!(day.said(step), step);
        day.laptops = false;
        assert_eq!(
            day.said(step),
            "Step 4, operate, on paper in pairs; whoever leads runs two of the answers"
        );
        assert_eq!(
            day.said("Lab, in pairs: bound the queue"),
            "Lab on the screen; the room says what is turned: bound the queue"
        );
        assert_eq!(day.said("Read the brief, alone"), "Read the brief, alone");
    }
}

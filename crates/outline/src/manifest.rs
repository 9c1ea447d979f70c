//! `design.toml`: the single source of everything about a design that is not code.
//!
//! The map, the agenda, the exercise lists, the worksheets, the hints: all are derived from here and typed nowhere else.

pub use judge::worksheet::{Axis, Mechanism, Question};
use serde::{Deserialize, Serialize};

/// One design's manifest.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// Stable number, also the head of its folder names.
    pub number: u32,
    /// Folder name without the number, and the name of the exercise package: `fan-out-search`.
    pub slug: String,
    /// Neutral title.
    pub title: String,
    /// Neutral one-line promise.
    pub promise: String,
    /// What the design teaches; shown in the debrief only.
    pub moral: String,
    /// "After this you can …", three of them.
    pub objectives: Vec<String>,
    /// Designs and blocks that it builds on.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Rust that its steps ask for.
    pub rust: RustLevel,
    /// Its place in the day.
    pub role: Role,
    /// The day's blocks.
    pub day: Vec<DayBlock>,
    /// The step that is done in the day: a kind of [`Step`].
    pub day_step: StepKind,
    /// Minutes for someone alone.
    pub self_study_minutes: u32,
    /// Slugs of the building blocks that it is made of.
    pub blocks: Vec<String>,
    /// Keys of `sources.toml` that the chapter rests on.
    pub sources: Vec<String>,
    /// Date of the facts, `YYYY-MM`.
    pub as_of: String,
    /// Numbers that the brief assumes.
    pub given: Vec<Given>,
    /// The worksheet's questions.
    pub questions: Vec<Question>,
    /// The steps of the exercise, in order.
    pub steps: Vec<Step>,
}

/// Rust that a learner needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RustLevel {
    /// No Rust.
    None,
    /// What `rust-you-need.md` teaches.
    Basic,
}

/// Place in the taught day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Taught.
    Day,
    /// Evaluated aloud by the instructor.
    Clinic,
    /// Can be swapped in.
    Alternate,
    /// For oneself.
    SelfStudy,
}

/// One block of the day.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DayBlock {
    /// What happens.
    pub what: String,
    /// Minutes.
    pub minutes: u32,
}

/// A number that the brief assumes: declared once, marked wherever it is printed (`{{given NN.key}}`).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Key.
    pub key: String,
    /// Value, in `unit`.
    pub value: f64,
    /// Unit; empty for a count.
    #[serde(default)]
    pub unit: String,
    /// What is assumed, in one sentence.
    pub what: String,
}

/// The five kinds of reasoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// Fill in the worksheet.
    Predict,
    /// Write a formula.
    Calculate,
    /// Choose a configuration.
    Choose,
    /// Write a policy.
    Operate,
    /// Find what breaks a design.
    Attack,
}

impl StepKind {
    /// The word used in file names and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            StepKind::Predict => "predict",
            StepKind::Calculate => "calculate",
            StepKind::Choose => "choose",
            StepKind::Operate => "operate",
            StepKind::Attack => "attack",
        }
    }
}

/// One step of an exercise.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Kind; each occurs at most once a design.
    pub kind: StepKind,
    /// Minutes.
    pub minutes: u32,
    /// The task in a few lines.
    pub task: String,
    /// A question; the idea; nearly the answer.
    pub hints: [String; 3],
}

impl Manifest {
    /// Parses and checks a manifest.
    ///
    /// # Errors
    /// One sentence that says what is wrong and where.
    pub fn parse(text: &str) -> Result<Manifest, String> {
        let m: Manifest = toml::from_str(text).map_err(|e| format!("design.toml: {e}"))?;
        m.check()?;
        Ok(m)
    }

    fn check(&self) -> Result<(), String> {
        let fail = |what: String| Err(format!("design.toml of {}: {what}", self.folder()));
        if self.steps.len() < 3 || self.steps.len() > 5 {
            return fail(format!("{} steps; a design has three to five", self.steps.len()));
        }
        for (i, s) in self.steps.iter().enumerate() {
            if self.steps[..i].iter().any(|t| t.kind == s.kind) {
                return fail(format!("two steps of kind {}", s.kind.word()));
            }
        }
        if !self.steps.iter().any(|s| s.kind == self.day_step) {
            return fail(format!("day-step {} is not among the steps", self.day_step.word()));
        }
        if !self
            .steps
            .iter()
            .any(|s| matches!(s.kind, StepKind::Operate | StepKind::Attack))
        {
            return fail("neither an operate nor an attack step".into());
        }
        if self.objectives.len() != 3 {
            return fail(format!("{} objectives; it has exactly three", self.objectives.len()));
        }
        for q in &self.questions {
            q.check()
                .map_err(|e| format!("design.toml of {}: {e}", self.folder()))?;
        }
        Ok(())
    }

    /// The folder name shared by chapter, exercise and solution: `02-fan-out-search`.
    pub fn folder(&self) -> String {
        format!("{:02}-{}", self.number, self.slug)
    }

    /// The test of a step: `step4_operate`.
    pub fn step_name(&self, kind: StepKind) -> Option<String> {
        let i = self.steps.iter().position(|s| s.kind == kind)?;
        Some(format!("step{}_{}", i + 1, kind.word()))
    }

    /// Minutes of all its blocks of the day.
    pub fn day_minutes(&self) -> u32 {
        self.day.iter().map(|b| b.minutes).sum()
    }
}

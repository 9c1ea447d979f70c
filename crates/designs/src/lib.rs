//! The simulated designs, one folder each: system, policy traits, scenarios, beliefs, lab and facts.
//!
//! A design is what judges an exercise, what draws the lab in the page, and what the debrief's numbers come from.
//! [`DESIGNS`] is the registry: adding a design adds its folder here and one line there.

pub mod capstone;
pub mod coast_to_coast_failover;
pub mod data_rollout;
pub mod fan_out_search;
pub mod front_door;
pub mod lab;
pub mod photo_store;
pub mod quorum_store;
pub mod replay;
pub mod retry_storm;
pub mod units;

use judge::verdict::{Place, Verdict};
use lab::{Fact, Lab};
use manifest::{Manifest, Question};
pub(crate) use outline::manifest;
use std::path::Path;

/// One design, as the book, the labs and the exercises see it.
pub struct Design {
    /// The text of `design.toml`; read it through [`Design::manifest`].
    pub manifest_toml: &'static str,
    /// The lab of this design.
    pub lab: &'static (dyn Lab + Sync),
    /// Every number that the debrief prints, recomputed by the simulator.
    pub facts: fn() -> Vec<Fact>,
    /// The facts that answer the worksheet's questions: a few of all, and so sooner to be had.
    pub answers: fn() -> Vec<Fact>,
    /// Simulated experiments that the ledger recomputes, declared like closed forms; their formula is empty.
    pub experiments: &'static [models::Model],
    /// A still figure by name (`"architecture"`, …), arranged for a width in CSS pixels, or `None` if there is none of that name.
    pub figure: fn(name: &str, width: f64) -> Option<Box<dyn figures::Drawing>>,
}

impl Design {
    /// The parsed manifest.
    ///
    /// # Errors
    /// Says which line of `design.toml` is wrong, and how.
    pub fn manifest(&self) -> Result<Manifest, String> {
        Manifest::parse(self.manifest_toml)
    }

    /// What the simulator gives for each question, in their order and units. It runs the simulator each time.
    pub fn truths(&self, questions: &[Question]) -> Vec<f64> {
        let facts = (self.answers)();
        let value = |key: &str| facts.iter().find(|f| f.key == key).map_or(f64::NAN, |f| f.value);
        questions.iter().map(|q| value(&q.fact)).collect()
    }

    /// Judges the worksheet at a path against this design's questions. The simulator runs only for a sheet that is committed.
    ///
    /// # Panics
    /// When the compiled-in manifest is wrong; a test reads every manifest.
    pub fn judge_worksheet(&self, place: &Place, path: &str) -> Verdict {
        let manifest = self.manifest().expect("the compiled-in manifest was read by a test");
        let questions = &manifest.questions;
        judge::predict::worksheet(&manifest.folder(), place, Path::new(path), questions, || {
            self.truths(questions)
        })
    }
}

/// Every design that exists, in order of number.
pub static DESIGNS: &[&Design] = &[
    &photo_store::DESIGN,
    &fan_out_search::DESIGN,
    &front_door::DESIGN,
    &retry_storm::DESIGN,
    &quorum_store::DESIGN,
    &coast_to_coast_failover::DESIGN,
    &data_rollout::DESIGN,
    &capstone::DESIGN,
];

/// The design of a number (`"02"`, `"2"`) or slug (`"fan-out-search"`, `"02-fan-out-search"`).
pub fn find(name: &str) -> Option<(&'static Design, Manifest)> {
    DESIGNS.iter().find_map(|d| {
        let m = d.manifest().ok()?;
        let same_number = name.parse::<u32>().is_ok_and(|n| n == m.number);
        (same_number || name == m.slug || name == m.folder()).then_some((*d, m))
    })
}

//! The simulated designs, one folder each: system, policy traits, scenarios, beliefs, lab and facts.
//!
//! A design is what judges an exercise, what draws the lab in the page, and what the debrief's numbers come from.
//! [`DESIGNS`] is the registry: adding a design adds its folder here and one line there.

pub mod fan_out_search;
pub mod lab;
pub mod manifest;

use lab::{Fact, Lab};
use manifest::Manifest;

/// One design, as the book, the labs and the exercises see it.
pub struct Design {
    /// The text of `design.toml`; read it through [`Design::manifest`].
    pub manifest_toml: &'static str,
    /// The lab of this design.
    pub lab: &'static (dyn Lab + Sync),
    /// Every number that the debrief prints, recomputed by the simulator.
    pub facts: fn() -> Vec<Fact>,
    /// A still figure by name (`"architecture"`, …) drawn for a width in CSS pixels, or `None` if there is none of that name.
    pub figure: fn(name: &str, width: f64) -> Option<figures::Svg>,
}

impl Design {
    /// The parsed manifest.
    ///
    /// # Errors
    /// Says which line of `design.toml` is wrong, and how.
    pub fn manifest(&self) -> Result<Manifest, String> {
        Manifest::parse(self.manifest_toml)
    }
}

/// Every design that exists, in order of number.
pub static DESIGNS: &[&Design] = &[&fan_out_search::DESIGN];

/// The design of a number (`"02"`, `"2"`) or slug (`"fan-out-search"`, `"02-fan-out-search"`).
pub fn find(name: &str) -> Option<(&'static Design, Manifest)> {
    DESIGNS.iter().find_map(|d| {
        let m = d.manifest().ok()?;
        let same_number = name.parse::<u32>().is_ok_and(|n| n == m.number);
        (same_number || name == m.slug || name == m.folder()).then_some((*d, m))
    })
}

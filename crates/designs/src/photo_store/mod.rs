//! Design 01: a store for photos that an edge cache does not hold: files on appliances, or needles in large volumes.
//!
//! | module | holds |
//! |---|---|
//! | [`units`] | bytes and dollars as values, shared with other designs |
//! | [`sizing`] | what is built, what it costs, and the disks that each resource asks for |
//! | [`system`] | the simulated pod: reads, machines, disks, faults |
//! | [`predict`], [`calculate`], [`choose`], [`attack`] | the four steps: situations, objectives, verdicts |
//! | [`trial`], [`evidence`] | one choice in one situation: pooled runs, objectives, the verdict |
//! | [`claims`], [`beliefs`] | the reasons behind a choice, and the mistakes that a run can prove |
//! | [`lab`], [`facts`], [`figure`] | what the page shows; the lab and a replay draw the same `pair` |

pub mod attack;
pub mod beliefs;
pub mod calculate;
pub mod choose;
pub mod claims;
pub mod evidence;
pub mod facts;
pub mod figure;
pub mod lab;
mod pair;
pub mod predict;
pub mod sizing;
pub mod system;
pub mod trial;

// What a learner writes with, under one roof.
pub use crate::units;
pub use attack::Attack;
pub use calculate::{Load, Needs, Resource, Store};
pub use choose::Plan;
pub use claims::{Claim, Expect, Quantity};
pub use judge::{Percent, at_least, at_most, percent};
pub use sim::{Time, ms, secs};
pub use sizing::{Choice, Layout};
pub use units::{Bytes, Dollars, bytes, dollars, gb, kb, tb};

/// The folder of this design.
pub const FOLDER: &str = "01-photo-store";

/// This design in the registry.
pub static DESIGN: crate::Design = crate::Design {
    manifest_toml: include_str!("design.toml"),
    lab: &lab::PhotoLab,
    facts: facts::all,
    answers: facts::answers,
    experiments: &[],
    figure: figure::figure,
};
